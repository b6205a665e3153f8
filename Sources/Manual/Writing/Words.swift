/// Running text as words, each of pieces that are set in different ways: `(` and `code` and `),`.
///
/// A line is broken between words, and nowhere else.
struct Words {
  struct Word {
    var pieces: [Span]

    /// Whether a sentence may end with it, by the looks of its last sign.
    var looksLikeAnEnd: Bool {
      guard let last = pieces.last else { return false }
      let end = last.text.unicodeScalars.reversed().first { !")]”’\"'".unicodeScalars.contains($0) }
      return end.map { ".?!…".unicodeScalars.contains($0) } ?? false
    }

    /// Whether a sentence ends with it, and `next` begins another one; nil for none.
    func endsSentence(before next: Word?) -> Bool {
      guard looksLikeAnEnd, let last = pieces.last, last.kind != .code else { return false }
      let isCut = last.text.unicodeScalars.contains("…")
      return next.map { $0.beginsSentence && !isCut } ?? true
    }

    /// Whether it begins as a sentence does.
    private var beginsSentence: Bool {
      guard let first = pieces.first else { return false }
      if first.kind == .code { return true }
      let start = first.text.unicodeScalars.first { !"(“‘".unicodeScalars.contains($0) }
      return start.map { !$0.properties.isLowercase } ?? true
    }
  }

  private(set) var words: [Word] = []

  init(_ spans: [Span]) {
    var isOpen = false
    for span in spans {
      var piece = ""
      for scalar in span.text.unicodeScalars {
        if scalar == " " || scalar == "\n" {
          add(piece, of: span, isOpen)
          piece = ""
          isOpen = false
        } else {
          piece.unicodeScalars.append(scalar)
        }
      }
      if !piece.isEmpty {
        add(piece, of: span, isOpen)
        isOpen = true
      }
    }
  }

  /// - Parameter isOpen: whether the last word goes on.
  private mutating func add(_ piece: String, of span: Span, _ isOpen: Bool) {
    if piece.isEmpty { return }
    if isOpen {
      words[words.count - 1].pieces.append(Span(piece, span.kind))
    } else {
      words.append(Word(pieces: [Span(piece, span.kind)]))
    }
  }
}
