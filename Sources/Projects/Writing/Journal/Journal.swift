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
      /// Takes a file away.
      case remove
      /// Takes whatever it is out of the way of others, until a `move` brings it to its place.
      case setAside = "set-aside"
      case move
      case removeDirectory = "remove-directory"
    }

    var kind: Kind
    var path: RelativePath
    /// The name of the staged file or of the marker, and of the backup; empty for a directory.
    var file = ""
    /// The git blob id of the new content.
    var blob: GitObjectID?
    /// What a file holds before that is replaced, removed or moved.
    var expected: GitObjectID?
    /// What a file or a directory is made with, the latter when its removal is taken back.
    var permissions: Permissions?
    /// Where a `move` begins: a path of the project, or what was set aside under such a name.
    var origin: RelativePath?
    var aside: String?
    /// What is staged; nothing where that is an empty marker. No journal says it.
    var content: PlannedFile?
  }

  var entries: [Entry]
  /// Whether what it takes to take all back is to be kept when all is done.
  var isUndoable = true

  var steps: [any Step] { entries.compactMap(\.step) }

  // MARK: On disk

  static let version = 4

  /// An older one says less, in the same words.
  private static let readVersions = 3...version

  /// More bytes than this are neither written nor read.
  package static let limit = 64 << 20

  var text: String {
    var members = [JSON.Member("version", .integer(Self.version))]
    if !isUndoable { members.append(JSON.Member("undoable", .flag(false))) }
    members.append(JSON.Member("entries", .array(entries.map(\.json))))
    return JSON.object(members).pretty
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
      document.root, "the plan", known: ["version", "undoable", "entries"],
      required: ["version", "entries"])
    if let version = reader.integer(members?["version"], "“version”"),
      !Self.readVersions.contains(version)
    {
      reader.complain("unknown version \(version)", at: document.root)
    }
    isUndoable = reader.flag(members?["undoable"], "“undoable”") ?? true
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

extension Journal {
  /// Reads the one that a run has left at `plan`.
  ///
  /// - Throws: `RecoveryError` or `FileSystemError`.
  init(at plan: RelativePath, in fileSystem: any FileSystem) throws {
    do {
      try self.init(parsing: fileSystem.contents(of: plan, limit: Self.limit))
    } catch let error as Diagnostics {
      throw RecoveryError.damaged(error.all.first?.message ?? "")
    }
  }
}
