import Rules

/// What a report says of a rule beside its findings.
package struct RuleDescription: Hashable, Sendable {
  /// `LAYOUT/RULE`, or `record/…`.
  package var id: String
  /// What is so where it is kept.
  package var that: String
  package var why: String
  /// What to do where it is broken.
  package var remedy: String?
  package var level: Finding.Level

  /// What is so where the rule is kept, and why it is to be.
  package var reason: String { "\(that): \(why)" }
}

extension RecordRule {
  package var description: RuleDescription {
    RuleDescription(id: id, that: that, why: why, level: level)
  }
}
