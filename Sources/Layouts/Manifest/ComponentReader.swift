import Documents

/// Reads what a project of the layout grows by.
struct ComponentReader {
  var json: JSONReader
  let variables: [Variable]
  /// Without them nothing is held against the variables: that would be an echo of their faults.
  let variablesAreSound: Bool

  static let keys = ["list", "help", "before"]

  mutating func read(_ node: JSONNode?) -> [Manifest.Component] {
    json.members(node, "“components”", upTo: Manifest.mostRules).compactMap { component($0) }
  }

  private mutating func component(_ member: JSONMember) -> Manifest.Component? {
    if let fault = NameRules.fault(inName: member.key) {
      json.diagnostics.add(
        Diagnostic(
          "the component's name “\(Printable.text(member.key))” \(fault)",
          at: json.document.location(at: member.keyOffset),
          help: NameRules.name(like: member.key).map { "“\($0)” would do" }))
    }
    guard
      let members = json.object(
        member.value, "a component", known: Self.keys, required: ["list"])
    else { return nil }
    let help = json.string(members["help"], "“help”")
    if let node = members["help"], let fault = help.flatMap(NameRules.fault(inText:)) {
      json.complain("“help” \(fault)", at: node)
    }
    let before = json.string(members["before"], "“before”")
    guard let node = members["list"], let list = json.string(node, "“list”") else { return nil }
    if variablesAreSound {
      check(list: list, at: node)
      if let node = members["before"], let before { check(before: before, in: list, at: node) }
    }
    return Manifest.Component(name: member.key, list: list, help: help, before: before)
  }

  private mutating func check(list name: String, at node: JSONNode) {
    guard let variable = variable(named: name) else {
      let lists = variables.filter(\.kind.isList).map(\.name)
      json.complain("“\(name)” is not declared", at: node, help: nearest(to: name, among: lists))
      return
    }
    if !variable.kind.isList {
      json.complain("“\(name)” is neither a list nor of the kind “choices”", at: node)
    }
  }

  /// What new items come before is an item that has a role; words of a `choices` have their order.
  private mutating func check(before name: String, in list: String, at node: JSONNode) {
    guard let kind = variable(named: list)?.kind, kind.isList else { return }
    if case .choices = kind {
      json.complain("“before” is for lists: “\(list)” keeps the order of its choices", at: node)
      return
    }
    let role = variable(named: name)
    guard role == nil || role?.list != list else { return }
    let roles = variables.filter { $0.list == list }.map(\.name)
    json.complain(
      role == nil
        ? "“\(name)” is not declared" : "“\(name)” names no items of “\(list)”: it is not “in” it",
      at: node, help: nearest(to: name, among: roles))
  }

  private func variable(named name: String) -> Variable? {
    variables.first { $0.name == name }
  }

  private func nearest(to name: String, among names: [String]) -> String? {
    Suggestion.nearest(to: name, among: names).map { "did you mean “\($0)”?" }
  }
}
