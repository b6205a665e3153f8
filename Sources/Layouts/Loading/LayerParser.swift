import Documents
import FileTrees
import Templating

/// Parses one layer and collects its faults.
struct LayerParser {
  let manifest: Manifest
  let declarations: Declarations
  /// Contents may draw the tree; names and notes, which are in it, may not.
  let contentDeclarations: Declarations
  /// What the files of the layout hold.
  let files: [TemplateFile]
  var budget: Budget
  var diagnostics = Diagnostics()
  var warnings = Diagnostics()
  var usedNotes: [Int] = []
  var usedRenames: [Int] = []

  /// Of notes with one path, which JSON allows, the first.
  let noteIndices: [String: Int]

  init(
    _ layer: Manifest.Layer, of manifest: Manifest, _ declarations: Declarations,
    in folder: LayoutFolder, _ budget: Budget
  ) {
    self.manifest = manifest
    self.budget = budget
    self.declarations = declarations.inLayer(layer)
    contentDeclarations = self.declarations.declaringTree
    files = folder.files
    let notes = manifest.notes.enumerated().map { ($1.path, $0) }
    noteIndices = Dictionary(notes) { first, _ in first }
  }

  /// - Parameter destination: the directories, one in the other, that the layer's content goes to.
  mutating func parse(
    _ directory: FileTree.Directory, into destination: ArraySlice<String>, at path: String = "",
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
    _ directory: FileTree.Directory, at path: String, from source: String
  ) -> [LayerTemplates.Node] {
    var nodes: [LayerTemplates.Node] = []
    nodes.reserveCapacity(directory.children.count)
    for child in directory.children where !diagnostics.isFull {
      guard pay(1, for: .entries, at: source.appending(child.name)) else { break }
      let name = renamed(child.name)
      // What has that name already is a child of its own, or renamed too.
      if name != child.name, let other = sibling(of: child.name, named: name, in: directory) {
        diagnostics.add(
          Diagnostic(
            "\(source.appending(child.name)) and \(source.appending(other)) are both “\(name)”",
            help: "remove one of them, or what “rename” says of it"))
      }
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

  /// Complains when there is not enough left.
  private mutating func pay(
    _ amount: Int, for resource: Budget.Resource, at source: String
  ) -> Bool {
    do {
      try budget.spend(amount, on: resource)
      return true
    } catch {
      let place = SourceLocation(file: source, line: 1, column: 1)
      diagnostics.add(Diagnostic(error.message(for: "the layout"), at: place))
      return false
    }
  }

  private mutating func renamed(_ name: String) -> String {
    guard let index = manifest.rename(of: name) else { return name }
    usedRenames.append(index)
    return manifest.renames[index].to
  }

  /// Another child of `directory` that is called `name` in the project, and told by the earlier of
  /// two that are renamed.
  private func sibling(
    of child: String, named name: String, in directory: FileTree.Directory
  ) -> String? {
    if directory[name] != nil, manifest.rename(of: name) == nil { return name }
    return manifest.renames.map(\.from).filter { other in
      guard child < other, directory[other] != nil, let index = manifest.rename(of: other) else {
        return false
      }
      return manifest.renames[index].to == name
    }.min()
  }

  private mutating func parseName(of node: inout LayerTemplates.Node) {
    if Layout.isReserved(node.name) {
      diagnostics.add(
        Diagnostic(
          "\(node.source): names that begin with “\(Layout.reservedPrefix)” are scaffold's own"))
    }
    if node.path.utf8.first == UInt8(ascii: "~"), !node.path.utf8.contains(UInt8(ascii: "/")) {
      diagnostics.add(
        Diagnostic("\(node.source): a name at the project's top cannot begin with “~”"))
    }
    guard node.name.utf8.contains(UInt8(ascii: "<")) else { return }
    var remarks = Diagnostics()
    defer {
      warnings.add(
        remarks.map { remark in
          Diagnostic("in the name: \(remark.message)", at: remark.location, help: remark.help)
        })
    }
    do {
      node.nameTemplate = try Template(
        parsing: Array(node.name.utf8),
        at: SourceLocation(file: node.source, line: 1, column: 1), in: .name,
        declarations: declarations, warnings: &remarks)
    } catch {
      diagnostics.add(
        error.map { fault in
          Diagnostic("in the name: \(fault.message)", at: fault.location, help: fault.help)
        })
    }
  }

  private mutating func note(for path: String) -> Template? {
    guard let index = noteIndices[path] else { return nil }
    usedNotes.append(index)
    let note = manifest.notes[index]
    do {
      return try Template(
        parsing: Array(note.text.utf8), at: note.textLocation, declarations: declarations,
        warnings: &warnings)
    } catch {
      diagnostics.add(error.writtenInJSON)
      return nil
    }
  }

  private mutating func content(
    of file: TemplateFile, at node: LayerTemplates.Node
  ) -> LayerTemplates.Content {
    do {
      let patterns = manifest.verbatim
      if !patterns.isEmpty {
        let candidate = LayerTemplates.candidate(for: node.path, declarations)
        for pattern in patterns where try pattern.couldMatch(candidate, spending: &budget) {
          return file.template == nil ? .bytes : .undecided
        }
      }
      if file.isScriptThatCannotRun {
        warnings.add(
          Diagnostic(
            "this begins with “#!” and is not executable; in a project neither",
            at: SourceLocation(file: node.source, line: 1, column: 1),
            help: "give it the executable bit (chmod +x), or leave the line out"))
      }
      guard let bytes = file.template else {
        warnOfPlaceholders(in: file, at: node)
        return .bytes
      }
      try budget.spend(bytes.count, on: .text)
      let template = try Template(
        parsing: bytes, at: SourceLocation(file: node.source, line: 1, column: 1),
        declarations: contentDeclarations, mostTags: budget.left(of: .tags),
        verbatim: LayerTemplates.glob(for: node.path, declarations), warnings: &warnings)
      try budget.spend(template.tags, on: .tags)
      return .template(template)
    } catch let faults as Diagnostics {
      diagnostics.add(faults)
    } catch let overrun as Overrun {
      let place = SourceLocation(file: node.source, line: 1, column: 1)
      diagnostics.add(Diagnostic(overrun.message(for: "the layout"), at: place))
    } catch {
      diagnostics.add(Diagnostic("\(node.source): \(error)"))
    }
    return .bytes
  }

  /// What is no template keeps its placeholders.
  private mutating func warnOfPlaceholders(in file: TemplateFile, at node: LayerTemplates.Node) {
    // What nobody can pay for is left without a warning.
    guard (try? budget.spend(contentDeclarations.names.count / 16, on: .steps)) != nil,
      let name = file.firstPlaceholder(of: contentDeclarations)
    else { return }
    warnings.add(
      Diagnostic(
        "\(node.source): \(file.reasonForNoTemplate), so that its placeholder “<<\(name)>>” stays as"
          + " it is",
        help: "if that is meant, name the file in “verbatim”"))
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
