extension Program {
  /// How a command ends; the README says the same.
  enum ExitCode: Int32, CaseIterable {
    case done = 0
    /// Done as well: what was compared is not the same. Or a person who was asked wants none of it.
    case difference = 1
    case wrongUsage = 2
    /// The layout or an answer is at fault.
    case faultyLayout = 3
    /// The target, or the output, could not be written.
    case unwritableTarget = 4
  }
}

extension Program.ExitCode {
  /// As the README and the manual have it; code is between backticks.
  var meaning: String {
    switch self {
    case .done: "done"
    case .difference:
      "done, and not all is the same, or whole: `diff` or `check` found something, `update` left"
        + " conflicts; or you left the questions, and nothing was written"
    case .wrongUsage: "wrong usage: an unknown command, option, layout or variable"
    case .faultyLayout: "the layout or an answer is at fault"
    case .unwritableTarget:
      "the target, or the output, could not be written; or nothing was, because"
        + " `--on-conflict fail` said so, or there is nothing to undo"
    }
  }
}

extension Program.ExitCode: Comparable {
  /// Of several, the highest says most.
  static func < (one: Program.ExitCode, other: Program.ExitCode) -> Bool {
    one.rawValue < other.rawValue
  }
}
