import Documents

/// `f:LINE:COLUMN: message (help)`, without the place or the help where there is none.
package func described(_ diagnostic: Diagnostic) -> String {
  let place = diagnostic.location.map { "\($0): " } ?? ""
  let help = diagnostic.help.map { " (\($0))" } ?? ""
  return place + diagnostic.message + help
}

/// One a line, those that the program tells.
package func described(_ diagnostics: Diagnostics) -> String {
  diagnostics.told.map(described).joined(separator: "\n")
}

/// What `body` complains of, as `described`; empty when it does not.
package func complaints(_ body: () throws -> Void) throws -> String {
  do {
    try body()
    return ""
  } catch let error as Diagnostics {
    return described(error)
  }
}
