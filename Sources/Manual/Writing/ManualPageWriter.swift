import Documents

/// Writes blocks as requests and text of man(7).
struct ManualPageWriter {
  private(set) var text = ""
  /// Whether nothing stands below the last heading yet, where a request for a paragraph is too much.
  private var isBelowHeading = false

  /// The most bytes of a line of the page's source.
  private static let width = 79

  /// Writes a line as it is.
  mutating func line(_ line: String) {
    text += line + "\n"
  }

  mutating func write(_ block: Block) {
    defer {
      if case .heading = block { isBelowHeading = true } else { isBelowHeading = false }
    }
    switch block {
    case .heading(1, let title): line(".SH " + Roff.quoted(title.plainText.uppercased()))
    case .heading(_, let title): line(".SS " + Roff.quoted(title.plainText))
    case .paragraph(let spans):
      beginParagraph()
      fill(spans)
    case .list(let items):
      for item in items {
        line(".IP \\(bu 2")
        fill(item)
      }
    case .code(let lines):
      beginParagraph()
      line(".RS 4")
      line(".EX")
      for line in lines { unfilled(line) }
      line(".EE")
      line(".RE")
    case .lines(let lines):
      for (number, text) in lines.enumerated() {
        if number > 0 { line(".br") }
        fill(text)
      }
    case .definitions(let definitions):
      for definition in definitions { write(definition) }
    }
  }

  private mutating func beginParagraph() {
    if !isBelowHeading { line(".PP") }
  }

  private mutating func write(_ definition: Block.Definition) {
    line(".TP")
    var term = definition.term
    var lines = definition.lines
    if definition.isHead {
      term = term.map { Span($0.text, .emphasis) }
      lines = lines.map { [Span($0.plainText, .emphasis)] }
    }
    self.term(term)
    for (number, text) in lines.enumerated() {
      if number > 0 { line(".br") }
      fill(text)
    }
    // The next definition would be read as this one's text.
    if lines.isEmpty { line("\\&") }
  }

  /// One line, whatever its length.
  private mutating func term(_ spans: [Span]) {
    let words = Words(spans).words.map { word in
      word.pieces.map(Roff.text).joined()
    }
    broken(Self.protected(words.joined(separator: " ")))
  }

  /// A line of its own, which stays one.
  private mutating func unfilled(_ line: String) {
    broken(Self.protected(Roff.escaped(line)))
  }

  /// A line that is longer than sources are is broken so that its readers see one.
  private mutating func broken(_ line: String) {
    var rest = Array(line.utf8)
    while rest.count > Self.width {
      var end = Self.width - 1
      // Never inside of a name that begins with a backslash.
      while end > 0, rest[end] != UInt8(ascii: " ") { end -= 1 }
      guard end > 0 else { break }
      self.line(String(decoding: rest[..<end], as: UTF8.self) + "\\")
      rest.removeFirst(end)
    }
    self.line(String(decoding: rest, as: UTF8.self))
  }

  /// Each sentence begins a line, so that both readers set the same space behind it.
  private mutating func fill(_ spans: [Span]) {
    let words = Words(spans).words
    var current = ""
    for (number, word) in words.enumerated() {
      var text = word.pieces.map(Roff.text).joined()
      let isEnd = word.endsSentence(before: number + 1 < words.count ? words[number + 1] : nil)
      // What is no end of a sentence does not look like one at a line's end either.
      if !isEnd, word.looksLikeAnEnd { text += "\\&" }
      if !current.isEmpty, current.utf8.count + 1 + text.utf8.count > Self.width - 2 {
        line(Self.protected(current))
        current = ""
      }
      current += (current.isEmpty ? "" : " ") + text
      if isEnd {
        line(Self.protected(current))
        current = ""
      }
    }
    if !current.isEmpty { line(Self.protected(current)) }
  }

  /// A dot at a line's beginning would begin a request.
  private static func protected(_ line: String) -> String {
    line.begins(with: ".") ? "\\&" + line : line
  }
}
