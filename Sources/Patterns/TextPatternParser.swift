/// Reads a regular expression: the subset that can be matched in linear time, and no more of it
/// than rules for names need.
///
/// ```
/// pattern  = sequence { "|" sequence } ;
/// sequence = { item [ "?" | "*" | "+" | "{" n [ "," [ n ] ] "}" ] } ;
/// item     = character | "\" sign | "\d" | "\w" | "\s" | "\b" | "." | "^" | "$" | class
///          | "(" [ "?:" ] pattern ")" ;
/// class    = "[" [ "^" ] { character [ "-" character ] } "]" ;
/// ```
struct TextPatternParser {
  indirect enum Node {
    case character(TextPattern.CharacterSet)
    case start
    case end
    /// Between a letter, a digit or `_` and something else.
    case wordBoundary
    case sequence([Node])
    case alternatives([Node])
    /// - Parameter most: nil for any number.
    case repetition(Node, least: Int, most: Int?)
  }

  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  /// What `{NAME}` stands for; nil where a pattern has nothing of the kind.
  private let captures: ((String) -> String?)?
  /// Those that were met, each once.
  private(set) var captureNames: [String] = []

  static let longest = 1000
  static let mostRepetitions = 1000
  private static let deepest = 50

  init(_ text: String, captures: ((String) -> String?)? = nil) {
    self.text = Array(text.unicodeScalars.prefix(Self.longest + 1))
    self.captures = captures
  }

  mutating func parse() throws(TextPattern.Fault) -> Node {
    guard text.count <= Self.longest else {
      throw fault("is longer than \(Self.longest) characters")
    }
    let node = try alternatives()
    guard current == nil else { throw fault("has a “)” that closes nothing") }
    return node
  }

  private func fault(_ message: String) -> TextPattern.Fault { TextPattern.Fault(message: message) }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  private mutating func next() -> Unicode.Scalar? {
    guard let current else { return nil }
    position += 1
    return current
  }

  private mutating func alternatives() throws(TextPattern.Fault) -> Node {
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() throws(TextPattern.Fault) -> Node {
    var nodes: [Node] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      nodes.append(try repeated(try item()))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  // MARK: Repetitions

  private mutating func repeated(_ node: Node) throws(TextPattern.Fault) -> Node {
    let result: Node
    switch current {
    case "?": result = .repetition(node, least: 0, most: 1)
    case "*": result = .repetition(node, least: 0, most: nil)
    case "+": result = .repetition(node, least: 1, most: nil)
    case "{" where capture == nil: result = try counted(node)
    default: return node
    }
    position += 1
    switch current {
    case "{" where capture != nil: return result
    case "?", "*", "+", "{":
      throw fault("repeats a repetition; a repetition within another one needs parentheses")
    default: return result
    }
  }

  /// From the `{` up to the `}`.

  private mutating func counted(_ node: Node) throws(TextPattern.Fault) -> Node {
    position += 1
    guard let least = try number() else {
      throw fault("has a “{” without a number; the character itself is “\\{”")
    }
    var most: Int? = least
    if take(",") { most = try number() }
    guard current == "}" else { throw fault("has a “{” that is not closed") }
    if let most, most < least { throw fault("has a repetition whose end is before its beginning") }
    return .repetition(node, least: least, most: most)
  }

  private mutating func number() throws(TextPattern.Fault) -> Int? {
    var digits = ""
    while let scalar = current, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    if digits.isEmpty { return nil }
    guard let number = Int(digits), number <= Self.mostRepetitions else {
      throw fault("repeats something more than \(Self.mostRepetitions) times")
    }
    return number
  }

  // MARK: Captures

  /// The name of the capture that begins here.
  private var capture: String? {
    guard captures != nil, current == "{" else { return nil }
    let name = text[(position + 1)...].prefix { $0 != "}" }
    guard let first = name.first, ("A"..."Z").contains(first), name.endIndex < text.count else {
      return nil
    }
    return String(String.UnicodeScalarView(name))
  }

  /// What it stands for is no pattern.
  private mutating func replaced(_ name: String) throws(TextPattern.Fault) -> Node {
    position += name.unicodeScalars.count + 2
    guard let value = captures?(name) else {
      throw fault("has “{\(name)}”, which nothing captures")
    }
    if !captureNames.contains(name) { captureNames.append(name) }
    return .sequence(value.unicodeScalars.map { .character(TextPattern.CharacterSet($0)) })
  }

  // MARK: Items

  private mutating func item() throws(TextPattern.Fault) -> Node {
    if current == "{", let capture { return try replaced(capture) }
    switch next() {
    case "(": return try group()
    case "[": return .character(try characterClass())
    case ".": return .character(.any)
    case "^": return .start
    case "$": return .end
    case "\\":
      if take("b") { return .wordBoundary }
      return .character(try escape())
    case "?", "*", "+", "{":
      throw fault("repeats nothing; the character itself needs a “\\” before it")
    case let scalar?: return .character(TextPattern.CharacterSet(scalar))
    case nil: throw fault("ends too early")
    }
  }

  /// From behind the `(` up to and with the `)`.
  private mutating func group() throws(TextPattern.Fault) -> Node {
    if take("?"), !take(":") {
      throw fault("has a group that begins with “(?”; groups only hold parts together")
    }
    depth += 1
    guard depth <= Self.deepest else { throw fault("has groups more than \(Self.deepest) deep") }
    let node = try alternatives()
    guard take(")") else { throw fault("has a “(” that is not closed") }
    depth -= 1
    return node
  }

  /// What stands behind a `\`.
  private mutating func escape() throws(TextPattern.Fault) -> TextPattern.CharacterSet {
    guard let scalar = next() else { throw fault("ends with “\\”") }
    switch scalar {
    case "d": return .digits
    case "w": return .word
    case "s": return .blanks
    case "a"..."z", "A"..."Z", "0"..."9":
      throw fault("has the unknown escape “\\\(scalar)”; there are \\d, \\w and \\s")
    default: return TextPattern.CharacterSet(scalar)
    }
  }

  /// From behind the `[` up to and with the `]`.
  private mutating func characterClass() throws(TextPattern.Fault) -> TextPattern.CharacterSet {
    var set = TextPattern.CharacterSet(ranges: [], isInverted: take("^"))
    while !take("]") {
      guard let first = next() else { throw fault("has a “[” that is not closed") }
      if first == "[" { throw fault("has a “[” within a class; the character itself is “\\[”") }
      let start = first == "\\" ? try escape() : TextPattern.CharacterSet(first)
      guard current == "-", position + 1 < text.count, text[position + 1] != "]" else {
        set.ranges += start.ranges
        continue
      }
      position += 1
      let last = next() ?? "-"
      let end = last == "\\" ? try escape() : TextPattern.CharacterSet(last)
      guard let from = start.single, let to = end.single, from <= to else {
        throw fault("has a range whose end is before its beginning")
      }
      set.ranges.append(from...to)
    }
    if set.ranges.isEmpty { throw fault("has an empty class") }
    return set
  }
}

extension TextPattern.CharacterSet {
  /// The only character that it takes.
  fileprivate var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }
}
