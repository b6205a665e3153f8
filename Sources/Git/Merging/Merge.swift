/// Two changes of one content, to be put together.
package struct Merge: Sendable {
  /// How a conflict is shown, by git's names.
  package enum Style: String, Sendable, CaseIterable {
    /// Both sides.
    case merge
    /// Both sides, and between them what stood there before.
    case diff3
    /// As `diff3`, but without the lines at both ends in which the sides agree.
    case zdiff3
  }

  package enum Result: Hashable, Sendable {
    case merged([UInt8])
    /// - Parameter lines: at which conflicts begin, counted from 1.
    case conflict([UInt8], lines: [Int])
    /// One of the contents is no text: nothing is mixed.
    case binary
  }

  /// What both come from; empty where both sides have added the file.
  package var base: [UInt8]
  package var ours: [UInt8]
  package var theirs: [UInt8]
  /// What stands behind the marks of a conflict, for `ours`, `base` and `theirs`.
  package var labels: (ours: String, base: String, theirs: String)
  package var style: Style

  package init(
    base: [UInt8], ours: [UInt8], theirs: [UInt8],
    labels: (ours: String, base: String, theirs: String), style: Style = .merge
  ) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.labels = labels
    self.style = style
  }
}
