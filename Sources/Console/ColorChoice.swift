/// When there are colours, as `--color` says it.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto
  case always
  case never

  /// Whether a stream gets colours. What was asked for goes first, then the environment: `NO_COLOR`
  /// (no-color.org), `FORCE_COLOR` (force-color.org), `CLICOLOR_FORCE` and `CLICOLOR`
  /// (bixense.com/clicolors), `TERM`.
  package func isColoured(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if isSet("NO_COLOR") { return false }
    if isSet("FORCE_COLOR") { return true }
    if isSet("CLICOLOR_FORCE"), environment("CLICOLOR_FORCE") != "0" { return true }
    return isTerminal && environment("CLICOLOR") != "0" && environment("TERM") != "dumb"
  }
}
