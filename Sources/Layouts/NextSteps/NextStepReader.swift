import Documents
import Templating

/// Reads the commands that a manifest has for the end of a run.
struct NextStepReader {
  var json: JSONReader
  let declarations: Declarations

  static let keys = ["run", "needs", "as", "get", "repository"]

  /// Each is looked for in the path.
  private static let mostWays = 20
  /// What leads to the project, and not to something in it.
  private static let entries = ["cd <<DIRECTORY|shell>>", "cd <<DIRECTORY>>"]

  mutating func read(_ node: JSONNode?) -> [Manifest.Step] {
    var steps: [Manifest.Step] = []
    for item in json.items(node, "“next”", upTo: Manifest.mostRules) {
      let nodes = nodes(ofWays: item)
      var step = Manifest.Step(
        ways: nodes.compactMap { way($0, isLast: $0.offset == nodes.last?.offset) })
      if case .string(let text) = item.value { step.entersProject = Self.entries.contains(text) }
      if !step.ways.isEmpty { steps.append(step) }
    }
    return steps
  }

  private mutating func nodes(ofWays item: JSONNode) -> [JSONNode] {
    guard case .array = item.value else { return [item] }
    let nodes = json.items(item, "an item of “next”", upTo: Self.mostWays)
    if nodes.isEmpty { json.complain("an item of “next” has no way to do it", at: item) }
    return nodes
  }

  private mutating func way(_ node: JSONNode, isLast: Bool) -> Manifest.Step.Way? {
    if case .string = node.value {
      if !isLast { complainOfUnreachable(at: node) }
      return json.template(node, "an item of “next”", declarations).map { .init(command: $0) }
    }
    guard case .object = node.value else {
      json.complain(
        "an item of “next” must be a text, an object or a list, not \(node.kind)", at: node)
      return nil
    }
    guard let members = json.object(node, "a command", known: Self.keys, required: ["run"]) else {
      return nil
    }
    if members["needs"] == nil {
      for key in ["as", "get"] {
        guard let node = members[key] else { continue }
        json.complain("“\(key)” is about what the command “needs”, which is not said", at: node)
      }
      if !isLast { complainOfUnreachable(at: node) }
    }
    if !isLast, let node = members["get"] {
      json.complain("“get” is for the last way alone: the others are passed over", at: node)
    }
    let command = json.template(members["run"], "“run”", declarations)
    let program = programName(members["needs"], "“needs”")
    let name = programName(members["as"], "“as”")
    let remedy = json.template(members["get"], "“get”", declarations)
    let isOfRepository = json.flag(members["repository"], "“repository”") ?? false
    guard let command else { return nil }
    return Manifest.Step.Way(
      command: command, program: program, name: name, remedy: remedy,
      isOfRepository: isOfRepository)
  }

  private mutating func complainOfUnreachable(at node: JSONNode) {
    json.complain(
      "what follows is never shown: this way needs nothing", at: node,
      help: "say which program it “needs”, or make it the last")
  }

  /// The name of a program; its placeholders may give anything, which then is found nowhere.
  private mutating func programName(_ node: JSONNode?, _ what: String) -> Template? {
    guard let node, let template = json.template(node, what, declarations) else { return nil }
    if template.names.isEmpty, case .string(let text) = node.value,
      text.isEmpty || text.utf8.contains(where: { !Self.isPartOfName($0) })
    {
      json.complain(
        "“\(Printable.text(text))” is no program's name", at: node,
        help: "it is looked for in the path: “python3.14”, “uv”")
      return nil
    }
    return template
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.+".utf8.contains(byte)
    }
  }
}
