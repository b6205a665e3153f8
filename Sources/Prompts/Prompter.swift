/// Asks a person. There is one for a terminal that can move its cursor, one that writes plain lines,
/// and in tests one that answers from a script.
package protocol Prompter: AnyObject {
  /// - Throws: `PromptError`; the terminal is as it was then.
  func ask(_ prompt: Prompt) throws(PromptError) -> Reply

  /// Leaves the terminal as it was before the first question. May be called more than once.
  func close()
}

/// Why a prompt has no answer.
package enum PromptError: Error, Equatable {
  /// Escape.
  case cancelled
  /// Ctrl-C, or a signal that ends a process: it dies by this one once all is cleared away.
  case interrupted(signal: Int32)
  /// The terminal is gone, or its input has ended.
  case lost
}
