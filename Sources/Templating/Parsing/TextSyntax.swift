/// What a file's language has between double angle brackets by itself: what looks there like a
/// misspelt placeholder may be none.
///
/// It decides about warnings only, never about what is a placeholder.
enum TextSyntax: Sendable {
  /// Nothing: prose, data, markup.
  case plain
  /// Operators and here-documents: `x << SIZE >> 1`, `cat << EOF >> log`.
  case shifts
  /// Words of its own: `<<interface>>` in diagrams, `<<data>>` in Erlang, chunks, cross references.
  case brackets

  /// - Parameter file: its name, with or without the folders before it.
  init(ofFile file: String) {
    let bytes = file.utf8
    let name = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[bytes.index(after: $0)...] }
    let rest = name ?? bytes[...]
    guard let dot = rest.lastIndex(of: UInt8(ascii: ".")) else {
      self = .plain
      return
    }
    self.init(named: String(Substring(rest[rest.index(after: dot)...])))
  }

  /// - Parameter name: a suffix of files, or what a fence in Markdown calls the language.
  init(named name: String) {
    let name = name.lowercased()
    if Self.named(name, in: Self.withShifts) {
      self = .shifts
    } else if Self.named(name, in: Self.withBrackets) {
      self = .brackets
    } else {
      self = .plain
    }
  }

  private static func named(_ name: String, in names: StaticString) -> Bool {
    "\(names)".split(whereSeparator: \.isWhitespace).contains { $0 == name }
  }

  private static let withShifts: StaticString = """
    awk bash bats c cc cl console cpp cs cu cuh cuda cxx d dart frag glsl go groovy h hh hpp hxx ino
    inl java js jsx kt kts ksh lua m mjs ml mm php pl pm ps1 py pyi pyx r rb rs scala sc sh shell sv
    swift tcl ts tsx v vert vhd wgsl y zig zsh l ll yy jison c++ csharp javascript objc perl python
    ruby rust typescript
    """

  private static let withBrackets: StaticString = """
    ad adoc asc asciidoc elixir eex erl erlang escript ex exs hrl iuml leex mermaid mmd noweb nw
    plantuml pu puml rnw rtex snw tw tw2 twee wsd
    """
}

/// Finds the language of the fence that a place in Markdown is in.
struct FenceTracker: Sendable {
  private var offset = 0
  private var language: String?
  private var isInside = false

  /// The language that the fence around `position` names; nil outside of fences. Places are asked
  /// for in order.
  mutating func language(at position: Int, in bytes: [UInt8]) -> String? {
    while offset < position {
      let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      guard end < position else { break }
      read(bytes[offset..<end])
      offset = end + 1
    }
    return isInside ? language ?? "" : nil
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    let text = line.drop { $0.isBlank }
    guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"),
      text.prefix(while: { $0 == mark }).count >= 3
    else { return }
    isInside.toggle()
    let word = text.drop { $0 == mark }.drop { $0.isBlank || $0 == UInt8(ascii: "{") }
      .prefix { !$0.isBlank && !$0.isLineEnd && $0 != UInt8(ascii: "}") }
    language = isInside && !word.isEmpty ? String(decoding: word, as: UTF8.self) : nil
  }
}
