import CLibrary
import Documents

/// A parsed text with placeholders. Parsing finds every fault that does not depend on values.
package struct Template: Sendable {
  /// Where a template stands decides what it may hold.
  package enum Place: Sendable {
    /// A file's content or a manifest's text: everything.
    case content
    /// A file's name or a glob: values and literals; a directive is an error.
    case name
  }

  /// The declared names that the template uses, each once, without those that its own loops declare.
  package internal(set) var names: [String] = []

  package let bytes: [UInt8]
  let location: SourceLocation
  /// Empty for a text without tags, which is rendered as it stands.
  var pieces: [TemplatePiece] = []

  /// Whether there is nothing to render: the text stands for itself.
  package let isPlain: Bool

  /// Placeholders, directives and filters; not known of what the build has parsed.
  package private(set) var tags = 0

  /// As the other one, without warnings, and alone.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations
  ) throws(Diagnostics) {
    var ignored = Diagnostics()
    try self.init(
      parsing: bytes, at: location, in: place, declarations: declarations, warnings: &ignored)
  }

  /// As the other one, alone.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations, warnings: inout Diagnostics
  ) throws(Diagnostics) {
    var known: KnownTags?
    try self.init(
      parsing: bytes, at: location, in: place, declarations: declarations, knowing: &known,
      warnings: &warnings)
  }

  /// - Parameters:
  ///   - bytes: any bytes; those outside of tags are kept as they are.
  ///   - location: the place of the first byte.
  ///   - known: the tags of other templates with the same declarations; gets those of this one.
  ///   - mostTags: as many the template may have.
  ///   - verbatim: the glob that would make the whole file text, where it is one.
  ///   - warnings: gets what is text, but was probably meant as a placeholder.
  /// - Throws: all faults of the template at once; a name that is not declared is told once.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations, knowing known: inout KnownTags?,
    mostTags: Int = Budget.Resource.tags.most, verbatim: @autoclosure () -> String? = nil,
    warnings: inout Diagnostics
  ) throws(Diagnostics) {
    guard TemplateParser.nextTag(in: bytes, from: 0) != nil else {
      self.init(plain: bytes, at: location)
      return
    }
    var parser = TemplateParser(
      bytes, of: location.file, in: place, declarations: declarations, knowing: known.take(),
      mostTags: mostTags)
    parser.parse()
    known = parser.known.take()
    guard parser.faults.isEmpty else {
      throw parser.faults.diagnostics(in: bytes, at: location, verbatim: verbatim())
    }
    if !parser.nearMisses.isEmpty {
      warnings.add(parser.nearMisses.map(\.warning).diagnostics(in: bytes, at: location))
    }
    self.init(parser, location)
  }

  private init(plain bytes: [UInt8], at location: SourceLocation) {
    self.bytes = bytes
    self.location = location
    isPlain = true
  }

  /// What a parser without faults has read.
  private init(_ parser: TemplateParser, _ location: SourceLocation) {
    bytes = parser.bytes
    self.location = location
    tags = parser.tags
    let declarations = parser.declarations
    for name in parser.used where declarations[name] != nil { names.append(name) }
    pieces = parser.pieces
    if case .text(let range)? = pieces.first, pieces.count == 1, range == bytes.indices {
      isPlain = true
    } else {
      isPlain = false
    }
  }

  /// A part of a name or a glob.
  package enum NamePart: Sendable {
    case text([UInt8])
    /// A value alone, as a template.
    case value(Template)
  }

  /// What the template of a name is made of, in order.
  package var nameParts: [NamePart] {
    if isPlain { return [.text(bytes)] }
    return pieces.map { piece in
      switch piece {
      case .text(let range): .text(Array(bytes[range]))
      case .literal(let content): .text(content)
      case .value, .test, .jump, .loop, .sort, .fit: .value(Template(piece, of: self))
      }
    }
  }

  /// The parts of a name that need not be sound; nil when it is not.
  package static func parts(ofName name: String, declarations: Declarations) -> [NamePart]? {
    let bytes = Array(name.utf8)
    var parser = TemplateParser(bytes, of: name, in: .name, declarations: declarations)
    parser.parse()
    guard parser.faults.isEmpty else { return nil }
    return Template(parser, SourceLocation(file: name, line: 1, column: 1)).nameParts
  }

  private init(_ piece: TemplatePiece, of template: Template) {
    bytes = template.bytes
    location = template.location
    names = template.names
    pieces = [piece]
    isPlain = false
  }

  /// Whether `bytes` can be a template: UTF-8 without a NUL.
  package static func canBe(_ bytes: [UInt8]) -> Bool {
    let hasNUL = bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { memchr($0, 0, buffer.count) != nil } ?? false
    }
    if hasNUL { return false }
    if #available(macOS 26, *) { return (try? UTF8Span(validating: bytes.span)) != nil }
    return String(validating: bytes, as: UTF8.self) != nil  // which makes a copy
  }

  /// Whether the template uses a declared name.
  package func uses(_ name: String) -> Bool { names.contains(name) }

  /// - Parameter scope: a value for each declared name that the template uses.
  /// - Throws: what only values can get wrong (a number beyond its range), with its place.
  package func rendered(in scope: Scope) throws(Diagnostics) -> [UInt8] {
    var budget = Budget()
    return try rendered(in: scope, spending: &budget)
  }

  /// - Parameters:
  ///   - scope: a value for each declared name that the template uses.
  ///   - most: as many bytes may come out.
  ///   - whole: what has the limits, for complaints.
  ///   - budget: pays for the text and the work; a text without tags costs nothing.
  /// - Throws: what only values can get wrong (a number beyond its range, a limit), with its place.
  package func rendered(
    in scope: Scope, upTo most: Int = .max, _ whole: String = "the project",
    spending budget: inout Budget
  ) throws(Diagnostics) -> [UInt8] {
    guard !isPlain else { return bytes }
    var output: [UInt8] = []
    var values = TagValues()
    try render(in: scope, &values, into: &output, upTo: most, whole, spending: &budget)
    return output
  }

  /// Writes what the template gives into `output`, in the place of what that holds; the other
  /// parameters are as above.
  ///
  /// - Parameter values: what known tags stand for in the same scope, from the templates before.
  package func render(
    in scope: Scope, _ values: inout TagValues, into output: inout [UInt8], upTo most: Int = .max,
    _ whole: String = "the project", spending budget: inout Budget
  ) throws(Diagnostics) {
    output.removeAll(keepingCapacity: true)
    if isPlain {
      output += bytes
      return
    }
    var allowance = TemplateRenderer.Allowance(budget, upTo: most)
    allowance.whole = whole
    var renderer = TemplateRenderer(
      self, scope: scope, into: output.take(), values.take(), within: allowance)
    defer {
      output = renderer.output.take()
      values = renderer.values.take()
    }
    try render(&renderer, spending: &budget)
  }

  /// Hands what the template gives to `body` in pieces, so that it is nowhere held whole.
  ///
  /// - Parameter body: says whether to go on.
  /// - Returns: how many bytes that were.
  @discardableResult
  package func pieces(
    in scope: Scope, spending budget: inout Budget,
    _ body: @escaping (UnsafeRawBufferPointer) -> Bool
  ) throws(Diagnostics) -> Int {
    let allowance = TemplateRenderer.Allowance(budget)
    var renderer = TemplateRenderer(
      self, scope: scope, into: [], TagValues(), within: allowance, sink: body)
    try render(&renderer, spending: &budget)
    return renderer.taken
  }

  private func render(
    _ renderer: inout TemplateRenderer, spending budget: inout Budget
  ) throws(Diagnostics) {
    defer {
      let size = renderer.taken + renderer.output.count
      try? budget.spend(min(renderer.steps, budget.left(of: .steps)), on: .steps)
      try? budget.spend(min(size, budget.left(of: .text)), on: .text)
    }
    do throws(TemplateFault) {
      try renderer.render()
    } catch {
      throw [error].diagnostics(in: bytes, at: location)
    }
  }
}

extension [UInt8] {
  /// Moves the bytes out, so that there is no second reference to them.
  fileprivate mutating func take() -> [UInt8] {
    let bytes = self
    self = []
    return bytes
  }
}

extension TagValues {
  fileprivate mutating func take() -> TagValues {
    let values = self
    self = TagValues()
    return values
  }
}
