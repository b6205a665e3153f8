extension Style {
  /// What a piece of text is, and so how it looks. No look says anything that the words do not.
  package enum Look: Sendable {
    case heading
    /// Of a command, an option, a variable, a layout.
    case name
    /// A word that may be chosen.
    case choice
    /// What holds when nothing is said.
    case standard
    /// What has to be said.
    case requirement
    case directory
    /// Branches of a tree, notes, whatever stands back.
    case aside
    case new
    case unchanged
    case kept
    case replaced
    case merged
    case moved
    case removed
    case conflict

    /// The parameters of “select graphic rendition”.
    var code: String {
      switch self {
      case .heading: "1"
      case .name, .new: "32"
      case .choice, .kept: "36"
      case .standard, .aside, .unchanged: "2"
      case .requirement, .replaced: "33"
      case .merged: "35"
      case .moved: "34"
      case .directory: "1;34"
      case .removed: "31"
      case .conflict: "1;31"
      }
    }
  }
}
