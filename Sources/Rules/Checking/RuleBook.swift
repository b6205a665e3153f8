import Patterns

/// The rules of a layout, with what is worked out of them once, however many projects are held against
/// them.
package final class RuleBook {
  package let rules: [Rule]
  /// What the names of its rules begin with.
  let layout: String
  private var patterns: [PatternKey: TextPattern] = [:]

  private struct PatternKey: Hashable {
    var text: String
    var captures: Captures
  }

  /// More are not kept: each project may have texts of its own in the place of captures.
  private static let mostPatterns = 2000

  package init(_ rules: [Rule], layout: String) {
    self.rules = rules
    self.layout = layout
  }

  func pattern(_ pattern: CapturingPattern, _ captures: Captures) -> TextPattern {
    var used = Captures()
    for name in pattern.captures { used[name] = captures[name] ?? "" }
    let key = PatternKey(text: pattern.text, captures: used)
    if let known = patterns[key] { return known }
    do {
      let made = try TextPattern(
        parsing: pattern.text, captures: pattern.captures.isEmpty ? nil : { used[$0] })
      if patterns.count >= Self.mostPatterns { patterns = [:] }
      patterns[key] = made
      return made
    } catch {
      preconditionFailure("“\(pattern.text)” was a pattern when the manifest was read")
    }
  }
}
