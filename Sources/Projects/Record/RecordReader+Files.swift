import Documents
import FileSystems
import FileTrees
import Layouts

extension RecordReader {
  /// - Parameter layout: the name of the one that they belong to.
  mutating func files(_ node: JSONNode?, of layout: String) -> [Record.File] {
    for path in latest.paths { owners[path] = latest.layout }
    latest = (layout, [])
    return reader.members(node, "“files”").compactMap { member in
      if reader.diagnostics.isFull { return nil }
      let place = reader.document.location(at: member.keyOffset)
      guard let path = path(member.key, at: place) else { return nil }
      latest.paths.append(path)
      if let owner = owners[path], owner != layout {
        reader.diagnostics.add(
          Diagnostic("“\(path)” is a file of the layout “\(Printable.text(owner))”", at: place))
      }
      return file(path, member.value)
    }
  }

  /// A path that a layout may give a file.
  private mutating func path(_ text: String, at place: SourceLocation) -> RelativePath? {
    do {
      let path = try RelativePath(validating: text)
      if Layout.isReserved(path) {
        reader.diagnostics.add(
          Diagnostic(
            "the path “\(path)” has a name of scaffold's own (“\(Layout.reservedPrefix)…”)",
            at: place))
        return nil
      }
      return path
    } catch {
      reader.diagnostics.add(Diagnostic("\(error)", at: place))
      return nil
    }
  }

  private static let fileKeys = [
    "mode", "blob", "template", "given", "conflict", "absent", "from", "delta",
  ]

  private mutating func file(_ path: RelativePath, _ node: JSONNode) -> Record.File? {
    guard
      let members = reader.object(
        node, "a file", known: Self.fileKeys, required: ["mode", "blob"])
    else { return nil }
    let mode = reader.string(members["mode"], "“mode”")
    let permissions = mode.flatMap(Permissions.init(recorded:))
    if mode != nil, permissions == nil {
      reader.complain(
        "“mode” must be 0644, 0755, 0600 or 0700", at: members["mode"] ?? node)
    }
    let digits = reader.string(members["blob"], "“blob”")
    let blob = digits.flatMap(GitObjectID.init(hexadecimal:))
    if digits != nil, blob == nil {
      reader.complain("“blob” must be 40 hexadecimal digits", at: members["blob"] ?? node)
    }
    let template = reader.string(members["template"], "“template”")
    var given: RelativePath?
    if let node = members["given"], let text = reader.string(node, "“given”") {
      given = self.path(text, at: reader.document.location(of: node))
    }
    let isMarked = reader.flag(members["conflict"], "“conflict”") ?? false
    let isAbsent = reader.flag(members["absent"], "“absent”") ?? false
    let origin = origin(members["from"], members["delta"], node)
    guard let permissions, let blob else { return nil }
    // A file that is where the layout has put it was not moved.
    return Record.File(
      path: path, permissions: permissions, blob: blob, template: template,
      given: given == path ? nil : given, isMarked: isMarked, isAbsent: isAbsent, origin: origin)
  }

  private mutating func origin(
    _ blob: JSONNode?, _ delta: JSONNode?, _ file: JSONNode
  ) -> Record.File.Origin? {
    if blob == nil, delta == nil { return nil }
    guard let id = reader.string(blob, "“from”").flatMap(GitObjectID.init(hexadecimal:)),
      let delta = delta.flatMap(TextDelta.init)
    else {
      reader.complain(
        "“from” must be 40 hexadecimal digits, and “delta” beside it two numbers and lines",
        at: blob ?? delta ?? file)
      return nil
    }
    return Record.File.Origin(blob: id, delta: delta)
  }
}
