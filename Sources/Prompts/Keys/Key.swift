/// What a person does on a keyboard, whichever bytes the terminal sends for it.
enum Key: Equatable, Sendable {
  /// One scalar of a text. Characters of several are put together where the text is kept: a
  /// combining mark comes after what it stands on, maybe much later.
  case scalar(Unicode.Scalar)
  /// A text that was pasted: one line end, “\n”, and nothing that is unsafe to print besides.
  case paste(String)
  /// A letter with Ctrl, in lower case; never `h`, `i`, `j`, `m`: they are Backspace, Tab, Enter.
  case control(Character)
  case enter, tab, backTab, escape
  case backspace, delete, deleteWord
  case up, down, left, right, wordLeft, wordRight
  case home, end, pageUp, pageDown
}
