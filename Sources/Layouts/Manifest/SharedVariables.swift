import Documents

/// What the layouts of one folder declare alike: `shared/variables.json` beside them, an object of
/// declarations by the names of their variables.
struct SharedVariables {
  static let fileName = Manifest.sharedFolder + "/variables.json"

  /// The text of the file with what complaints call it.
  typealias Source = (bytes: [UInt8], file: String)

  private let source: () throws(Diagnostics) -> Source?
  private var state = State.unread
  /// The file's text, where some variable is shared.
  private(set) var bytes: [UInt8]?

  private enum State {
    case unread
    case absent
    /// What could be read of it; what is at fault was told, and nothing is said of what is missing.
    case faulty([String: JSONNode])
    case sound([String: JSONNode])
  }

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
    _ members: NamedValues<JSONNode>, in json: inout JSONReader
  ) -> NamedValues<JSONNode>? {
    guard let node = members["shared"], let name = json.string(node, "“shared”") else { return nil }
    if let other = members["name"] {
      json.complain("a variable has either “name” or “shared”", at: other)
    }
    if case .unread = state { state = read(in: &json) }
    guard let declaration = declaration(named: name, at: node, in: &json) else { return nil }
    let keys = VariableReader.keys.filter { $0 != "name" && $0 != "shared" }
    guard var result = json.object(declaration, "“\(name)”", known: keys) else { return nil }
    for (key, value) in members.items where key != "shared" { result[key] = value }
    result["name"] = JSONNode(value: .string(name), offset: node.offset)
    return result
  }

  /// Nil, with a complaint, where there is none.
  private func declaration(
    named name: String, at node: JSONNode, in json: inout JSONReader
  ) -> JSONNode? {
    switch state {
    case .unread, .absent:
      json.complain("there is no \(Self.fileName) beside the layout", at: node)
      return nil
    case .faulty(let declarations): return declarations[name]
    case .sound(let declarations):
      if let declaration = declarations[name] { return declaration }
      json.complain(
        "“\(Printable.text(name))” is not in \(Self.fileName)", at: node,
        help: Suggestion.nearest(to: name, among: declarations.keys.sorted())
          .map { "did you mean “\($0)”?" })
      return nil
    }
  }

  private mutating func read(in json: inout JSONReader) -> State {
    do {
      guard let source = try source() else { return .absent }
      bytes = source.bytes
      guard let root = json.include(source.bytes, file: source.file) else { return .faulty([:]) }
      let faults = json.diagnostics.count
      let members = json.members(root, "what is shared", upTo: Manifest.mostVariables)
      let declarations = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
      return json.diagnostics.count > faults ? .faulty(declarations) : .sound(declarations)
    } catch {
      json.diagnostics.add(error)
      return .faulty([:])
    }
  }
}
