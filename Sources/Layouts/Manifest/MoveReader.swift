import Documents
import FileTrees

/// Reads what a manifest says was moved, as far as it can be told without the layers.
struct MoveReader {
  var json: JSONReader
  private var targets: [String] = []

  init(json: JSONReader) {
    self.json = json
  }

  mutating func read(_ node: JSONNode?) -> [Manifest.Move] {
    json.members(node, "“moved”", upTo: Manifest.mostRules).compactMap { move($0) }
  }

  private mutating func move(_ member: JSONMember) -> Manifest.Move? {
    guard let newText = json.string(member.value, "a new path") else { return nil }
    let old = json.document.location(at: member.keyOffset)
    let new = json.document.location(of: member.value)
    let oldPath = path(member.key, at: old)
    let newPath = path(newText, at: new)
    guard let oldPath, let newPath else { return nil }
    let isFolder = member.key.ends(with: "/")
    if isFolder != newText.ends(with: "/") {
      json.diagnostics.add(
        Diagnostic(
          "“\(member.key)” and “\(newText)” are not both folders, or both files", at: old,
          help: "a folder ends with “/”"))
      return nil
    }
    if targets.contains(where: { $0.equalsInBytes(newText) }) {
      json.diagnostics.add(
        Diagnostic("“\(newText)” is what two paths of “moved” became", at: new))
    }
    targets.append(newText)
    return Manifest.Move(
      old: oldPath, new: newPath, isFolder: isFolder, oldLocation: old, newLocation: new)
  }

  /// Of a folder without the slash at its end.
  private mutating func path(_ text: String, at location: SourceLocation) -> RelativePath? {
    do {
      let isFolder = text.ends(with: "/")
      let path = try RelativePath(
        validating: isFolder ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text)
      if !isFolder, path.components.count == 1 {
        json.diagnostics.add(
          Diagnostic(
            "“\(text)” is in no layer", at: location,
            help: "the layer's folder comes first: “base/\(text)”"))
        return nil
      }
      return path
    } catch {
      json.diagnostics.add(Diagnostic("\(error)", at: location))
      return nil
    }
  }
}
