import CLibrary
import Documents

/// The program `git` of this machine. What is asked of it is all about contents: it is started in a
/// temporary directory, with no repository but where one is to be read, and with nothing that the
/// user's configuration or environment says to it.
package struct GitProgram: Sendable {
  let path: String
  /// What the program was started with, of which each process gets its own.
  let environment: Environment

  /// Looks for `git` in the path, and starts nothing.
  ///
  /// - Returns: Nil where there is none.
  package init?(environment: Environment = .current) {
    guard let path = Self.path(in: environment["PATH"] ?? "") else { return nil }
    self.path = path
    self.environment = environment
  }

  /// A relative directory of the path is passed over: a project could bring a `git` of its own.
  private static func path(in directories: String) -> String? {
    for directory in directories.parts(between: ":") where directory.begins(with: "/") {
      let path = "\(directory)/git"
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        access(path, X_OK) == 0
      else { continue }
      return path
    }
    return nil
  }
}
