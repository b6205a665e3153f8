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

  let bytes: [UInt8]
  let location: SourceLocation
  /// Empty for a text without tags, which is rendered as it stands.
  var nodes: [Node] = []

  /// Whether there is nothing to render: the text stands for itself.
  package let isPlain: Bool

  /// - Parameters:
  ///   - bytes: any bytes; those outside of tags are kept as they are.
  ///   - location: the place of the first byte.
  /// - Throws: all faults of the template at once.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations
  ) throws(Diagnostics) {
    var ignored = Diagnostics()
    try self.init(
      parsing: bytes, at: location, in: place, declarations: declarations, warnings: &ignored)
  }

  /// - Parameter warnings: gets what is text, but was probably meant as a placeholder.
  package init(
    parsing bytes: [UInt8], at location: SourceLocation, in place: Place = .content,
    declarations: Declarations, warnings: inout Diagnostics
  ) throws(Diagnostics) {
    self.bytes = bytes
    self.location = location
    guard TemplateParser.nextTag(in: bytes, from: 0) != nil else {
      isPlain = true
      return
    }
    var parser = TemplateParser(
      bytes, of: location.file, in: place, declarations: declarations)
    parser.parse()
    guard parser.faults.isEmpty else {
      throw parser.faults.diagnostics(in: bytes, at: location)
    }
    if !parser.nearMisses.isEmpty {
      warnings.add(parser.nearMisses.map(\.warning).diagnostics(in: bytes, at: location))
    }
    for name in parser.used where declarations[name] != nil { names.append(name) }
    nodes = Node.tree(of: parser.tokens)
    if case .text(let range)? = nodes.first, nodes.count == 1, range == bytes.indices {
      isPlain = true
    } else {
      isPlain = false
    }
  }

  /// A piece of a name or a glob.
  package enum Piece: Sendable {
    case text([UInt8])
    /// A value alone, as a template.
    case value(Template)
  }

  /// What the template of a name is made of, in order.
  package var pieces: [Piece] {
    if isPlain { return [.text(bytes)] }
    return nodes.map { node in
      switch node {
      case .text(let range): .text(Array(bytes[range]))
      case .literal(let content): .text(content)
      case .value, .choice, .loop: .value(Template(node, of: self))
      }
    }
  }

  private init(_ node: Node, of template: Template) {
    bytes = template.bytes
    location = template.location
    names = template.names
    nodes = [node]
    isPlain = false
  }

  /// Whether the template uses a declared name.
  package func uses(_ name: String) -> Bool { names.contains(name) }

  /// - Parameter scope: a value for each declared name that the template uses.
  /// - Throws: what only values can get wrong (a number beyond its range), with its place.
  package func rendered(in scope: Scope) throws(Diagnostics) -> [UInt8] {
    guard !isPlain else { return bytes }
    var renderer = Renderer(bytes, scope: scope)
    do throws(Fault) {
      try renderer.render(nodes)
    } catch {
      throw [error].diagnostics(in: bytes, at: location)
    }
    return renderer.output
  }
}
