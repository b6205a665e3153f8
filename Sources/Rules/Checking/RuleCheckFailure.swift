import Documents
import FileSystems

/// Why a check came to no end.
package enum RuleCheckFailure: Error, Hashable, Sendable {
  case unreadable(FileSystemError)
  case tooMuch(Overrun)

  /// One line, without a full stop.
  package var message: String {
    switch self {
    case .unreadable(let error): error.message
    case .tooMuch(let overrun): overrun.message(for: "the check of the project")
    }
  }
}
