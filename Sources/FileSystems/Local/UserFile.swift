import CLibrary
import FileTrees

/// A file that the user names to be read. The path is the user's own word: links are followed, and
/// it may be a pipe.
package enum UserFile {
  /// - Parameters:
  ///   - path: “-” is standard input.
  ///   - limit: in bytes.
  /// - Throws: an error whose `givenName` is `path`: `EFBIG` when there are more than `limit` bytes.
  package static func contents(
    of path: String, limit: Int
  ) throws(FileSystemError) -> [UInt8] {
    let opened = try opened(path)
    do {
      return try contents(of: opened, limit)
    } catch {
      throw FileSystemError(.read, .root, error.code, givenName: path)
    }
  }

  /// - Parameter path: “-” is standard input.
  /// - Throws: an error whose `givenName` is `path`.
  static func opened(_ path: String) throws(FileSystemError) -> Descriptor {
    do {
      return Descriptor(
        owning: path == "-"
          ? try call { fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) }
          : try openDescriptor { open(path, O_RDONLY | O_CLOEXEC) })
    } catch {
      throw FileSystemError(.open, .root, error.code, givenName: path)
    }
  }

  private static func contents(
    of opened: Descriptor, _ limit: Int
  ) throws(SystemError) -> [UInt8] {
    let file = ReadableFile(descriptor: opened, status: stat())
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = try file.read(into: &buffer)
      if count == 0 { return content }
      if count > limit - content.count { throw .fileTooLarge }
      content += buffer[..<count]
    }
  }
}
