import Documents

/// A complaint about the byte at `offset`; it gets its line and column when it is reported.
struct Fault: Error {
  var offset: Int
  var message: String
  var help: String?

  init(at offset: Int, _ message: String, help: String? = nil) {
    self.offset = offset
    self.message = message
    self.help = help
  }

  /// - Parameter text: the tag, where it can be meant as text.
  static func undeclared(
    _ name: String, at offset: Int, among declarations: Declarations, text: String? = nil
  ) -> Fault {
    let asText = text.map { "; \(TemplateParser.literalHelp(for: $0))" } ?? ""
    return Fault(
      at: offset, "“\(name)” is not declared",
      help: nearest(to: name, among: declarations.names) ?? "declare it in layout.json" + asText)
  }

  /// The help that names what was probably meant, or nil when nothing is near.
  static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    // Sorted, so that of two equally near names the same one is always suggested.
    Suggestion.nearest(to: name, among: candidates.sorted()).map { "did you mean “\($0)”?" }
  }
}

extension [Fault] {
  /// The complaints with their places, in order; one pass over `bytes`, which begin at `location`.
  func diagnostics(in bytes: [UInt8], at location: SourceLocation) -> Diagnostics {
    var result = Diagnostics()
    var place = location
    var reached = 0
    let ordered = enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }
    for (_, fault) in ordered {
      while reached < Swift.min(fault.offset, bytes.count) {
        if bytes[reached] == UInt8(ascii: "\n") {
          place.line += 1
          place.column = 1
        } else {
          place.column += 1
        }
        reached += 1
      }
      result.add(Diagnostic(fault.message, at: place, help: fault.help))
    }
    return result
  }
}
