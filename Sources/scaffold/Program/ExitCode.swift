extension Program {
  /// How a command ends; the README says the same.
  enum ExitCode: Int32, CaseIterable {
    case done = 0
    /// Done as well: what was compared is not the same.
    case difference = 1
    case wrongUsage = 2
    /// The layout or an answer is at fault.
    case faultyLayout = 3
    /// The target, or the output, could not be written.
    case unwritableTarget = 4
  }
}

extension Program.ExitCode: Comparable {
  /// Of several, the highest says most.
  static func < (one: Program.ExitCode, other: Program.ExitCode) -> Bool {
    one.rawValue < other.rawValue
  }
}
