import Documents
import FileTrees
import Templating

/// A layer with its names, contents and notes parsed, ready to be rendered for each item.
struct LayerTemplates {
  let nodes: [Node]
  /// Which of the manifest's notes and renames this layer uses, by their index.
  private(set) var usedNotes: [Int] = []
  private(set) var usedRenames: [Int] = []

  struct Node {
    /// One component of a path; nil where the name has no placeholder.
    var nameTemplate: Template?
    /// The name as it stands in the layout, renamed.
    var name: String
    /// The path in the project, renamed, with its placeholders.
    var path: String
    var note: Template?
    /// Where the layout has it, for complaints.
    var source: String
    var kind: Kind
  }

  enum Kind {
    case directory([Node])
    /// - Parameter number: counts the files of the layout.
    case file(TemplateFile, number: Int, Content)
  }

  enum Content {
    case template(Template)
    /// No text, or too large to be a template.
    case bytes
    /// A text that may turn out to be `verbatim`, depending on its rendered path.
    case undecided
  }

  /// What can be read of the layer.
  ///
  /// - Parameter faults: gets every fault of its templates.
  init(
    parsing layer: Manifest.Layer, of manifest: Manifest, in folder: LayoutFolder,
    _ faults: inout Diagnostics
  ) {
    var parser = LayerParser(layer, of: manifest, in: folder)
    let source = folder.displayName(of: layer.folder.string)
    if let directory = folder.files(of: layer) {
      nodes = parser.parse(directory.shape, into: layer.destination.components[...], from: source)
    } else {
      nodes = []
    }
    faults.add(parser.diagnostics)
    usedNotes = parser.usedNotes
    usedRenames = parser.usedRenames
  }

  /// What the build has parsed.
  init(nodes: [Node]) {
    self.nodes = nodes
  }

  /// Parses the content of a file whose path turned out not to be `verbatim`.
  static func parse(
    _ bytes: [UInt8], source: String, declarations: Declarations
  ) throws(Diagnostics) -> Template {
    try Template(
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

extension String {
  /// This path with `name` below it.
  fileprivate func appending(_ name: String) -> String {
    var path = self
    path.reserveCapacity(path.utf8.count + 1 + name.utf8.count)
    path += "/"
    path += name
    return path
  }
}

/// Parses one layer and collects its faults.
private struct LayerParser {
  let manifest: Manifest
  let declarations: Declarations
  /// Contents may draw the tree; names and notes, which are in it, may not.
  let contentDeclarations: Declarations
  /// What the files of the layout hold.
  let files: [TemplateFile]
  var diagnostics = Diagnostics()
  var usedNotes: [Int] = []
  var usedRenames: [Int] = []

  /// Of notes with one path, which JSON allows, the first.
  let noteIndices: [String: Int]

  init(_ layer: Manifest.Layer, of manifest: Manifest, in folder: LayoutFolder) {
    self.manifest = manifest
    declarations = manifest.declarations(in: layer)
    contentDeclarations = declarations.declaringTree
    files = folder.files.leaves
    let notes = manifest.notes.enumerated().map { ($1.path, $0) }
    noteIndices = Dictionary(notes) { first, _ in first }
  }

  /// - Parameter destination: the directories, one in the other, that the layer's content goes to.
  mutating func parse(
    _ directory: TreeShape.Directory, into destination: ArraySlice<String>, at path: String = "",
    from source: String
  ) -> [LayerTemplates.Node] {
    guard let name = destination.first else { return parse(directory, at: path, from: source) }
    let childPath = path.isEmpty ? name : path.appending(name)
    var node = LayerTemplates.Node(
      name: name, path: childPath, source: source, kind: .directory([]))
    parseName(of: &node)
    node.note = note(for: childPath + "/")
    node.kind = .directory(
      parse(directory, into: destination.dropFirst(), at: childPath, from: source))
    return [node]
  }

  private mutating func parse(
    _ directory: TreeShape.Directory, at path: String, from source: String
  ) -> [LayerTemplates.Node] {
    var nodes: [LayerTemplates.Node] = []
    nodes.reserveCapacity(directory.children.count)
    for child in directory.children {
      let name = renamed(child.name)
      let childPath = path.isEmpty ? name : path.appending(name)
      var node = LayerTemplates.Node(
        name: name, path: childPath, source: source.appending(child.name), kind: .directory([]))
      parseName(of: &node)
      switch child.node {
      case .directory(let inner):
        node.note = note(for: childPath + "/")
        node.kind = .directory(parse(inner, at: node.path, from: node.source))
      case .file(let file):
        node.note = note(for: childPath)
        let template = files[file.leaf]
        node.kind = .file(template, number: file.leaf, content(of: template, at: node))
      }
      nodes.append(node)
    }
    return nodes
  }

  private mutating func renamed(_ name: String) -> String {
    let renames = manifest.renames
    for index in renames.indices where renames[index].from == name {
      usedRenames.append(index)
      return renames[index].to
    }
    return name
  }

  private mutating func parseName(of node: inout LayerTemplates.Node) {
    if Layout.isReserved(node.name) {
      diagnostics.add(
        Diagnostic(
          "\(node.source): names that begin with “\(Layout.reservedPrefix)” are scaffold's own"))
    }
    guard node.name.utf8.contains(UInt8(ascii: "<")) else { return }
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
    guard let index = noteIndices[path] else { return nil }
    usedNotes.append(index)
    let note = manifest.notes[index]
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
    let patterns = manifest.verbatim
    if !patterns.isEmpty {
      let candidate = LayerTemplates.candidate(for: node.path)
      if patterns.contains(where: { $0.couldMatch(candidate) }) { return .undecided }
    }
    do {
      return .template(
        try LayerTemplates.parse(bytes, source: node.source, declarations: contentDeclarations))
    } catch {
      diagnostics.add(error)
      return .bytes
    }
  }
}
