import Documents
import FileSystems
import FileTrees
import Templating

/// Reads the files of a layout, each once, checks them, and renders those that were placed. No content
/// is held but what fits into `mostKept`: what does not is rendered again when it is written.
struct ContentRenderer: Sendable {
  let layout: Layout
  let tree: FileTree
  let placed: [PlacedFile]
  let placements: [LayerPlacement]
  /// The first line of the tree that `<<TREE>>` draws.
  let title: String
  /// What the layout is at fault for, and what only answers can get wrong.
  var faults = Diagnostics()
  var failures = Diagnostics()
  var warnings = Diagnostics()
  /// Whether the contents of the layout are still to be checked.
  var checks: Bool
  /// They pay for reading the layout, for checking it, and for the project.
  var reading: Budget
  var checking: Budget
  var rendering: Budget

  /// What the templates of each layer have in common, made when it is first needed.
  var layers: [LayerContext?]
  /// What each placement has its templates rendered with, likewise.
  var scopes: [RenderingScope?]
  var drawing: String?
  /// Of the layout's files, by their numbers, as git keeps them; nil of what was not read.
  var sources: [Source?]
  /// Where the placed files are in the project, where there are globs to hold against them.
  var paths: [RelativePath] = []
  var kept = 0
  /// What a template gives, until it is looked at.
  var output: [UInt8] = []

  /// Of rendered contents, in bytes: more than most projects have, and little enough for any machine.
  static let mostKept = 20 << 20

  struct Source: Sendable {
    let blob: GitObjectID
    let isExecutable: Bool
  }

  struct LayerContext: Sendable {
    /// For contents.
    let declarations: Declarations
    var known: KnownTags? = KnownTags()
  }

  struct RenderingScope: Sendable {
    var scope: Scope
    var values = TagValues()
    var hasTree = false
  }

  /// - Parameters:
  ///   - placing: what is to be rendered; nil where the layout is only checked.
  ///   - budget: what is left for the project.
  init(_ layout: Layout, _ placing: Placing?, title: String, within budget: Budget) {
    self.layout = layout
    self.title = title
    tree = placing?.tree ?? FileTree()
    placed = placing?.files ?? []
    placements = placing?.placements ?? []
    reading = layout.reading
    checking = layout.checking
    rendering = budget
    layers = Array(repeating: nil, count: layout.manifest.layers.count)
    scopes = Array(repeating: nil, count: placements.count)
    checks = !layout.isChecked
    sources = Array(repeating: nil, count: checks ? layout.folder.count : 0)
    if !layout.manifest.hasGlobs { return }
    paths = Array(repeating: .root, count: placed.count)
    for entry in tree.entries { if let number = entry.leaf { paths[number] = entry.path } }
  }

  /// The renderer for another time, with nothing spent.
  var again: ContentRenderer {
    var copy = self
    copy.rendering = rendering.unspent
    copy.checks = false
    copy.sources = []
    return copy
  }

  /// What the file with a number was made of.
  func template(ofFile number: Int) -> TemplateIdentity {
    TemplateIdentity(
      path: layout.folder.path(of: Int(placed[number].file)),
      placement: placements[Int(placed[number].placement)])
  }

  // MARK: The pass over the layout

  /// The placed files of each file of the layout: chains through numbers of placed files, -1 at the end.
  struct Uses {
    var first: [Int32]
    var next: [Int32]

    init(_ placed: [PlacedFile], ofFiles count: Int) {
      first = Array(repeating: -1, count: count)
      next = Array(repeating: -1, count: placed.count)
      for number in placed.indices.reversed() {
        next[number] = first[Int(placed[number].file)]
        first[Int(placed[number].file)] = Int32(number)
      }
    }
  }

  /// What each placed file will be, in the order of their numbers. All of the layout is checked, unless
  /// it was; after a fault, the result means nothing.
  mutating func files() -> [RenderedFile] {
    let empty = RenderedFile(permissions: .regular, blob: Blob(of: []))
    var files = Array(repeating: empty, count: placed.count)
    let uses = Uses(placed, ofFiles: layout.folder.count)
    let applying = Set(placements.map(\.index))
    for (index, layer) in layout.manifest.layers.enumerated()
    where !faults.isFull && !failures.isFull && (checks || applying.contains(index)) {
      guard let directory = layout.folder.directory(of: layer) else { continue }
      read(directory, ofLayer: index, uses, into: &files)
    }
    return files
  }

  mutating func read(
    _ directory: FileTree.Directory, ofLayer index: Int, _ uses: Uses,
    into files: inout [RenderedFile]
  ) {
    for child in directory.children where !faults.isFull && !failures.isFull {
      switch child.node {
      case .directory(let inner): read(inner, ofLayer: index, uses, into: &files)
      case .file(let file):
        if !checks, uses.first[file.leaf] < 0 { continue }
        read(file.leaf, ofLayer: index, uses, into: &files)
      }
    }
  }

  /// A file of the layout as it was read: `name` is what complaints call it.
  struct Reading {
    let file: LayoutFile
    /// What of it can be a template.
    let template: [UInt8]?
    let number: Int
    let name: String
    let layer: Manifest.Layer
    let index: Int

    var place: SourceLocation { SourceLocation(file: name, line: 1, column: 1) }
  }

  mutating func read(
    _ number: Int, ofLayer index: Int, _ uses: Uses, into files: inout [RenderedFile]
  ) {
    let name = layout.folder.displayName(of: layout.folder.path(of: number))
    do {
      let file = try layout.folder.file(number, upTo: reading.largestTemplate)
      let reading = Reading(
        file: file, template: file.template, number: number, name: name,
        layer: layout.manifest.layers[index], index: index)
      if checks { try account(for: reading) }
      guard let treatment = treatment(of: reading) else { return }
      var use = uses.first[number]
      while use >= 0 {
        let leaf = Int(use)
        use = uses.next[leaf]
        guard placements[Int(placed[leaf].placement)].index == index else { continue }
        files[leaf] = try rendered(reading, treatment, as: leaf)
      }
    } catch let error as FileSystemError {
      faults.add(Diagnostic("\(Printable.text(layout.folder.name)): \(error.message)"))
    } catch let overrun as Overrun {
      faults.add(Diagnostic("\(Printable.text(name)): \(overrun.message(for: "the layout"))"))
    } catch let error as Diagnostics {
      failures.add(error)
    } catch {
      faults.add(Diagnostic("\(name): \(error)"))
    }
  }

  /// What the layout's digest needs of a file, and what reading it costs.
  mutating func account(for reading: Reading) throws {
    let file = reading.file
    try self.reading.spend(file.size, on: .content)
    if !file.isLarge || reading.template != nil {
      try self.reading.spend(file.size, on: .text)
    }
    sources[reading.number] = Source(
      blob: try blob(of: reading), isExecutable: file.isExecutable)
  }

  func blob(of reading: Reading) throws(FileSystemError) -> GitObjectID {
    if !sources.isEmpty, let source = sources[reading.number] { return source.blob }
    return try layout.folder.blob(of: reading.file, reading.number)
  }

  /// The git tree id of the layout's folder, when all of it was read.
  var digest: String {
    if layout.isChecked { return layout.digest }
    return layout.digest { number in
      let source = sources[number]
      return (source?.blob ?? GitObjectID(blob: []), source?.isExecutable ?? false)
    }
  }
}
