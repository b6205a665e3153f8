import FileSystems
import Processes

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
    guard let path = ProgramSearch(path: environment["PATH"] ?? "").path(of: "git") else {
      return nil
    }
    self.path = path
    self.environment = environment
  }
}
