import Documents

/// A value that somebody gave for a variable, before it is held against the variable's rules.
package struct GivenAnswer: Sendable {
  package enum Input: Sendable {
    /// As it is typed.
    case text(String)
    /// A list that is typed in several pieces.
    case texts([String])
    /// The items of a list, one by one.
    case items([String])
  }

  package var name: String
  package var input: Input
  /// What a complaint calls it: `--steps`, `answers.json: STEPS`.
  package var origin: String
  package var location: SourceLocation?
  /// Whether it comes from another project's record: where it does not apply, it is left out.
  package var isCarried: Bool

  package init(
    name: String, input: Input, origin: String, location: SourceLocation? = nil,
    isCarried: Bool = false
  ) {
    self.name = name
    self.input = input
    self.origin = origin
    self.location = location
    self.isCarried = isCarried
  }

  /// The items of a list, whatever they are.
  package var items: [String] {
    switch input {
    case .text(let text): ListText.items(of: text)
    case .texts(let texts): texts.flatMap(ListText.items)
    case .items(let items): items
    }
  }

  /// As options give it: pieces of a list, or the text of what is none.
  package var texts: [String] {
    switch input {
    case .text(let text): [text]
    case .texts(let texts): texts
    case .items(let items): ListText.pieces(of: items)
    }
  }

  /// Whether a list that grows keeps what a record of it has, in its order. An empty one begins anew.
  package func continues(_ recorded: GivenAnswer) -> Bool {
    var rest = items[...]
    if rest.isEmpty { return true }
    for item in recorded.items {
      guard let place = rest.firstIndex(of: item) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }
}
