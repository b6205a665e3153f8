import Documents
import FileTrees
import Templating

/// A layer with its names, contents and notes parsed, ready to be rendered for each item.
struct LayerTemplates {
  /// What complaints call the layer's folder; what they call a template begins so.
  let source: String
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
  /// - Parameters:
  ///   - declarations: the manifest's, where they are at hand.
  ///   - budget: pays for the tags of its templates.
  ///   - faults: gets every fault of its templates.
  ///   - warnings: gets what is no fault, but probably not meant.
  init(
    parsing layer: Manifest.Layer, of manifest: Manifest, _ declarations: Declarations? = nil,
    in folder: LayoutFolder, spending budget: inout Budget, _ faults: inout Diagnostics,
    _ warnings: inout Diagnostics
  ) {
    var parser = LayerParser(
      layer, of: manifest, declarations ?? manifest.declarations, in: folder, budget)
    source = folder.displayName(of: layer.folder.string)
    if let directory = folder.directory(of: layer) {
      nodes = parser.parse(directory, into: layer.destination.components[...], from: source)
    } else {
      nodes = []
    }
    faults.add(parser.diagnostics)
    warnings.add(parser.warnings)
    budget = parser.budget
    usedNotes = parser.usedNotes
    usedRenames = parser.usedRenames
  }

  /// What the build has parsed.
  init(source: String, nodes: [Node]) {
    self.source = source
    self.nodes = nodes
  }

  /// The paths of all files, with nil for each placeholder.
  func candidates(_ declarations: Declarations) -> [PathPattern.Candidate] {
    var result: [PathPattern.Candidate] = []
    func collect(_ nodes: [Node]) {
      for node in nodes {
        switch node.kind {
        case .directory(let children): collect(children)
        case .file: result.append(Self.candidate(for: node.path, declarations))
        }
      }
    }
    collect(nodes)
    return result
  }

  /// `a/<<NAME|snake>>.py` as `a/`, unknown, `.py`; all unknown where a placeholder is at fault.
  static func candidate(
    for path: String, _ declarations: Declarations
  ) -> PathPattern.Candidate {
    guard path.utf8.contains(UInt8(ascii: "<")) else { return path.utf8.map { $0 } }
    guard let pieces = Template.pieces(ofName: path, declarations: declarations) else {
      return path.utf8.split(separator: UInt8(ascii: "/")).map { _ in [nil] }
        .joined(separator: [UInt8(ascii: "/")]).map { $0 }
    }
    return pieces.flatMap { piece -> PathPattern.Candidate in
      if case .text(let bytes) = piece { bytes } else { [nil] }
    }
  }

  /// `a/<<NAME|snake>>.py` as `a/*.py`.
  static func glob(for path: String, _ declarations: Declarations) -> String {
    String(
      decoding: candidate(for: path, declarations).map { $0 ?? UInt8(ascii: "*") }, as: UTF8.self)
  }
}
