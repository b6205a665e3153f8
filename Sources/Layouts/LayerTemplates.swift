import Documents
import FileTrees
import Templating

/// A layer with its names, contents and notes parsed, ready to be rendered for each item.
struct LayerTemplates {
  let layer: Manifest.Layer
  let nodes: [Node]
  /// Which of the manifest's notes and renames this layer uses, by their index.
  private(set) var usedNotes: Set<Int> = []
  private(set) var usedRenames: Set<Int> = []

  struct Node {
    /// One component of a path; nil where the name has no placeholder.
    var nameTemplate: Template?
    /// The name as it stands in the layout, renamed.
    var name: String
    /// The path below the layer's folder, renamed, with its placeholders.
    var path: String
    var note: Template?
    /// Where the layout has it, for complaints.
    var source: String
    var kind: Kind
  }

  enum Kind {
    case directory([Node])
    case file(TemplateFile, Content)
  }

  enum Content {
    case template(Template)
    /// No text, or too large to be a template.
    case bytes
    /// A text that may turn out to be `verbatim`, depending on its rendered path.
    case undecided
  }

  /// - Throws: every fault of the layer's templates.
  init(_ layer: Manifest.Layer, of layout: Layout) throws(Diagnostics) {
    var parser = LayerParser(layer, of: layout)
    nodes = layout.files(of: layer).map { parser.parse($0, at: "", from: layer.folder) } ?? []
    try parser.diagnostics.throwIfAny()
    self.layer = layer
    usedNotes = parser.usedNotes
    usedRenames = parser.usedRenames
  }

  /// Parses the content of a file whose path turned out not to be `verbatim`.
  static func parse(
    _ bytes: [UInt8], source: String, in layer: Manifest.Layer, of layout: Layout
  ) throws(Diagnostics) -> Template {
    var declarations = layout.manifest.declarations(in: layer)
    declarations["TREE"] = .text
    return try Template(
      parsing: bytes, at: SourceLocation(file: source, line: 1, column: 1),
      declarations: declarations)
  }

  /// The paths of all files, with nil for each placeholder.
  var candidates: [PathPattern.Candidate] {
    var result: [PathPattern.Candidate] = []
    func collect(_ nodes: [Node]) {
      for node in nodes {
        switch node.kind {
        case .directory(let children): collect(children)
        case .file: result.append(Self.candidate(for: node.path))
        }
      }
    }
    collect(nodes)
    return result
  }

  /// `a/<<NAME|snake>>.py` as `a/`, unknown, `.py`.
  static func candidate(for path: String) -> PathPattern.Candidate {
    var result: PathPattern.Candidate = []
    var rest = path.utf8[...]
    while let byte = rest.first {
      if rest.starts(with: "<<".utf8), let end = rest.endOfPlaceholder {
        result.append(nil)
        rest = rest[end...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension Substring.UTF8View {
  /// Where the first `>>` ends; nil when there is none before the next `/`.
  fileprivate var endOfPlaceholder: Index? {
    var start = startIndex
    while start < endIndex, self[start] != UInt8(ascii: "/") {
      if self[start...].starts(with: ">>".utf8) { return index(start, offsetBy: 2) }
      start = index(after: start)
    }
    return nil
  }
}

/// Parses one layer and collects its faults.
private struct LayerParser {
  let layout: Layout
  let layer: Manifest.Layer
  let declarations: Declarations
  var diagnostics = Diagnostics()
  var usedNotes: Set<Int> = []
  var usedRenames: Set<Int> = []

  init(_ layer: Manifest.Layer, of layout: Layout) {
    self.layout = layout
    self.layer = layer
    declarations = layout.manifest.declarations(in: layer)
  }

  mutating func parse(
    _ directory: FileTree<TemplateFile>.Directory, at path: String, from source: RelativePath
  ) -> [LayerTemplates.Node] {
    var nodes: [LayerTemplates.Node] = []
    for child in directory.children {
      let name = renamed(child.name)
      let childPath = path.isEmpty ? name : path + "/" + name
      let childSource = source.string + "/" + child.name
      var node = LayerTemplates.Node(
        name: name, path: childPath, source: layout.folder.displayName(of: childSource),
        kind: .directory([]))
      parseName(of: &node)
      switch child.node {
      case .directory(let inner):
        node.note = note(for: childPath + "/")
        guard let childPath = try? source.appending(child.name) else { continue }
        node.kind = .directory(parse(inner, at: node.path, from: childPath))
      case .file(let file):
        node.note = note(for: childPath)
        node.kind = .file(file.leaf, content(of: file.leaf, at: node))
      }
      nodes.append(node)
    }
    return nodes
  }

  private mutating func renamed(_ name: String) -> String {
    guard let index = layout.manifest.renames.firstIndex(where: { $0.from == name }) else {
      return name
    }
    usedRenames.insert(index)
    return layout.manifest.renames[index].to
  }

  private mutating func parseName(of node: inout LayerTemplates.Node) {
    if Layout.isReserved(node.name) {
      diagnostics.add(
        Diagnostic(
          "\(node.source): names that begin with “\(Layout.reservedPrefix)” are scaffold's own"))
    }
    guard node.name.contains("<<") else { return }
    do {
      node.nameTemplate = try Template(
        parsing: Array(node.name.utf8),
        at: SourceLocation(file: node.source, line: 1, column: 1), in: .name,
        declarations: declarations)
    } catch {
      for fault in error.all {
        diagnostics.add(
          Diagnostic("in the name: \(fault.message)", at: fault.location, help: fault.help))
      }
    }
  }

  private mutating func note(for path: String) -> Template? {
    guard let index = layout.manifest.notes.firstIndex(where: { $0.path == path }) else {
      return nil
    }
    usedNotes.insert(index)
    let note = layout.manifest.notes[index]
    do {
      return try Template(
        parsing: Array(note.text.utf8), at: note.textLocation, declarations: declarations)
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  private mutating func content(
    of file: TemplateFile, at node: LayerTemplates.Node
  ) -> LayerTemplates.Content {
    guard let bytes = file.bytes, bytes.count <= TemplateFile.largestTemplate, file.isText(bytes)
    else { return .bytes }
    let patterns = layout.manifest.verbatim
    if !patterns.isEmpty {
      let candidate = LayerTemplates.candidate(for: node.path)
      if patterns.contains(where: { $0.couldMatch(candidate) }) { return .undecided }
    }
    do {
      return .template(
        try LayerTemplates.parse(bytes, source: node.source, in: layer, of: layout))
    } catch {
      diagnostics.add(error)
      return .bytes
    }
  }
}
