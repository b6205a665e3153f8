import Patterns

/// The rules of a layout, with what is worked out of them once, however many projects are held
/// against them.
package final class RuleBook {
  package let rules: [Rule]
  /// What the names of its rules begin with.
  let layout: String
  private var searches: [Key: TextSearch] = [:]

  private struct Key: Hashable {
    var text: String
    var captures: Captures
  }

  /// More are not kept: each project may have texts of its own in the place of captures.
  private static let mostSearches = 2000

  package init(_ rules: [Rule], layout: String) {
    self.rules = rules
    self.layout = layout
  }

  func search(_ pattern: CapturingPattern, _ captures: Captures = Captures()) -> TextSearch {
    var used = Captures()
    for name in pattern.captures { used[name] = captures[name] ?? "" }
    let key = Key(text: pattern.text, captures: used)
    if let known = searches[key] { return known }
    do {
      let search = TextSearch(
        try TextPattern(
          parsing: pattern.text, captures: pattern.captures.isEmpty ? nil : { used[$0] }))
      if searches.count >= Self.mostSearches { searches = [:] }
      searches[key] = search
      return search
    } catch {
      preconditionFailure("“\(pattern.text)” was a pattern when the manifest was read")
    }
  }

  func forms(of rule: Rule) -> CaptureForms {
    CaptureForms(rule.forms.map { ($0.capture, search(CapturingPattern($0.pattern))) })
  }
}
