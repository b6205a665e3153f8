import Documents

/// The rule that a value breaks, as the words that follow the variable's name, and what to do.
package struct BrokenRule: Error, Sendable {
  package var message: String
  package var help: String?
  /// What would do in place of the value, or of the item of a list.
  var candidate: String?

  init(message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  init(message: String, candidate: String?) {
    self.message = message
    self.candidate = candidate
    help = candidate.map { "“\($0)” would do" }
  }

  init(_ overrun: Overrun) {
    message = overrun.message(for: "this value")
  }
}
