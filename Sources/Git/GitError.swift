import Documents
import FileSystems

/// Why git, or what it needs of the disk, failed.
package struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line without a full stop, safe to print.
  package let message: String

  package var description: String { message }

  init(_ message: String) {
    self.message = Printable.text(message)
  }

  init(_ error: FileSystemError, in directory: String) {
    self.init("\(error.message), in “\(directory)”")
  }
}
