import Documents

/// A command line as bash has it, up to the cursor: the words that the program would be given, and
/// what of the last one readline would replace.
///
/// `COMP_WORDS` will not do: it is divided at “:” and “=” as well, wherever blanks are.
package struct BashLine {
  /// Behind the program's name, and before the word under the cursor.
  package private(set) var words: [String] = []
  /// As far as it stands before the cursor.
  package private(set) var word = ""
  /// What of `word` stands before the part that is replaced.
  package private(set) var kept = ""
  /// The quotes that the cursor is in.
  package private(set) var quote = Quote.none
  /// Whether only bash knows what the word under the cursor is: it is a file of a redirection, or has
  /// an expansion in it.
  package private(set) var isForBash = false

  package enum Quote: Equatable {
    case none
    case single
    case double
  }

  /// - Parameters:
  ///   - line: from the command's first word to the cursor.
  ///   - breaks: `COMP_WORDBREAKS`, at which readline divides what it replaces.
  package init(_ line: String, breaks: String) {
    let breaks = Set(breaks.unicodeScalars)
    var scalars = line.unicodeScalars[...]
    var pieces: [Piece] = []
    var piece = Piece()
    while let scalar = scalars.popFirst() {
      switch (quote, scalar) {
      case (.single, "'"), (.double, "\""): quote = .none
      case (.none, "'"): piece.open(&quote, .single)
      case (.none, "\""): piece.open(&quote, .double)
      case (.none, "\\"):
        piece.isBegun = true
        if let next = scalars.popFirst(), next != "\n" { piece.text.append(next) }
      case (.double, "\\"):
        guard let next = scalars.first, "\\\"$`\n".unicodeScalars.contains(next) else {
          fallthrough
        }
        scalars.removeFirst()
        if next != "\n" { piece.text.append(next) }
      case (.single, _): piece.text.append(scalar)
      case (_, "$"), (_, "`"):
        piece.hasExpansion = true
        piece.append(scalar)
      case (.double, _): piece.text.append(scalar)
      case (.none, " "), (.none, "\t"), (.none, "\n"):
        if piece.isBegun {
          pieces.append(piece)
          piece = Piece()
        }
      case (.none, "<"), (.none, ">"):
        // The number before it is that of a descriptor.
        let isNumber = piece.text.allSatisfy { ("0"..."9").contains($0) }
        if piece.isBegun, !isNumber { pieces.append(piece) }
        piece = Piece()
        piece.isRedirected = true
      // Of a redirection as well: where a command ends, bash begins anew.
      case (.none, "&"): break
      case (.none, _):
        piece.append(scalar)
        if breaks.contains(scalar) {
          // What may begin the name of a host is replaced as well.
          piece.keptCount = piece.text.count - (scalar == "@" ? 1 : 0)
        }
      }
    }
    take(pieces, piece)
  }

  private mutating func take(_ pieces: [Piece], _ last: Piece) {
    // `NAME=value` before the program is its environment.
    words = pieces.filter { !$0.isRedirected }.map { String($0.text) }
      .drop { $0.holds("=") }.dropFirst().map { $0 }
    word = String(last.text)
    let count = quote == .none ? last.keptCount : last.countBeforeQuote
    kept = String(String.UnicodeScalarView(last.text.prefix(count)))
    isForBash = last.hasExpansion || last.isRedirected
  }

  /// A word, quotes removed.
  private struct Piece {
    var text = String.UnicodeScalarView()
    var isBegun = false
    var isRedirected = false
    var hasExpansion = false
    /// How much of the text stands before the last break.
    var keptCount = 0
    /// And before the last quotes.
    var countBeforeQuote = 0

    mutating func append(_ scalar: Unicode.Scalar) {
      text.append(scalar)
      isBegun = true
    }

    mutating func open(_ quote: inout Quote, _ mark: Quote) {
      quote = mark
      isBegun = true
      countBeforeQuote = text.count
    }
  }
}
