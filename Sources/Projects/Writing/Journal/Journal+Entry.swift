import Documents
import FileSystems
import FileTrees

extension Journal.Entry {
  /// Nil for what no entry is that has been made or read here.
  var step: (any Step)? {
    switch kind {
    case .directory:
      return DirectoryStep(path: path)
    case .create:
      guard let blob, let permissions else { return nil }
      return CreateStep(path: path, file: file, blob: blob, permissions: permissions)
    case .replace:
      guard let blob, let expected, let permissions else { return nil }
      return ReplaceStep(
        path: path, file: file, blob: blob, expected: expected, permissions: permissions)
    case .remove, .setAside:
      return RemoveStep(path: path, file: file, expected: expected)
    case .move:
      guard let start: MoveStep.Start = origin.map({ .path($0) }) ?? aside.map({ .aside($0) })
      else { return nil }
      return MoveStep(start: start, path: path, file: file, expected: expected)
    case .removeDirectory:
      guard let permissions else { return nil }
      return RemoveDirectoryStep(path: path, file: file, permissions: permissions)
    }
  }

  // MARK: As JSON

  var json: JSON {
    var members = [
      JSON.Member("kind", .string(kind.rawValue)), JSON.Member("path", .string(path.string)),
    ]
    if !file.isEmpty { members.append(JSON.Member("file", .string(file))) }
    if let permissions { members.append(JSON.Member("mode", .string(permissions.journaled))) }
    if let blob { members.append(JSON.Member("blob", .string(blob.description))) }
    if let expected { members.append(JSON.Member("expected", .string(expected.description))) }
    if let origin { members.append(JSON.Member("origin", .string(origin.string))) }
    if let aside { members.append(JSON.Member("aside", .string(aside))) }
    return .object(members)
  }

  init?(_ node: JSONNode, _ reader: inout JSONReader) {
    guard
      let members = reader.object(
        node, "an entry",
        known: ["kind", "path", "file", "mode", "blob", "expected", "origin", "aside"],
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
    permissions = reader.string(members["mode"], "“mode”").flatMap(Permissions.init(journaled:))
    origin = reader.string(members["origin"], "“origin”")
      .flatMap { try? RelativePath(validating: $0) }
    aside = reader.string(members["aside"], "“aside”")
    // What is there and cannot be read is as wrong as what is missing.
    let values: [(String, Bool)] = [
      ("file", !file.isEmpty && Self.isNumber(file)), ("mode", permissions != nil),
      ("blob", blob != nil), ("expected", expected != nil), ("origin", origin != nil),
      ("aside", aside.map { !$0.isEmpty && Self.isNumber($0) } ?? false),
    ]
    let given = Set(members.keys).subtracting(["kind", "path"])
    guard kind.forms.contains(given), values.allSatisfy({ $0.1 == given.contains($0.0) })
    else { return nil }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension Journal.Entry.Kind {
  /// The members that an entry has beside its kind and path; one of these sets, and no others.
  fileprivate var forms: [Set<String>] {
    switch self {
    case .directory: [[]]
    case .create: [["file", "mode", "blob"]]
    case .replace: [["file", "mode", "blob", "expected"]]
    case .remove: [["file", "expected"]]
    case .setAside: [["file"], ["file", "expected"]]
    case .move:
      [
        ["file", "origin"], ["file", "origin", "expected"], ["file", "aside"],
        ["file", "aside", "expected"],
      ]
    case .removeDirectory: [["file", "mode"]]
    }
  }
}
