import Documents
import FileSystems
import FileTrees

/// Reads a record, which anybody may have changed: every path is held against the rules of paths,
/// every mode, blob id and answer against its form. Complains of all that is wrong, with its place.
package struct RecordReader {
  var reader: JSONReader
  private var answerNodes: [JSONNode] = []
  /// Which layout has a path, of those before the one that is read.
  var owners: [RelativePath: String] = [:]
  /// The paths of that one: most records have one layout, and nobody else to ask about.
  var latest: (layout: String, paths: [RelativePath]) = ("", [])

  package struct Reading: Sendable {
    package var record: Record
    /// Where each layout's answers stand in the document.
    package var answers: [JSONNode]
  }

  /// Whether a document is meant as a record, whatever is wrong with it.
  package static func isRecord(_ document: JSONDocument) -> Bool {
    guard case .object(let members) = document.root.value else { return false }
    return members.contains { $0.key == "version" }
      && members.contains { $0.key == "layout" || $0.key == "layouts" }
  }

  /// - Throws: every fault.
  package static func read(_ document: JSONDocument) throws(Diagnostics) -> Reading {
    var reader = RecordReader(reader: JSONReader(document))
    let layouts = reader.layouts(in: document.root)
    try reader.reader.diagnostics.throwIfAny()
    return Reading(record: Record(layouts: layouts), answers: reader.answerNodes)
  }

  /// - Throws: every fault; the first one where it is no JSON.
  static func read(_ bytes: [UInt8], file: String) throws(Diagnostics) -> Record {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: bytes, file: file)
    } catch {
      throw Diagnostics(error)
    }
    return try read(document).record
  }

  // MARK: Versions

  private mutating func layouts(in root: JSONNode) -> [Record.Entry] {
    guard case .object(let members) = root.value else {
      reader.complain("a record must be an object, not \(root.kind)", at: root)
      return []
    }
    let version = members.first { $0.key == "version" }?.value
    switch reader.integer(version, "“version”") {
    case 1: return layoutsOfVersion1(root)
    case Record.version: return layoutsOfVersion2(root)
    case let number?:
      reader.complain(
        "unknown version \(number)", at: version ?? root,
        help: number > Record.version
          ? "a newer scaffold wrote this: install that one" : "versions begin with 1")
      return []
    case nil:
      if version == nil { reader.complain("the record lacks the key “version”", at: root) }
      return []
    }
  }

  /// One layout, without the templates of files, the answers and files beside it.
  private mutating func layoutsOfVersion1(_ root: JSONNode) -> [Record.Entry] {
    let keys = ["version", "layout", "answers", "files"]
    guard let members = reader.object(root, "the record", known: keys, required: keys),
      let layout = members["layout"],
      let stamp = reader.object(
        layout, "“layout”", known: Self.layoutKeys, required: Self.layoutKeys),
      let entry = entry(stamp, members, layout)
    else { return [] }
    return [entry]
  }

  private mutating func layoutsOfVersion2(_ root: JSONNode) -> [Record.Entry] {
    let keys = ["version", "layouts"]
    guard let members = reader.object(root, "the record", known: keys, required: keys) else {
      return []
    }
    let nodes = reader.items(members["layouts"], "“layouts”")
    if nodes.isEmpty { reader.complain("“layouts” names none", at: members["layouts"] ?? root) }
    let entryKeys = Self.layoutKeys + ["answers", "files"]
    var names: Set<String> = []
    return nodes.compactMap { node in
      // Of a long record, faults up to where nobody would read on.
      guard !reader.diagnostics.isFull,
        let members = reader.object(
          node, "a layout", known: entryKeys + ["unfinished", "state"], required: entryKeys)
      else { return nil }
      if let name = members["name"], case .string(let text) = name.value,
        !names.insert(text).inserted
      {
        reader.complain("the layout “\(Printable.text(text))” stands twice in “layouts”", at: name)
      }
      return entry(members, members, node)
    }
  }

  private static let layoutKeys = ["name", "version", "digest", "source"]

  // MARK: Parts

  private mutating func entry(
    _ layout: NamedValues<JSONNode>, _ rest: NamedValues<JSONNode>, _ node: JSONNode
  ) -> Record.Entry? {
    let name = reader.string(layout["name"], "“name”")
    let version = reader.string(layout["version"], "“version”")
    let digest = reader.string(layout["digest"], "“digest”")
    let sourceText = reader.string(layout["source"], "“source”")
    let source = sourceText.flatMap(LayoutVersion.Source.init)
    if sourceText != nil, source == nil {
      reader.complain(
        "“source” must be “built-in”, or “folder:” and a folder", at: layout["source"] ?? node)
    }
    let answers = answers(rest["answers"])
    let files = files(rest["files"], of: name ?? "")
    guard let name, let version, let digest, let source else { return nil }
    return Record.Entry(
      layout: LayoutVersion(name: name, version: version, digest: digest, source: source),
      answers: answers, files: files,
      isUnfinished: reader.flag(rest["unfinished"], "“unfinished”") ?? false,
      isIntact: isIntact(node))
  }

  /// Whether the text of a layout's part is the one that its state is of.
  private func isIntact(_ node: JSONNode) -> Bool {
    guard case .object(let members) = node.value, let last = members.last, last.key == "state",
      case .string(let state) = last.value.value, node.offset < last.keyOffset
    else { return false }
    var text = reader.document.bytes[node.offset..<last.keyOffset]
    while let byte = text.last, byte != UInt8(ascii: "}") { text.removeLast() }
    return Record.state(of: text)?.description == state
  }

  private mutating func answers(_ node: JSONNode?) -> [JSON.Member] {
    if let node { answerNodes.append(node) }
    return reader.members(node, "“answers”").compactMap { member in
      if reader.diagnostics.isFull { return nil }
      return answer(member.value).map { JSON.Member(member.key, $0) }
    }
  }

  private mutating func answer(_ node: JSONNode) -> JSON? {
    switch node.value {
    case .string(let text): return .string(text)
    case .integer(let number): return .integer(number)
    case .flag(let flag): return .flag(flag)
    case .array(let nodes):
      let items = nodes.compactMap { item($0) }
      return items.count == nodes.count ? .array(items) : nil
    case .null, .decimal, .object:
      reader.complain(
        "an answer must be a string, an integer, a flag or a list, not \(node.kind)", at: node)
      return nil
    }
  }

  private mutating func item(_ node: JSONNode) -> JSON? {
    switch node.value {
    case .string(let text): return .string(text)
    case .integer(let number): return .integer(number)
    case .null, .flag, .decimal, .array, .object:
      reader.complain("an item must be a string or an integer", at: node)
      return nil
    }
  }
}
