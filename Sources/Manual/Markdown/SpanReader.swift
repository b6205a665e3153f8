/// Takes running text apart: code, emphasis, links.
struct SpanReader {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var text = String.UnicodeScalarView()
  private var result: [Span] = []
  private(set) var faults: [String] = []

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  mutating func spans() -> [Span] {
    while index < scalars.count {
      let scalar = scalars[index]
      switch scalar {
      case "`": code()
      case "[": link()
      case "*": emphasis()
      case "\\": escape()
      default:
        if let fault = fault(at: scalar) { faults.append(fault) }
        text.append(scalar)
        index += 1
      }
    }
    flush()
    return result
  }

  private mutating func flush() {
    if text.isEmpty { return }
    result.append(Span(String(text)))
    text = .init()
  }

  /// What other readers take for more than a character.
  private func fault(at scalar: Unicode.Scalar) -> String? {
    let next = index + 1 < scalars.count ? scalars[index + 1] : " "
    let isAtWordStart = index == 0 || !scalars[index - 1].isLetterOrDigit
    switch scalar {
    case "_" where isAtWordStart && next.isLetterOrDigit: return "emphasis with “_”"
    case "<" where next != " ": return "a tag, or an address between “<” and “>”"
    case "&" where next.isLetterOrDigit || next == "#": return "a character by its name"
    case "~" where next == "~": return "text that is struck out"
    default: return nil
    }
  }

  /// A backslash and a sign are the sign.
  private mutating func escape() {
    let next = index + 1 < scalars.count ? scalars[index + 1] : " "
    if !next.isASCII || next == " " || next.isLetterOrDigit {
      text.append("\\")
      index += 1
    } else {
      text.append(next)
      index += 2
    }
  }

  private mutating func code() {
    guard let end = place(of: ["`"], from: index + 1), end > index + 1 else {
      faults.append("a backtick without one that closes it, or two in a row")
      text.append("`")
      index += 1
      return
    }
    flush()
    result.append(Span(string(index + 1, end), .code))
    index = end + 1
  }

  private mutating func emphasis() {
    let isStrong = index + 1 < scalars.count && scalars[index + 1] == "*"
    let mark: [Unicode.Scalar] = isStrong ? ["*", "*"] : ["*"]
    let start = index + mark.count
    guard let end = place(of: mark, from: start), end > start, scalars[start] != " " else {
      faults.append("a “*” that is neither in code nor for emphasis")
      text.append("*")
      index += 1
      return
    }
    flush()
    for span in spans(start, end) {
      result.append(
        span.kind == .plain ? Span(span.text, isStrong ? .strong : .emphasis) : span)
    }
    index = end + mark.count
  }

  private mutating func link() {
    guard let middle = place(of: ["]", "("], from: index), let end = place(of: [")"], from: middle)
    else {
      faults.append("a “[” that is neither in code nor of a link")
      text.append("[")
      index += 1
      return
    }
    flush()
    let target = string(middle + 2, end)
    if target.holds(":") { faults.append("a link out of the project") }
    for span in spans(index + 1, middle) {
      result.append(Span(span.text, span.kind, anchor: target.begins(with: "#") ? target : nil))
    }
    index = end + 1
  }

  private mutating func spans(_ start: Int, _ end: Int) -> [Span] {
    var reader = SpanReader(string(start, end))
    let spans = reader.spans()
    faults += reader.faults
    return spans
  }

  private func string(_ start: Int, _ end: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<end])
    return String(text)
  }

  private func place(of mark: [Unicode.Scalar], from start: Int) -> Int? {
    var place = start
    while place + mark.count <= scalars.count {
      if scalars[place..<(place + mark.count)].elementsEqual(mark) { return place }
      place += 1
    }
    return nil
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: value >= 0x80
    }
  }
}
