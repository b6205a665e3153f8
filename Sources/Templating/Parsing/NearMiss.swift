import Documents

/// A `<<…>>` that is text and was probably meant as a tag: `<< NAME >>`, `<<@elsif X>>`.
struct NearMiss: Sendable {
  let offset: Int
  /// As it stands, brackets and all.
  let text: String
  /// What was probably meant, as words that follow “write”; nil where there is no such directive.
  let meant: String?
  /// The directive that was probably meant; nil for a value.
  var directive: Directive?

  var warning: TemplateFault {
    let remedy =
      meant.map { "write \($0)" }
      ?? "the directives are \(Directive.list)"
    return TemplateFault(
      at: offset, "“\(text)” is no placeholder and stays as it is",
      help: "\(remedy); \(TemplateParser.literalHelp(for: text))")
  }
}

/// Reads what stands at a `<<` that begins no tag.
struct NearMissFinder {
  let bytes: [UInt8]
  let syntax: TextSyntax
  let declarations: Declarations
  /// What the search has cost, in tags: each name is held against all that are declared.
  private(set) var cost = 0

  init(bytes: [UInt8], syntax: TextSyntax, declarations: Declarations) {
    self.bytes = bytes
    self.syntax = syntax
    self.declarations = declarations
  }

  /// Nil for what is text like any other.
  mutating func find(at start: Int) -> NearMiss? {
    guard start + 2 < bytes.count else { return nil }
    return bytes[start + 2] == UInt8(ascii: "@") ? directive(at: start) : value(at: start)
  }

  /// Where the `>>` begins that closes what begins at `start`, on the same line and with no other
  /// bracket before it.
  private func close(of start: Int) -> Int? {
    var cursor = Cursor(bytes, at: start)
    while !cursor.isAtLineEnd, cursor.current != UInt8(ascii: "<") {
      if cursor.isAtTagEnd { return cursor.offset }
      cursor.offset += 1
    }
    return nil
  }

  private func text(from start: Int, to close: Int) -> String {
    String(decoding: bytes[start..<close + 2], as: UTF8.self)
  }

  // MARK: Values

  private mutating func value(at start: Int) -> NearMiss? {
    var cursor = Cursor(bytes, at: start + 2)
    cursor.skipBlanks()
    guard let word = cursor.identifier(), let close = close(of: cursor.offset) else { return nil }
    cursor.skipBlanks()
    let rest = String(decoding: bytes[cursor.offset..<close], as: UTF8.self)
    guard
      rest.isEmpty || rest.utf8.first == UInt8(ascii: "|")
        || rest.utf8.first == UInt8(ascii: "."), !isPartOfMore(start, close),
      let name = declared(as: word)
    else { return nil }
    guard let filters = filters(rest, isExact: word == name) else { return nil }
    if syntax == .brackets, rest.isEmpty { return nil }
    if syntax == .shifts, isOperator(start, close) { return nil }
    return NearMiss(
      offset: start, text: text(from: start, to: close), meant: "<<\(name)\(filters)>>")
  }

  /// `<<<`, `>>>` and `>>=` are other things: launches, operators, the heads of chunks.
  private func isPartOfMore(_ start: Int, _ close: Int) -> Bool {
    if start > 0, bytes[start - 1] == UInt8(ascii: "<") { return true }
    guard close + 2 < bytes.count else { return false }
    return bytes[close + 2] == UInt8(ascii: ">") || bytes[close + 2] == UInt8(ascii: "=")
  }

  /// Whether something stands on both sides, as beside operators.
  private func isOperator(_ start: Int, _ close: Int) -> Bool {
    let before = bytes[..<start].last { !$0.isBlank }
    let behind = bytes[(close + 2)...].first { !$0.isBlank }
    guard let before, let behind, !behind.isLineEnd else { return false }
    let isOperand =
      before.isCapital || before.isSmall || before.isDigit || before >= 0x80
      || "_)]}'\"".utf8.contains(before)
    return isOperand && !",;:)]}".utf8.contains(behind)
  }

  /// The declared name that `word` is when letter case, `-` and `_` do not count.
  private mutating func declared(as word: String) -> String? {
    let wanted = Self.folded(word)
    guard wanted.count >= 2 else { return nil }
    let names = declarations.names
    cost += 1 + names.count / 64
    // The drawn tree is declared everywhere, and its name is a common word.
    return names.filter { Self.folded($0) == wanted && ($0 != "TREE" || word == $0) }
      .min()
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { return nil }
      return byte.isSmall ? byte - 0x20 : byte
    }
  }

  /// The filters as they would be written; nil when `text` is something else.
  private func filters(_ text: String, isExact: Bool) -> String? {
    if text.isEmpty { return "" }
    let mark: Unicode.Scalar = text.utf8.first == UInt8(ascii: ".") ? "." : "|"
    var result = ""
    for part in text.dropping(1).parts(between: mark) {
      let call = part.trimmed
      let name = call.utf8.prefix { $0.isSmall || $0.isCapital || $0 == UInt8(ascii: "_") }
      guard !name.isEmpty else { return nil }
      if let filter = Filters.meant(by: String(Substring(name)), byFinger: mark == "|") {
        result += "|\(filter)" + String(call.dropFirst(name.count))
      } else if mark == "|" || !isExact || name.count < call.utf8.count {
        return nil
      }
    }
    return result
  }

  // MARK: Directives

  private mutating func directive(at start: Int) -> NearMiss? {
    var cursor = Cursor(bytes, at: start + 3)
    cursor.skipBlanks()
    guard let word = cursor.identifier(), let close = close(of: cursor.offset),
      cursor.isAtTagEnd || cursor.current?.isBlank == true
    else { return nil }
    let rest = String(decoding: bytes[cursor.offset..<close], as: UTF8.self).trimmed
    let text = text(from: start, to: close)
    cost += 1
    guard let directive = Self.directive(meantBy: word) else {
      let name = word.lowercased()
      guard Self.ofOthers.contains(name) else { return nil }
      return NearMiss(offset: start, text: text, meant: nil)
    }
    let meant =
      switch directive {
      case .ifTrue, .elseIf: "<<@\(directive) \(rest.isEmpty ? "…" : rest)>>"
      case .forEach: "<<@for ITEM in LIST>>"
      case .fit: "<<@fit \(rest.isEmpty ? "88" : rest)>>"
      case .sort where !rest.isEmpty: "<<@sort \(rest)>>"
      case .sort, .otherwise, .end, .raw: "<<@\(directive)>>"
      }
    return NearMiss(offset: start, text: text, meant: meant, directive: directive)
  }

  private static func directive(meantBy word: String) -> Directive? {
    let name = word.lowercased().filter { $0 != "-" && $0 != "_" }
    if let directive = Directive(rawValue: name), word.lowercased() == name { return directive }
    switch name {
    case "elsif", "elseif", "elsf": return .elseIf
    case "endif", "endfor", "endforeach", "endeach", "endraw", "endunless", "fi", "done", "endsort",
      "endfit":
      return .end
    case "foreach", "each": return .forEach
    case "verbatim", "literal": return .raw
    case "sorted": return .sort
    default: break
    }
    // One slip of the finger, in a word that is long enough for it to be one.
    guard name.utf8.count >= 3, word.lowercased() == name, !ofOthers.contains(name) else {
      return nil
    }
    let words = Directive.allCases.map(\.rawValue).filter { $0.utf8.count >= 3 }
    return Suggestion.nearest(to: name, among: words).flatMap(Directive.init(rawValue:))
  }

  /// Directives of other template languages.
  private static let ofOthers: Set<String> = [
    "include", "import", "extends", "block", "macro", "call", "set", "let", "assign", "unless",
    "switch", "case", "when", "while", "with", "filter", "comment", "partial", "yield", "define",
  ]
}

extension Filters {
  /// The filter that was probably meant: `Upper`, `PascalCase`, `snake_case`.
  ///
  /// - Parameter byFinger: whether slips of the finger count.
  static func meant(by name: String, byFinger: Bool = true) -> String? {
    var name = name.lowercased().filter { $0 != "_" }
    if names.contains(name) { return name }
    if name.ends(with: "case") { name.removeLast("case".count) }
    switch name {
    case "capitalize": return "title"
    case "slugify", "slug": return "kebab"
    case _ where names.contains(name): return name
    default: return byFinger ? Suggestion.nearest(to: name, among: names) : nil
    }
  }
}

extension Cursor {
  /// Letters of any case, digits, `_` and `-`, beginning with a letter.
  fileprivate mutating func identifier() -> String? {
    guard let first = current, first.isCapital || first.isSmall else { return nil }
    let start = offset
    while let byte = current, byte.isInName || byte.isInWord { offset += 1 }
    return text(start..<offset)
  }
}

extension String {
  /// Without the blanks around it.
  fileprivate var trimmed: String {
    let start = utf8.firstIndex { !$0.isBlank } ?? endIndex
    let end = utf8.lastIndex { !$0.isBlank }.map { utf8.index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
