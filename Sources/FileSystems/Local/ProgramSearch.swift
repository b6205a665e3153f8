import CLibrary

/// Finds programs as a shell does, by the directories of PATH, and starts none.
///
/// A relative directory of the path is passed over: what is in it depends on where one stands, and a
/// project could bring a program of its own.
package struct ProgramSearch: Sendable {
  private let directories: [String]

  /// - Parameter path: the value of PATH.
  package init(path: String) {
    directories = path.utf8.split(separator: UInt8(ascii: ":")).map { String(Substring($0)) }
      .filter { $0.utf8.first == UInt8(ascii: "/") }
  }

  /// Where the program is; nil where there is none.
  package func path(of name: String) -> String? {
    if name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) { return nil }
    for directory in directories {
      let path = "\(directory)/\(name)"
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0
      else { continue }
      return path
    }
    return nil
  }
}
