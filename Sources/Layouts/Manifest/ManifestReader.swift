import Documents
import FileTrees
import Rules
import Templating

/// Reads `layout.json` and collects every complaint about it.
struct ManifestReader {
  private var json: JSONReader
  private var manifest = Manifest()
  /// The names that every template may use, once the variables were read.
  private var declarations = Declarations()
  private var variablesAreSound = false
  private var layersAreSound = false
  private var shared: SharedVariables

  static let keys = [
    "$schema", "name", "summary", "version", "variables", "layers", "notes", "rename", "verbatim",
    "private", "once", "moved", "components", "next", "require", "changes", "rules",
  ]

  /// Their product would be more files than any project has.
  private static let mostLoops = 16

  static let layerKeys = ["folder", "shared", "into", "when", "each"]

  /// A manifest with the faults that were found in it.
  struct Reading {
    var manifest: Manifest
    var faults: Diagnostics
    var warnings: Diagnostics
    /// Whether templates can be held against the variables without echoes of their faults.
    var variablesAreSound: Bool
    /// Whether every layer could be read.
    var layersAreSound: Bool
    /// The text of `SharedVariables.fileName`, where a variable comes from there.
    var sharedVariables: [UInt8]?
  }

  /// - Parameter file: what complaints call the manifest.
  /// - Throws: all faults of the manifest at once.
  static func read(_ bytes: [UInt8], file: String) throws(Diagnostics) -> Manifest {
    let reading = try readCollecting(bytes, file: file)
    try reading.faults.throwIfAny()
    return reading.manifest
  }

  /// - Parameter shared: what layouts declare alike, asked for when a variable is shared.
  /// - Throws: that the text is no JSON.
  static func readCollecting(
    _ bytes: [UInt8], file: String,
    shared: @escaping () throws(Diagnostics) -> SharedVariables.Source? = { () in nil }
  ) throws(Diagnostics) -> Reading {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: bytes, file: file)
    } catch {
      throw Diagnostics(error)
    }
    var reader = ManifestReader(json: JSONReader(document), shared: SharedVariables(shared))
    reader.readManifest()
    reader.refuseUnsafeText(document.root)
    return Reading(
      manifest: reader.manifest, faults: reader.json.diagnostics, warnings: reader.json.warnings,
      variablesAreSound: reader.variablesAreSound, layersAreSound: reader.layersAreSound,
      sharedVariables: reader.shared.bytes)
  }

  private init(json: JSONReader, shared: SharedVariables) {
    self.json = json
    self.shared = shared
  }

  private mutating func readManifest() {
    let root = json.document.root
    guard
      let members = json.object(
        root, "the manifest", known: Self.keys, required: ["name", "summary", "version", "layers"])
    else { return }
    readHead(members)
    var variables = VariableReader(json: json, shared: shared)
    let faults = json.diagnostics.count
    manifest.variables = variables.read(members["variables"])
    json = variables.json
    shared = variables.shared
    variablesAreSound = json.diagnostics.count == faults
    declarations = manifest.declarations
    let faultsSoFar = json.diagnostics.count
    readLayers(members["layers"])
    layersAreSound = json.diagnostics.count == faultsSoFar
    readRequirements(members["require"])
    readPaths(members)
    readMoves(members["moved"])
    readComponents(members["components"])
    readNext(members["next"])
    readChanges(members["changes"])
    readRules(members["rules"])
  }

  /// No text of a manifest holds what a terminal would act on: a layout's texts are shown, whatever
  /// they are for. Where something else is wrong with a text, nothing more is said of it.
  private mutating func refuseUnsafeText(_ node: JSONNode) {
    func fault(_ text: String, at offset: Int) -> Diagnostic? {
      guard !json.diagnostics.isFull, let fault = NameRules.fault(inText: text) else { return nil }
      let place = json.document.location(at: offset)
      if json.diagnostics.all.contains(where: { $0.location == place }) { return nil }
      return Diagnostic("a text \(fault)", at: place)
    }
    switch node.value {
    case .string(let text):
      if let fault = fault(text, at: node.offset) { json.diagnostics.add(fault) }
    case .array(let items):
      for item in items { refuseUnsafeText(item) }
    case .object(let members):
      for member in members {
        if let fault = fault(member.key, at: member.keyOffset) { json.diagnostics.add(fault) }
        refuseUnsafeText(member.value)
      }
    case .null, .flag, .integer, .decimal: break
    }
  }

  private mutating func readHead(_ members: NamedValues<JSONNode>) {
    if let node = members["name"], let name = json.string(node, "“name”") {
      manifest.name = name
      if let fault = NameRules.fault(inName: name) {
        json.complain("the layout's name \(fault)", at: node)
      }
    }
    if let node = members["summary"], let summary = json.string(node, "“summary”") {
      manifest.summary = summary
      if let fault = NameRules.fault(inText: summary) {
        json.complain("“summary” \(fault)", at: node)
      }
    }
    if let node = members["version"], let version = json.string(node, "“version”") {
      manifest.version = version
      if VersionNumber(version) == nil {
        json.complain("“version” must be three numbers, such as “1.0.0”", at: node)
      }
    }
  }

  // MARK: Layers

  private mutating func readLayers(_ node: JSONNode?) {
    let items = json.items(node, "“layers”", upTo: Manifest.mostLayers)
    if let node, case .array = node.value, items.isEmpty {
      json.complain("“layers” names no layer", at: node)
    }
    for item in items {
      guard
        let members = json.object(
          item, "a layer", known: Self.layerKeys, required: [])
      else { continue }
      let folder = folder(members, at: item)
      var layer = Manifest.Layer(
        folder: folder ?? .root, loops: [],
        location: json.document.location(of: members["folder"] ?? members["shared"] ?? item))
      if let node = members["into"], let text = json.string(node, "“into”") {
        layer.destination = path(text, at: node) ?? .root
      }
      readLoops(members["each"], into: &layer)
      layer.when = json.condition(members["when"], declarations.inLayer(layer))
      layer.whenText = layer.when == nil ? nil : json.string(members["when"], "“when”")
      // A layer whose folder is at fault was only read for the faults of its conditions.
      if folder != nil { manifest.layers.append(layer) }
    }
  }

  /// The folder of the layout itself or of what layouts share.
  private mutating func folder(
    _ members: NamedValues<JSONNode>, at item: JSONNode
  ) -> RelativePath? {
    switch (members["folder"], members["shared"]) {
    case (let node?, nil):
      guard let text = json.string(node, "“folder”"), let folder = path(text, at: node) else {
        return nil
      }
      if folder.components.first == Manifest.sharedFolder {
        json.complain(
          "a layer's folder cannot be “\(Manifest.sharedFolder)”", at: node,
          help: "{ \"shared\": NAME } is a layer in the folder of that name beside the layout")
        return nil
      }
      return folder
    case (nil, let node?):
      guard let name = json.string(node, "“shared”"), let folder = path(name, at: node) else {
        return nil
      }
      guard folder.components.count == 1 else {
        json.complain("“shared” must be the name of one folder", at: node)
        return nil
      }
      return path(Manifest.sharedFolder + "/" + name, at: node)
    case (nil, nil):
      json.complain("a layer lacks the key “folder”", at: item)
    case (_, let node?):
      json.complain("a layer has either “folder” or “shared”", at: node)
    }
    return nil
  }

  private mutating func path(_ text: String, at node: JSONNode) -> RelativePath? {
    do {
      return try RelativePath(validating: text)
    } catch {
      json.complain("\(error)", at: node)
      return nil
    }
  }

  private mutating func readLoops(_ node: JSONNode?, into layer: inout Manifest.Layer) {
    guard let node else { return }
    let nodes: [JSONNode] = if case .array(let items) = node.value { items } else { [node] }
    if nodes.count > Self.mostLoops {
      json.complain("“each” may name at most \(Self.mostLoops) lists", at: node)
    }
    for node in nodes.prefix(Self.mostLoops) {
      guard let text = json.string(node, "“each”") else { continue }
      let words = text.parts(between: " ").filter { !$0.isEmpty }
      guard words.count == 3, words[1] == "in" else {
        json.complain("“each” must read “ITEM in LIST”", at: node)
        continue
      }
      let declarations = declarations.inLayer(layer)
      if let fault = VariableNames.fault(in: words[0]) {
        json.complain("the item “\(words[0])” \(fault)", at: node)
      } else if declarations[words[0]] != nil {
        json.complain("the item “\(words[0])” has the name of something else", at: node)
      }
      switch declarations[words[2]] {
      case .list: layer.loops.append(Manifest.Loop(item: words[0], list: words[2]))
      case nil:
        json.complain(
          "“\(words[2])” is not declared", at: node,
          help: Suggestion.nearest(to: words[2], among: declarations.names.sorted())
            .map { "did you mean “\($0)”?" })
      default: json.complain("“\(words[2])” is not a list", at: node)
      }
    }
  }

  private mutating func readRequirements(_ node: JSONNode?) {
    for item in json.items(node, "“require”", upTo: Manifest.mostRules) {
      guard
        let members = json.object(
          item, "a rule", known: ["that", "message"], required: ["that", "message"])
      else { continue }
      let condition = json.condition(members["that"], declarations)
      let message = json.template(members["message"], "“message”", declarations)
      guard let condition, let message,
        let conditionText = json.string(members["that"], "“that”"),
        let messageText = json.string(members["message"], "“message”")
      else { continue }
      manifest.requirements.append(
        Manifest.Requirement(
          condition: condition, message: message, conditionText: conditionText,
          messageText: messageText))
    }
  }

  private mutating func readComponents(_ node: JSONNode?) {
    var reader = ComponentReader(
      json: json, variables: manifest.variables, variablesAreSound: variablesAreSound)
    manifest.components = reader.read(node)
    json = reader.json
  }

  // MARK: Paths

  private mutating func readPaths(_ members: NamedValues<JSONNode>) {
    var notes: [Manifest.Note] = []
    for member in json.members(members["notes"], "“notes”") {
      guard let text = json.string(member.value, "a note") else { continue }
      notes.append(
        Manifest.Note(
          path: member.key, text: text,
          pathLocation: json.document.location(at: member.keyOffset),
          textLocation: json.document.locationOfText(in: member.value)))
      if let fault = NameRules.fault(inText: text) {
        json.complain("a note \(fault)", at: member.value)
      }
    }
    // Of those with one path, which JSON allows, the first stays before the others.
    manifest.notes = notes.sorted { $0.path.precedesInBytes($1.path) }
    for member in json.members(members["rename"], "“rename”", upTo: Manifest.mostRules) {
      guard let to = json.string(member.value, "a new name") else { continue }
      manifest.renames.append(
        Manifest.Rename(
          from: member.key, to: to, location: json.document.location(at: member.keyOffset)))
      do {
        _ = try RelativePath.root.appending(to)
      } catch {
        json.complain("\(error)", at: member.value)
      }
    }
    manifest.verbatim = patterns(members["verbatim"], "“verbatim”")
    manifest.privates = patterns(members["private"], "“private”")
    manifest.onces = patterns(members["once"], "“once”")
  }

  private mutating func patterns(_ node: JSONNode?, _ what: String) -> [PathPattern] {
    var result: [PathPattern] = []
    let declarations = manifest.globDeclarations
    for item in json.items(node, what, upTo: Manifest.mostRules) {
      guard let text = json.string(item, "an item of \(what)") else { continue }
      if text.utf8.count > PathPattern.longest {
        json.complain("“\(text)” is longer than any path", at: item)
      } else if text.isEmpty || text.begins(with: "/") || text.ends(with: "/") {
        json.complain("“\(text)” matches no file: write a path such as “docs/**/*.txt”", at: item)
      } else {
        guard let template = template(of: text, at: item, declarations) else { continue }
        result.append(
          PathPattern(
            text, at: json.document.location(of: item), template.names.isEmpty ? nil : template))
      }
    }
    return result
  }

  /// A glob as a template, with the names that paths may hold.
  private mutating func template(
    of glob: String, at node: JSONNode, _ declarations: Declarations
  ) -> Template? {
    do {
      return try Template(
        parsing: Array(glob.utf8), at: json.document.locationOfText(in: node), in: .name,
        declarations: declarations, warnings: &json.warnings)
    } catch {
      json.diagnostics.add(error.writtenInJSON)
      return nil
    }
  }

  private mutating func readNext(_ node: JSONNode?) {
    var reader = NextStepReader(
      json: json, declarations: declarations.declaring("DIRECTORY", of: .text))
    manifest.next = reader.read(node)
    json = reader.json
  }
}

// What is said of versions and of projects.

extension ManifestReader {
  private mutating func readMoves(_ node: JSONNode?) {
    var reader = MoveReader(json: json)
    manifest.moves = reader.read(node)
    json = reader.json
  }

  private mutating func readChanges(_ node: JSONNode?) {
    var changes: [Manifest.Change] = []
    for member in json.members(node, "“changes”", upTo: Manifest.mostRules) {
      if VersionNumber(member.key) == nil {
        json.diagnostics.add(
          Diagnostic(
            "“\(Printable.text(member.key))” in “changes” must be a version, such as “1.0.0”",
            at: json.document.location(at: member.keyOffset)))
      }
      let lines = json.strings(member.value, "what a version changes", upTo: Manifest.mostRules)
      changes.append(Manifest.Change(version: member.key, lines: lines))
    }
    manifest.changes = changes
  }

  private mutating func readRules(_ node: JSONNode?) {
    var reader = RuleReader(json: json, declarations: declarations)
    manifest.rules = reader.read(node)
    json = reader.json
  }
}
