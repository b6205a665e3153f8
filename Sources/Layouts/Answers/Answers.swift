import Documents
import Templating

/// A value that somebody gave for a variable, before it is held against the variable's rules.
package struct GivenAnswer: Sendable {
  package enum Content: Sendable {
    /// As it is typed.
    case text(String)
    /// A list that is typed in several pieces.
    case texts([String])
    /// The items of a list, one by one.
    case items([String])
  }

  package var name: String
  package var content: Content
  /// What a complaint calls it: `--steps`, `answers.json: STEPS`.
  package var origin: String
  package var location: SourceLocation?
  /// Whether it comes from another project's record: where it does not apply, it is left out.
  package var isCarried: Bool

  package init(
    name: String, content: Content, origin: String, location: SourceLocation? = nil,
    isCarried: Bool = false
  ) {
    self.name = name
    self.content = content
    self.origin = origin
    self.location = location
    self.isCarried = isCarried
  }
}

/// A valid value for each variable of a layout.
package struct Answers: Sendable {
  package private(set) var values = NamedValues<Value>()
  /// What was asked or given, in the order of the manifest: the part that a record keeps.
  package private(set) var recorded: [(name: String, value: Value)] = []
  /// The answers of another project's record that do not apply to this one.
  package private(set) var leftOut: [String] = []

  /// Works out every value: what was given, else the default.
  ///
  /// - Parameters:
  ///   - given: at most one for each variable, each of a declared name.
  ///   - directory: the last component of the target, which defaults may use as `DIRECTORY`.
  ///   - budget: pays for all of it.
  /// - Throws: every value that breaks a rule, and every value that is missing, at once.
  package init(
    for manifest: Manifest, given: [GivenAnswer], directory: String,
    within budget: Budget = Budget()
  ) throws(Diagnostics) {
    var resolver = AnswerResolver(
      manifest: manifest, given: given, directory: directory, budget: budget)
    resolver.resolveAll()
    try resolver.diagnostics.throwIfAny()
    values = resolver.scope.values
    leftOut = resolver.leftOut
    resolver.checkRules()
    try resolver.diagnostics.throwIfAny()
    for (index, variable) in manifest.variables.enumerated() {
      let isGiven = resolver.given[variable.name] != nil
      let applies = resolver.applies[index]
      let isKept = variable.isAsked || variable.isAlwaysRecorded
      if isGiven || (isKept && applies), let value = values[variable.name] {
        recorded.append((variable.name, value))
      }
    }
  }

  var scope: Scope { Scope(values) }

  /// What was asked or given, as a record and a preview write it.
  package var json: JSON {
    .object(recorded.map { JSON.Member($0.name, Self.json($0.value)) })
  }

  private static func json(_ value: Value) -> JSON {
    switch value {
    case .text(let text): .string(text)
    case .integer(let integer): .integer(integer)
    case .flag(let flag): .flag(flag)
    case .list(let items): .array(items.map(json))
    }
  }
}

/// Resolves variables in the order in which they need each other.
struct AnswerResolver {
  let manifest: Manifest
  private(set) var given = NamedValues<GivenAnswer>()
  /// The values so far, and `DIRECTORY`.
  private(set) var scope = Scope()
  /// Which variables apply, in the order of the manifest.
  private(set) var applies: [Bool]
  private(set) var leftOut: [String] = []
  /// Variables that were not given and whose default is none, or breaks a rule.
  private(set) var unanswered: [Variable] = []
  var diagnostics = Diagnostics()
  private var visited: [Bool]
  /// The places of the variables by their names.
  private var places = NamedValues<Int>()
  /// What is left for it.
  var budget: Budget

  init(
    manifest: Manifest, given: [GivenAnswer], directory: String, budget: Budget = Budget()
  ) {
    self.manifest = manifest
    self.budget = budget
    applies = [Bool](repeating: false, count: manifest.variables.count)
    visited = applies
    for (index, variable) in manifest.variables.enumerated() { places[variable.name] = index }
    scope.bind("DIRECTORY", to: .text(directory))
    for answer in given where self.given[answer.name] == nil { self.given[answer.name] = answer }
  }

  mutating func resolveAll() {
    for index in manifest.variables.indices where !diagnostics.isFull { resolve(index) }
  }

  func variable(named name: String) -> Variable? { places[name].map { manifest.variables[$0] } }

  /// Gives the variable at `index` a value, or leaves it without one and complains. A variable that
  /// another one at fault leads to is passed over in silence. (How deep defaults lead from one to
  /// another is limited when the manifest is read.)
  private mutating func resolve(_ index: Int) {
    guard !visited[index] else { return }
    visited[index] = true
    let variable = manifest.variables[index]
    if let condition = variable.when {
      guard resolveAll(condition.names) else { return }
      if !holds(condition) {
        scope[variable.name] = variable.kind.emptyValue
        if let answer = given[variable.name] {
          if answer.isCarried {
            leftOut.append(variable.name)
            given[variable.name] = nil
            return
          }
          complain(
            "\(answer.origin) does not apply here", at: answer.location,
            help: variable.whenText.map { "it is for: \($0)" })
        }
        return
      }
    }
    applies[index] = true
    if let answer = given[variable.name] {
      take(answer, for: variable)
    } else {
      takeDefault(of: variable)
    }
  }

  private mutating func resolveAll(_ names: [String]) -> Bool {
    for name in names.sorted() {
      if let index = places[name] { resolve(index) }
    }
    return names.allSatisfy { scope[$0] != nil }
  }

  /// A condition that takes too long is told, and holds.
  private mutating func holds(_ condition: Condition) -> Bool {
    do {
      return try condition.holds(in: scope, spending: &budget)
    } catch {
      complain(error.message(for: "the layout"))
      return true
    }
  }

  private mutating func take(_ answer: GivenAnswer, for variable: Variable) {
    guard let additions = additions(to: variable) else { return }
    var parser = ValueParser(variable: variable, spending: budget)
    defer { budget = parser.budget }
    do {
      scope[variable.name] =
        switch answer.content {
        case .text(let text): try parser.value(of: text, with: additions)
        case .texts(let texts): try parser.value(ofTexts: texts, with: additions)
        case .items(let items): try parser.value(ofItems: items, with: additions)
        }
    } catch {
      complain("\(answer.origin): \(error.message)", at: answer.location, help: error.help)
    }
  }

  private mutating func takeDefault(of variable: Variable) {
    guard let template = variable.defaultTemplate else {
      unanswered.append(variable)
      complain("\(variable.name) is missing", help: "give it with \(variable.call)")
      return
    }
    guard resolveAll(template.names), let additions = additions(to: variable) else { return }
    let text: String
    do {
      let bytes = try template.rendered(
        in: scope, upTo: Budget.longestValue, "the value of \(variable.name)", spending: &budget)
      text = String(decoding: bytes, as: UTF8.self)
    } catch {
      diagnostics.add(error)
      return
    }
    var parser = ValueParser(variable: variable, spending: budget)
    defer { budget = parser.budget }
    do {
      scope[variable.name] = try parser.value(of: text, with: additions)
    } catch {
      unanswered.append(variable)
      // What a derived variable breaks is told of what it comes from, which the person gave.
      let roots = variable.isAsked ? [] : template.names.compactMap(variable(named:))
      let source =
        template.names == ["DIRECTORY"]
        ? " from the directory's name"
        : roots.isEmpty ? "" : " from \(roots.map(\.name).concatenated(by: " and "))"
      let candidate = variable.kind.isList ? nil : error.candidate
      let call = "give one with "
      let another =
        roots.isEmpty
        ? "" : "give another --\(roots.map(\.optionName).concatenated(by: " or --")); or "
      complain(
        "\(variable.name)\(source): \(error.message)",
        help: another
          + (candidate.map { call + variable.call($0) } ?? error.help ?? call + variable.call))
    }
  }

  /// What the list gets where it lacks it, each as one would type it; nil when what it is made of is
  /// at fault.
  private mutating func additions(to variable: Variable) -> [String]? {
    var texts: [String] = []
    for template in variable.additions {
      guard resolveAll(template.names) else { return nil }
      do {
        let bytes = try template.rendered(
          in: scope, upTo: Budget.longestValue, "the value of \(variable.name)", spending: &budget)
        texts.append(String(decoding: bytes, as: UTF8.self))
      } catch {
        diagnostics.add(error)
        return nil
      }
    }
    return texts
  }

  // MARK: Rules across variables

  mutating func checkRules() {
    for variable in manifest.variables {
      guard let other = variable.distinctFrom, case .list(let items)? = scope[variable.name],
        case .list(let others)? = scope[other]
      else { continue }
      do {
        try budget.spend(items.count * others.count / 16, on: .steps)
      } catch {
        return complain(error.message(for: "the layout"))
      }
      let answer = given[variable.name] ?? given[other]
      for word in items.filter(others.contains).compactMap(ValueParser.word(for:)) {
        complain("“\(word)” is in both \(other) and \(variable.name)", at: answer?.location)
      }
    }
    for variable in manifest.variables { checkRole(variable) }
    for requirement in manifest.requirements where !holds(requirement.condition) {
      do {
        let message = try requirement.message.rendered(
          in: scope, upTo: Budget.longestValue, "the message", spending: &budget)
        complain(String(decoding: message, as: UTF8.self))
      } catch {
        diagnostics.add(error)
      }
    }
  }

  /// Complains of who has a role and is not in its list, and of who is named like it and has it not.
  private mutating func checkRole(_ variable: Variable) {
    guard let list = variable.list, let index = places[variable.name], applies[index],
      let value = scope[variable.name], case .list(let items)? = scope[list]
    else { return }
    let holders: [Value] = if case .list(let holders) = value { holders } else { [value] }
    do {
      try budget.spend(items.count * (holders.count + 2) / 16 + 1, on: .steps)
    } catch {
      return complain(error.message(for: "the layout"))
    }
    let words = items.compactMap(ValueParser.word(for:))
    let held = holders.compactMap(ValueParser.word(for:)).filter { !$0.isEmpty }
    let answer = given[variable.name]
    for word in held where !words.contains(word) {
      complain(
        "\(answer?.origin ?? variable.name): “\(Printable.text(word))” is not in \(list),"
          + (words.isEmpty
            ? " which has no items" : " which has \(words.concatenated(by: ", "))"),
        at: answer?.location,
        help: Suggestion.nearest(to: word, among: words).map { "did you mean “\($0)”?" }
          ?? "give one of them with \(variable.call)")
    }
    let likeRole = [variable.optionName, variable.name.lowercased()]
    guard let word = words.first(where: likeRole.contains), !held.contains(word) else { return }
    let place = (given[list] ?? answer)?.location
    let others = held.isEmpty ? "none" : held.concatenated(by: ", ")
    complain(
      "“\(word)” is in \(list) and is not \(variable.name), which is \(others):"
        + " the name would mislead",
      at: place,
      help: "give it another name, or the role: "
        + variable.call(((variable.kind.isList ? held : []) + [word]).concatenated(by: ",")))
  }

  private mutating func complain(
    _ message: String, at location: SourceLocation? = nil, help: String? = nil
  ) {
    diagnostics.add(Diagnostic(message, at: location, help: help))
  }
}
