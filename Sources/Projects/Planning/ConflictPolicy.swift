/// What becomes of a file that is there and that the layout did not write.
package enum ConflictPolicy: String, CaseIterable, Sendable {
  case fail
  case keep
  case replace

  /// Whether it settles what stands in the way of a change.
  package func settles(_ change: Change) -> Bool {
    switch decision(on: change) {
    case nil, .conflict: false
    default: true
    }
  }

  /// What is not a file is nobody's to replace or to keep: the record would claim it.
  func decision(on change: Change) -> Decision? {
    if case .ofLayout? = change.conflict { return decisionOnOthers(change) }
    guard change.conflict == .differs, case .file(_, _, let isReplaceable) = change.expected else {
      return nil
    }
    switch self {
    case .fail: return nil
    case .keep: return .keep(.chosen)
    case .replace: return isReplaceable ? .replace : .conflict(.notOwned)
    }
  }

  /// What belongs to another layout stays with it: that one would write it again.
  private func decisionOnOthers(_ change: Change) -> Decision? {
    if change.isDirectory || self != .keep { return nil }
    return .keep(change.expected == .absent ? .removed : .chosen)
  }
}
