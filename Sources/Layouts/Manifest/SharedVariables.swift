import Documents

/// What the layouts of one folder declare alike: `shared/variables.json` beside them, an object of
/// declarations by the names of their variables.
struct SharedVariables {
  static let fileName = Manifest.sharedFolder + "/variables.json"

  /// The text of the file with what complaints call it.
  typealias Source = (bytes: [UInt8], file: String)

  private let source: () throws(Diagnostics) -> Source?
  /// Once it was asked for; empty after a fault.
  private var declarations: [String: JSONNode]?
  /// Whether the file is there and at fault, which is told.
  private var isFaulty = false
  /// The file's text, where some variable is shared.
  private(set) var bytes: [UInt8]?

  /// - Parameter source: is asked once, when a variable is shared; nil where there is no such file.
  init(_ source: @escaping () throws(Diagnostics) -> Source?) {
    self.source = source
  }

  /// The declaration of a variable, and what the layout at hand declares otherwise.
  ///
  /// - Parameters:
  ///   - members: of the layout's own entry, “shared” among them, whose values win.
  ///   - json: gets the faults.
  /// - Returns: the members of a declaration; nil after a fault.
  mutating func declaration(
    _ members: [String: JSONNode], in json: inout JSONReader
  ) -> [String: JSONNode]? {
    guard let node = members["shared"], let name = json.string(node, "“shared”") else { return nil }
    if let other = members["name"] {
      json.complain("a variable has either “name” or “shared”", at: other)
    }
    if declarations == nil { declarations = read(in: &json) }
    guard let declaration = declarations?[name] else {
      if isFaulty { return nil }
      if bytes == nil {
        json.complain("there is no \(Self.fileName) beside the layout", at: node)
      } else {
        json.complain(
          "“\(Printable.text(name))” is not in \(Self.fileName)", at: node,
          help: Suggestion.nearest(to: name, among: (declarations ?? [:]).keys.sorted())
            .map { "did you mean “\($0)”?" })
      }
      return nil
    }
    let keys = VariableReader.keys.filter { $0 != "name" && $0 != "shared" }
    guard var result = json.object(declaration, "“\(name)”", known: keys) else { return nil }
    for (key, value) in members where key != "shared" { result[key] = value }
    result["name"] = JSONNode(value: .string(name), offset: node.offset)
    return result
  }

  private mutating func read(in json: inout JSONReader) -> [String: JSONNode] {
    do {
      guard let source = try source() else { return [:] }
      bytes = source.bytes
      guard let root = json.include(source.bytes, file: source.file) else {
        isFaulty = true
        return [:]
      }
      let faults = json.diagnostics.count
      defer { isFaulty = json.diagnostics.count > faults }
      let members = json.members(root, "what is shared", upTo: Manifest.mostVariables)
      return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    } catch {
      isFaulty = true
      json.diagnostics.add(error)
      return [:]
    }
  }
}
