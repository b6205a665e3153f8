/// What becomes of what the user and the layout have both changed, in a way that cannot be merged.
package enum UpdatePolicy: String, CaseIterable, Sendable {
  /// Both stand in the file, between conflict markers; of what has no lines, the layout's goes beside
  /// the user's.
  case markers
  /// The user's file stays.
  case ours
  /// The layout's file takes its place.
  case theirs
  /// Nothing at all is written.
  case fail
}
