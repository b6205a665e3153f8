import CLibrary

/// Finds the prompter that fits.
package enum Prompters {
  /// Nil where nobody can be asked: standard input or standard output is no terminal.
  ///
  /// - Parameter isPlain: whether lines are wanted, whatever the terminal can do.
  package static func make(
    isPlain: Bool, look: Look, environment: (String) -> String?
  ) -> (any Prompter)? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
    if isPlain || !movesCursor(environment("TERM") ?? "") {
      return PlainPrompter(
        TerminalLines(input: STDIN_FILENO, output: STDOUT_FILENO), look: look)
    }
    return ScreenPrompter(look: look)
  }

  /// Of all terminals that are in use only those without a name, or with such a one, cannot.
  static func movesCursor(_ terminal: String) -> Bool {
    !["", "dumb", "unknown"].contains(terminal)
  }
}
