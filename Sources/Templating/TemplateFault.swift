import Documents

/// A complaint about the byte at `offset`; it gets its line and column when it is reported.
struct TemplateFault: Error {
  var offset: Int
  var message: String
  var help: String?
  /// What is known of a name that is not declared.
  private(set) var undeclared: Undeclared?
  /// How often the name stands in the text besides.
  var repetitions = 0

  /// A use of a name that is not declared.
  struct Undeclared {
    let name: String
    let declarations: Declarations
    /// The whole placeholder, where it could be meant as text.
    let text: String?
  }

  init(at offset: Int, _ message: String, help: String? = nil) {
    self.offset = offset
    self.message = message
    self.help = help
  }

  init(at offset: Int, undeclared: Undeclared) {
    self.init(at: offset, "“\(undeclared.name)” is not declared")
    self.undeclared = undeclared
  }

  /// Among more names than these none is looked for.
  private static let mostCandidates = 1000

  /// The help that names what was probably meant, or nil when nothing is near.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    guard candidates.count <= mostCandidates else { return nil }
    // Sorted, so that of two equally near names the same one is always suggested.
    return Suggestion.nearest(to: name, among: candidates.sorted()).map { "did you mean “\($0)”?" }
  }

  /// - Parameter verbatim: what would make the whole file text.
  fileprivate func help(verbatim: String?) -> String? {
    guard let undeclared else { return help }
    if let help = TemplateFault.nearest(to: undeclared.name, among: undeclared.declarations.names) {
      return help
    }
    var help = "declare it in layout.json"
    guard let text = undeclared.text else { return help }
    help += "; \(TemplateParser.literalHelp(for: text))"
    if repetitions > 0, let verbatim {
      help += "; for the whole file: \"verbatim\": [\"\(verbatim)\"]"
    }
    return help
  }

  fileprivate var repeatedMessage: String {
    guard repetitions > 0 else { return message }
    return message + " (and stands \(repetitions == 1 ? "once" : "\(repetitions) times") more here)"
  }
}

extension [TemplateFault] {
  /// The complaints with their places, in order; one pass over `bytes`, which begin at `location`.
  ///
  /// - Parameter verbatim: the glob that would make the whole file text, where it is one.
  func diagnostics(
    in bytes: [UInt8], at location: SourceLocation, verbatim: String? = nil
  ) -> Diagnostics {
    var result = Diagnostics()
    var place = location
    var reached = 0
    let ordered = enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }
    for (number, (_, fault)) in ordered.enumerated() {
      while reached < Swift.min(fault.offset, bytes.count) {
        if bytes[reached] == UInt8(ascii: "\n") {
          place.line += 1
          place.column = 1
        } else {
          place.column += 1
        }
        reached += 1
      }
      // What is not told needs no remedy, which takes time to find.
      let help = number < 2 * Diagnostics.mostOfAKind ? fault.help(verbatim: verbatim) : nil
      result.add(Diagnostic(fault.repeatedMessage, at: place, help: help))
    }
    return result
  }
}
