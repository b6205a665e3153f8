import CLibrary
import FileTrees

/// A path that the user has given, looked at as any program does: from the current directory, and
/// through the links on the way.
package enum UserPath {
  /// What is at `path`, or nil when nothing is.
  ///
  /// - Parameter followsLast: whether a link there is followed, or reported as a link.
  /// - Throws: an error whose `givenName` is `path`.
  package static func status(
    of path: String, followsLast: Bool
  ) throws(FileSystemError) -> FileStatus? {
    var status = stat()
    do {
      try call { followsLast ? stat(path, &status) : lstat(path, &status) }
      return FileStatus(status, user: geteuid())
    } catch {
      if error == .notFound { return nil }
      throw FileSystemError(.status, .root, error.code, givenName: path)
    }
  }

  /// Whether anything is known to be at `path`, or where a link there leads.
  package static func isThere(_ path: String) -> Bool {
    (try? status(of: path, followsLast: true)) != nil
  }

  /// The absolute path of what is there, without a link in it; nil when nothing is.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
