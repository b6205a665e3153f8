/// What becomes of a path, in the words that drawings have a look for.
package enum TreeFate: String, Sendable {
  case new
  case unchanged
  case kept
  case replaced
  case merged
  case moved
  case removed
  case conflict
}
