import Documents
import Patterns
import Templating

/// Reads the manifest's variables: first all names and kinds, then the conditions and defaults,
/// which may use each other's names.
struct VariableReader {
  var json: JSONReader
  private var variables: [Variable] = []
  /// The places of the variables by their names.
  private var places: [String: Int] = [:]
  /// What looking at defaults may cost.
  private var budget = Budget()
  private var nodes: [String: NamedValues<JSONNode>] = [:]

  static let keys = [
    "name", "kind", "of", "min", "max", "choices", "prompt", "help", "default", "when", "ask",
    "pattern", "refuse", "reserved", "singular", "unique", "distinct", "in", "also", "shared",
  ]

  /// What several layouts declare alike.
  private(set) var shared: SharedVariables

  init(json: JSONReader, shared: SharedVariables) {
    self.json = json
    self.shared = shared
  }

  mutating func read(_ node: JSONNode?) -> [Variable] {
    for item in json.items(node, "“variables”", upTo: Manifest.mostVariables)
    where !json.diagnostics.isFull { readVariable(item) }
    var declarations = Declarations()
    for variable in variables { declarations[variable.name] = variable.type }
    for index in variables.indices where !json.diagnostics.isFull { finish(index, declarations) }
    complainOfChains()
    return variables
  }

  private mutating func readVariable(_ item: JSONNode) {
    guard
      var members = json.object(item, "a variable", known: Self.keys)
    else { return }
    if members["shared"] != nil {
      guard let declaration = shared.declaration(members, in: &json) else { return }
      members = declaration
    } else if members["name"] == nil {
      json.complain("a variable lacks the key “name”", at: item)
    }
    guard let nameNode = members["name"], let name = json.string(nameNode, "“name”")
    else { return }
    if let fault = VariableNames.fault(in: name) {
      json.complain(
        "the variable name “\(Printable.text(name))” \(fault)", at: nameNode,
        help: VariableNames.name(like: name).map { "“\($0)” would do" })
    }
    if nodes[name] != nil {
      json.complain("the variable “\(name)” is declared twice", at: nameNode)
      return
    }
    var kinds = KindReader(json: json)
    let kind = kinds.read(members, at: item)
    json = kinds.json
    // A variable whose name or kind is at fault stays declared, so that its uses are not faults as
    // well.
    var variable = Variable(name: name, kind: kind ?? .text, isAsked: true, refused: [])
    variable.prompt = oneLine(members["prompt"], "“prompt”")
    variable.help = oneLine(members["help"], "“help”")
    variable.isAsked = json.flag(members["ask"], "“ask”") ?? true
    variable.patterns = patterns(members["pattern"], of: variable)
    variable.refused = json.words(members["refuse"], "“refuse”")
    variable.reserved = reserved(members["reserved"])
    variable.isSingular = singular(members["singular"], of: variable)
    variable.uniqueForms = uniqueForms(members["unique"], of: variable)
    variable.distinctFrom = json.string(members["distinct"], "“distinct”")
    variable.list = json.string(members["in"], "“in”")
    places[name] = variables.count
    variables.append(variable)
    nodes[name] = members
  }

  private mutating func oneLine(_ node: JSONNode?, _ what: String) -> String? {
    guard let node, let text = json.string(node, what) else { return nil }
    if let fault = NameRules.fault(inText: text) { json.complain("\(what) \(fault)", at: node) }
    return text
  }

  private mutating func patterns(_ node: JSONNode?, of variable: Variable) -> [Variable.Word] {
    guard let node else { return [] }
    complainUnlessFreeText("“pattern”", of: variable, at: node)
    let patterns: [Variable.Word]
    if case .string(let pattern) = node.value {
      patterns = [Variable.Word(word: pattern, explanation: nil)]
    } else {
      patterns = json.words(node, "“pattern”")
    }
    for pattern in patterns {
      do {
        _ = try TextPattern(parsing: pattern.word)
      } catch {
        json.complain(
          "the pattern “\(Printable.text(pattern.word))” \(error.message)", at: node,
          help: TextPattern.Fault.help)
      }
    }
    return patterns
  }

  private mutating func complainUnlessFreeText(
    _ what: String, of variable: Variable, at node: JSONNode
  ) {
    if !variable.kind.isFreeText {
      json.complain("\(what) is for texts, names and identifiers only", at: node)
    }
  }

  private mutating func singular(_ node: JSONNode?, of variable: Variable) -> Bool {
    guard let node else { return false }
    complainUnlessFreeText("“singular”", of: variable, at: node)
    return json.flag(node, "“singular”") ?? false
  }

  private mutating func reserved(_ node: JSONNode?) -> [ReservedWords] {
    let known = ReservedWords.allCases.map(\.rawValue)
    return json.items(node, "“reserved”").compactMap { item in
      guard let name = json.string(item, "a set of words in “reserved”") else { return nil }
      if let words = ReservedWords(rawValue: name) { return words }
      json.complain(
        "unknown set of words “\(Printable.text(name))”", at: item,
        help: "sets: \(known.joined(separator: ", ")); “scaffold help variables” explains them")
      return nil
    }
  }

  private mutating func uniqueForms(_ node: JSONNode?, of variable: Variable) -> [String] {
    guard let node else { return [] }
    if !variable.kind.isList { json.complain("“unique” is for lists only", at: node) }
    return json.items(node, "“unique”").compactMap { item in
      guard let name = json.string(item, "a filter in “unique”") else { return nil }
      if Filters.form(name) != nil { return name }
      json.complain(
        "“\(Printable.text(name))” is no filter from text to text", at: item,
        help: "filters: \(Filters.forms.joined(separator: ", "));"
          + " “scaffold help filters” explains them")
      return nil
    }
  }

  private mutating func finish(_ index: Int, _ declarations: Declarations) {
    let members = nodes[variables[index].name] ?? [:]
    if let condition = json.condition(members["when"], declarations) {
      variables[index].when = condition
      variables[index].whenText = json.string(members["when"], "“when”")
    }
    readDefault(members["default"], index, declarations)
    if let node = members["distinct"] { checkDistinct(variables[index], at: node) }
    if let node = members["in"] { checkRole(variables[index], at: node) }
    if let node = members["also"] { readAdditions(node, index, declarations) }
  }

  private mutating func readAdditions(
    _ node: JSONNode, _ index: Int, _ declarations: Declarations
  ) {
    if !variables[index].kind.isList { json.complain("“also” is for lists only", at: node) }
    let names = declarations.declaring("DIRECTORY", of: .text)
    for item in json.items(node, "“also”", upTo: Manifest.mostRules) {
      guard let template = json.template(item, "an item of “also”", names) else { continue }
      variables[index].additions.append(template)
    }
  }

  /// A role is of the kind of its list's items, or a list of such.
  private mutating func checkRole(_ variable: Variable, at node: JSONNode) {
    guard let name = variable.list else { return }
    guard name != variable.name, let list = places[name].map({ variables[$0].kind }),
      let item = list.item
    else {
      let lists = places.keys.filter { variables[places[$0] ?? 0].kind.isList }
      json.complain(
        "“in” must name another list", at: node,
        help: Suggestion.nearest(to: name, among: lists.filter { $0 != variable.name }.sorted())
          .map { "did you mean “\($0)”?" })
      return
    }
    let own = variable.kind.item ?? variable.kind
    if case .choice(let words) = item, case .choice = own, own.type != item.type {
      json.complain(
        "“\(variable.name)” must have the choices of “\(name)”, in their order:"
          + " \(words.map(\.word).joined(separator: ", "))", at: node)
    } else if own.keyword != item.keyword || own.type != item.type {
      json.complain(
        "“\(variable.name)” must be of the kind that the items of “\(name)” have:"
          + " \(item.keyword.rawValue)", at: node)
    }
  }

  private mutating func checkDistinct(_ variable: Variable, at node: JSONNode) {
    guard let other = variable.distinctFrom else { return }
    if !variable.kind.isList {
      json.complain("“distinct” is for lists only", at: node)
    } else if other == variable.name
      || !(places[other].map { variables[$0].kind.isList } ?? false)
    {
      json.complain("“distinct” must name another list", at: node)
    }
  }

  private mutating func readDefault(
    _ node: JSONNode?, _ index: Int, _ declarations: Declarations
  ) {
    guard let node else { return }
    let text: String
    switch node.value {
    case .string(let string): text = string
    case .flag(let flag): text = flag ? "true" : "false"
    case .integer(let integer): text = String(integer)
    default:
      json.complain("“default” must be a string, an integer or a flag, not \(node.kind)", at: node)
      return
    }
    let names = declarations.declaring("DIRECTORY", of: .text)
    do {
      let template = try Template(
        parsing: Array(text.utf8), at: json.document.locationOfText(in: node),
        declarations: names, warnings: &json.warnings)
      variables[index].defaultText = text
      variables[index].defaultTemplate = template
      if template.names.isEmpty {
        complainOfDefault(text, of: variables[index], at: node)
      }
    } catch {
      json.diagnostics.add(error.writtenInJSON)
    }
  }

  /// A default that uses no variable can be held against its own rules at once.
  private mutating func complainOfDefault(_ text: String, of variable: Variable, at node: JSONNode)
  {
    var parser = ValueParser(variable: variable, spending: budget)
    defer { budget = parser.budget }
    do {
      _ = try parser.value(of: text)
    } catch {
      json.complain("the default of “\(variable.name)”: \(error.message)", at: node)
    }
  }

  /// Of defaults and conditions that go in a circle, or lead on without end in sight.
  private mutating func complainOfChains() {
    var chains = VariableChains(variables: variables, places: places)
    for index in variables.indices {
      switch chains.fault(from: index) {
      case .circle(let circle):
        guard let first = circle.first, let node = nameNode(first) else { continue }
        let names = circle.map { variables[$0].name }
        json.complain("defaults go in a circle: \(names.concatenated(by: " → "))", at: node)
      case .tooLong:
        guard let node = nameNode(index) else { continue }
        json.complain(
          "the default of “\(variables[index].name)” leads over more than"
            + " \(Manifest.longestChain) others", at: node)
        return
      case nil: break
      }
    }
  }
  private func nameNode(_ index: Int) -> JSONNode? { nodes[variables[index].name]?["name"] }
}
