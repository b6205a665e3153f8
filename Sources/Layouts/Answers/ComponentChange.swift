import Documents
import Templating

/// The answers of a project that gets more items of a component's list, or loses some.
///
/// Nothing else changes with them: who has a role keeps it, and a list that has grown keeps its order,
/// also where only a default says so that would now say something else.
package struct ComponentChange: Sendable {
  /// Where new items come.
  package enum Place: Sendable {
    /// Counted from 1.
    case at(String)
    case before(String)
    case after(String)
  }

  package let component: Manifest.Component
  /// The list.
  package let variable: Variable
  /// Whether the project has the list: its condition holds.
  package let applies: Bool
  /// As it is, and then as it is to be.
  package private(set) var items: [String]
  /// Those that come or go.
  package private(set) var changed: [String] = []
  /// Those for which nothing is to be done.
  package private(set) var idle: [String] = []
  /// What is wrong with where items are to come.
  package private(set) var misuse = Diagnostics()
  /// Why items do not do, or cannot go.
  package private(set) var faults = Diagnostics()

  /// Those that name items of the list, and whom.
  private var roles: [(variable: Variable, holders: [String])] = []
  /// Those of which no item may be in the list, each with what one of theirs is called.
  private var others: [(name: String, component: String?, items: [String])] = []
  /// What stays as it is, unless somebody gives it.
  package let kept: [GivenAnswer]

  /// - Parameters:
  ///   - given: what the project's record has, and the command line gives.
  ///   - directory: the name of the project's directory.
  /// - Throws: why it is not known what the list has.
  package init(
    of component: Manifest.Component, in manifest: Manifest, given: [GivenAnswer],
    directory: String
  ) throws(Diagnostics) {
    self.component = component
    // Rules across variables may hold only once the list is another one.
    var questionnaire = Questionnaire(for: manifest, given: given, directory: directory)
    questionnaire.settleAll()
    guard let variable = manifest.variable(named: component.list),
      case .list(let values)? = questionnaire.scope[component.list]
    else { throw questionnaire.diagnostics }
    self.variable = variable
    applies = questionnaire.applies(variable)
    items = values.compactMap(ValueParser.word(for:))
    others = manifest.variables.compactMap { other in
      guard other.name == variable.distinctFrom || other.distinctFrom == variable.name,
        questionnaire.applies(other), case .list(let values)? = questionnaire.scope[other.name]
      else { return nil }
      return (
        other.name, manifest.components.first { $0.list == other.name }?.name,
        values.compactMap(ValueParser.word(for:))
      )
    }
    var kept: [GivenAnswer] = []
    for other in manifest.variables where other.name != variable.name {
      guard other.list == variable.name || other.isGrowing, questionnaire.applies(other),
        let value = questionnaire.scope[other.name]
      else { continue }
      let words: [String]
      switch value {
      case .list(let items): words = items.compactMap(ValueParser.word(for:))
      default: words = ValueParser.word(for: value).map { [$0] } ?? []
      }
      if other.list == variable.name { roles.append((other, words)) }
      kept.append(
        GivenAnswer(
          name: other.name,
          input: other.kind.isList ? .items(words) : .text(words.concatenated(by: "")),
          origin: other.name, isCarried: true))
    }
    self.kept = kept
  }

  /// What the list is to be.
  package var answer: GivenAnswer {
    GivenAnswer(name: variable.name, input: .items(items), origin: component.name)
  }

  // MARK: More

  /// - Parameter place: where they come, together and in their order; nil for where the layout has it.
  package mutating func add(_ names: [String], _ place: Place? = nil) {
    for name in valid(names) where !changed.contains(name) && !idle.contains(name) {
      if items.contains(name) {
        idle.append(name)
      } else if let other = others.first(where: { $0.items.contains(name) }) {
        let place = other.component.map { "there is a \($0)" } ?? "\(other.name) has"
        faults.add(Diagnostic("\(component.name): \(place) \(shown(name))"))
      } else {
        changed.append(name)
      }
    }
    if let index = index(of: place) { items.insert(contentsOf: changed, at: index) }
  }

  /// The names that do by themselves, each as it is recorded; what is wrong with the others is told.
  private mutating func valid(_ names: [String]) -> [String] {
    var alone = variable
    alone.uniqueForms = []
    switch variable.kind {
    case .choices(let words, let count):
      alone.kind = .choices(words, count: 0...count.upperBound)
    case .list(let item, let count): alone.kind = .list(of: item, count: 0...count.upperBound)
    default: break
    }
    var parser = ValueParser(variable: alone)
    var words: [String] = []
    for name in names {
      do {
        guard case .list(let values) = try parser.value(ofItems: [name]) else { continue }
        words += values.compactMap(ValueParser.word(for:))
      } catch {
        faults.add(
          Diagnostic("\(component.name): \(error.message)", help: help(for: name) ?? error.help))
      }
    }
    return words
  }

  /// Where a list was written as its option takes it.
  private func help(for name: String) -> String? {
    if case .text? = variable.kind.item { return nil }
    guard name.holds(",") else { return nil }
    let words = ListText.items(of: name).concatenated(by: " ")
    return "several are words of their own: \(Printable.text(words))"
  }

  private mutating func index(of place: Place?) -> Int? {
    switch place {
    case nil:
      let role = roles.first { $0.variable.name == component.before }
      return items.firstIndex { role?.holders.contains($0) ?? false } ?? items.count
    case .at(let text):
      if refusesPlaces("--at") { return nil }
      if let number = Int(text), (1...items.count + 1).contains(number) { return number - 1 }
      misuse.add(
        Diagnostic("--at must be a number from 1 to \(items.count + 1), not \(shown(text))"))
      return nil
    case .before(let name): return index(of: name, "--before")
    case .after(let name): return index(of: name, "--after").map { $0 + 1 }
    }
  }

  private mutating func index(of name: String, _ option: String) -> Int? {
    if refusesPlaces(option) { return nil }
    if let index = items.firstIndex(of: name) { return index }
    misuse.add(
      Diagnostic(
        "\(option): \(variable.name) has no \(shown(name))"
          + (items.isEmpty ? "" : ", but \(Printable.text(items.concatenated(by: ", ")))"),
        help: Suggestion.nearest(to: name, among: items).map { "did you mean “\($0)”?" }))
    return nil
  }

  /// Words of a `choices` are in the order of the choices.
  private mutating func refusesPlaces(_ option: String) -> Bool {
    guard case .choices = variable.kind else { return false }
    misuse.add(Diagnostic("\(option): \(variable.name) keeps the order of its choices"))
    return true
  }

  private func shown(_ text: String) -> String { ValueParser.shown(text) }

  // MARK: Fewer

  package mutating func remove(_ names: [String]) {
    for name in names where !changed.contains(name) && !idle.contains(name) {
      if items.contains(name) { changed.append(name) } else { idle.append(name) }
    }
    var needed: [String] = []
    for role in roles {
      for name in role.holders where changed.contains(name) {
        faults.add(refusal(to: name, role.variable, role.holders))
        needed.append(name)
      }
    }
    // That a role is nobody's is said once.
    items.removeAll { changed.contains($0) && !needed.contains($0) }
  }

  private func refusal(
    to name: String, _ role: Variable, _ holders: [String]
  ) -> Diagnostic {
    let others = holders.filter { !changed.contains($0) }
    let isList = role.kind.isList
    let message =
      "\(component.name): \(ValueParser.shown(name)) is \(isList ? "one of " : "")\(role.name)"
    if isList, !others.isEmpty {
      return Diagnostic(
        message, help: "leave it out there: \(role.call(others.concatenated(by: ",")))")
    }
    return Diagnostic(message, help: "have another be that: \(role.call)")
  }
}
