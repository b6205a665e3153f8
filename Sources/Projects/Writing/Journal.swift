import Documents
import FileSystems
import FileTrees

/// What a transaction is about to do, on disk, so that a run that dies can be completed or undone
/// by the next one. Every step can be told done from not done by looking at the disk. It is believed
/// because of the staging directory that it lies in (`LeftOver`).
package struct Journal {
  struct Entry {
    enum Kind: String {
      case directory
      case create
      case replace
    }

    var kind: Kind
    var path: RelativePath
    /// The name of the staged file and of the backup; empty for a directory.
    var file: String
    /// The git blob id of the new content; nil for a directory.
    var blob: GitObjectID?
    /// What a replaced file holds before.
    var expected: GitObjectID?
    var permissions: Permissions
  }

  var entries: [Entry]

  /// The entries for what `plan` changes, in its order. The record is among the first files: by it
  /// another run, also on another client of the disk, knows that the place is taken.
  init(of plan: Plan) {
    entries = []
    for change in plan.changes {
      var entry = Entry(
        kind: .directory, path: change.path, file: "", blob: change.file?.blob.id,
        permissions: change.permissions)
      switch change.decision {
      case .create: if !change.isDirectory { entry.kind = .create }
      case .replace:
        entry.kind = .replace
        if case .file(let present, _, _) = change.expected { entry.expected = present }
      case .unchanged, .keep: continue
      case .merge, .marked, .move, .remove, .conflict:
        preconditionFailure("no step for \(change.decision)")
      }
      if entry.kind != .directory { entry.file = String(entries.count) }
      entries.append(entry)
    }
  }

  var steps: [any Step] { entries.map(\.step) }

  // MARK: On disk

  static let version = 3

  /// More bytes than this are neither written nor read.
  package static let limit = 64 << 20

  var text: String {
    JSON.object([
      JSON.Member("version", .integer(Self.version)),
      JSON.Member("entries", .array(entries.map(\.json))),
    ]).pretty
  }

  /// - Throws: that the text is no journal.
  init(parsing bytes: [UInt8]) throws(Diagnostics) {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: bytes, file: "plan")
    } catch {
      throw Diagnostics(error)
    }
    var reader = JSONReader(document)
    let members = reader.object(
      document.root, "the plan", known: ["version", "entries"], required: ["version", "entries"])
    if let version = reader.integer(members?["version"], "“version”"), version != Self.version {
      reader.complain("unknown version \(version)", at: document.root)
    }
    entries = []
    for node in reader.items(members?["entries"], "“entries”") {
      if let entry = Entry(node, &reader) {
        entries.append(entry)
      } else {
        reader.complain("malformed entry", at: node)
      }
    }
    try reader.diagnostics.throwIfAny()
  }
}

extension Journal.Entry {
  fileprivate var step: any Step {
    guard kind != .directory, let blob else { return DirectoryStep(path: path) }
    guard kind == .replace, let expected else {
      return CreateStep(path: path, file: file, blob: blob, permissions: permissions)
    }
    return ReplaceStep(
      path: path, file: file, blob: blob, expected: expected, permissions: permissions)
  }

  fileprivate var json: JSON {
    var members = [
      JSON.Member("kind", .string(kind.rawValue)), JSON.Member("path", .string(path.string)),
    ]
    if kind != .directory {
      members.append(JSON.Member("file", .string(file)))
      members.append(JSON.Member("mode", .string(permissions.journaled)))
    }
    if let blob { members.append(JSON.Member("blob", .string(blob.description))) }
    if let expected { members.append(JSON.Member("expected", .string(expected.description))) }
    return .object(members)
  }

  fileprivate init?(_ node: JSONNode, _ reader: inout JSONReader) {
    guard
      let members = reader.object(
        node, "an entry", known: ["kind", "path", "file", "mode", "blob", "expected"],
        required: ["kind", "path"]),
      let kind = Kind(rawValue: reader.string(members["kind"], "“kind”") ?? ""),
      let path = try? RelativePath(validating: reader.string(members["path"], "“path”") ?? "")
    else { return nil }
    self.kind = kind
    self.path = path
    file = reader.string(members["file"], "“file”") ?? ""
    blob = reader.string(members["blob"], "“blob”").flatMap(GitObjectID.init(hexadecimal:))
    expected = reader.string(members["expected"], "“expected”")
      .flatMap(GitObjectID.init(hexadecimal:))
    let mode = reader.string(members["mode"], "“mode”").flatMap(Permissions.init(journaled:))
    permissions = mode ?? .executable
    let needsFile = kind != .directory
    let isNumber = file.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard needsFile == !file.isEmpty, isNumber, needsFile == (blob != nil),
      needsFile == (mode != nil),
      (kind == .replace) == (expected != nil)
    else { return nil }
  }
}
