import Documents
import Templating

/// The rules across variables, as far as these have values: lists that differ, items that have a role, what a layout requires.
extension Questionnaire {
  mutating func checkRules() {
    do {
      for variable in manifest.variables where variable.distinctFrom != nil {
        let answer = given[variable.name] ?? variable.distinctFrom.flatMap { given[$0] }
        for rule in try sharedItems(of: variable) {
          complain(
            rule.message, at: answer?.location, of: [variable.name, variable.distinctFrom ?? ""])
        }
      }
      for variable in manifest.variables where variable.list != nil { try checkRole(variable) }
    } catch {
      return complain(error.message(for: "the layout"))
    }
    for requirement in manifest.requirements
    where has(requirement.condition.names) && !holds(requirement.condition) {
      do {
        complain(try message(of: requirement), of: requirement.condition.names)
      } catch {
        complain(error)
      }
    }
  }

  private mutating func message(
    of requirement: Manifest.Requirement
  ) throws(Diagnostics) -> String {
    String(
      decoding: try requirement.message.rendered(
        in: scope, upTo: Budget.longestValue, "the message", spending: &budget),
      as: UTF8.self)
  }

  /// What a layout requires of `variable` and of others that all have values by now.
  mutating func brokenRequirements(of variable: Variable) throws(Overrun) -> [BrokenRule] {
    var rules: [BrokenRule] = []
    for requirement in manifest.requirements
    where requirement.condition.names.contains(variable.name) {
      let names = requirement.condition.names + requirement.message.names
      guard has(names),
        try !requirement.condition.holds(in: scope, spending: &budget),
        let message = try? message(of: requirement)
      else { continue }
      rules.append(BrokenRule(message: message))
    }
    return rules
  }

  private mutating func checkRole(_ variable: Variable) throws(Overrun) {
    let answer = given[variable.name]
    for rule in try strangers(in: variable) {
      complain(
        "\(answer?.origin ?? variable.name): \(rule.message)", at: answer?.location,
        help: rule.help, of: [variable.name, variable.list ?? ""])
    }
    if let rule = misleadingItem(beside: variable) {
      let list = variable.list.flatMap { given[$0] }
      complain(
        rule.message, at: (list ?? answer)?.location, help: rule.help,
        of: [variable.name, variable.list ?? ""])
    }
  }

  /// What is broken between `variable` and the lists and roles that have values already.
  mutating func brokenRules(around variable: Variable) throws(Overrun) -> [BrokenRule] {
    var rules: [BrokenRule] = []
    for other in manifest.variables
    where [other.name, other.distinctFrom, other.list].contains(variable.name) {
      rules += try sharedItems(of: other)
      rules += try strangers(in: other).map { rule in
        guard other.name != variable.name else { return rule }
        var rule = rule
        rule.message = "\(other.name): \(rule.message)"
        return rule
      }
      if let rule = misleadingItem(beside: other) { rules.append(rule) }
    }
    return rules
  }

  /// Items that a list shares with the one that it must differ from.
  private mutating func sharedItems(of variable: Variable) throws(Overrun) -> [BrokenRule] {
    guard let other = variable.distinctFrom, case .list(let items)? = scope[variable.name],
      case .list(let others)? = scope[other]
    else { return [] }
    try budget.spend(items.count * others.count / 16, on: .steps)
    return items.filter(others.contains).compactMap(ValueParser.word(for:)).map { word in
      BrokenRule(message: "“\(word)” is in both \(other) and \(variable.name)")
    }
  }

  /// Who has a role and is not in its list.
  private mutating func strangers(in role: Variable) throws(Overrun) -> [BrokenRule] {
    guard let list = role.list, let (holders, items) = holders(of: role) else { return [] }
    try budget.spend(items.count * (holders.count + 2) / 16 + 1, on: .steps)
    return holders.filter { !items.contains($0) }.map { word in
      BrokenRule(
        message: "“\(Printable.text(word))” is not in \(list),"
          + (items.isEmpty
            ? " which has no items" : " which has \(items.concatenated(by: ", "))"),
        help: Suggestion.nearest(to: word, among: items).map { "did you mean “\($0)”?" }
          ?? "give one of them with \(role.call)")
    }
  }

  /// Who is named like a role and has it not.
  private func misleadingItem(beside role: Variable) -> BrokenRule? {
    guard let list = role.list, let (holders, items) = holders(of: role) else { return nil }
    let likeRole = [role.optionName, role.name.lowercased()]
    guard let word = items.first(where: likeRole.contains), !holders.contains(word) else {
      return nil
    }
    let others = holders.isEmpty ? "none" : holders.concatenated(by: ", ")
    return BrokenRule(
      message: "“\(word)” is in \(list) and is not \(role.name), which is \(others):"
        + " the name would mislead",
      help: "give it another name, or the role: "
        + role.call(((role.kind.isList ? holders : []) + [word]).concatenated(by: ",")))
  }

  /// Who has a role, and who could have it; nil where it does not apply, or that is not known.
  private func holders(of role: Variable) -> (holders: [String], items: [String])? {
    guard let list = role.list, applies(role), let value = scope[role.name],
      case .list(let items)? = scope[list]
    else { return nil }
    let holders: [Value] = if case .list(let holders) = value { holders } else { [value] }
    return (
      holders.compactMap(ValueParser.word(for:)).filter { !$0.isEmpty },
      items.compactMap(ValueParser.word(for:))
    )
  }
}
