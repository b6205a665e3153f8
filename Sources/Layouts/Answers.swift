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
  /// - Throws: every value that breaks a rule, and every value that is missing, at once.
  package init(
    for manifest: Manifest, given: [GivenAnswer], directory: String
  ) throws(Diagnostics) {
    var resolver = AnswerResolver(manifest: manifest, given: given, directory: directory)
    for variable in manifest.variables { resolver.resolve(variable) }
    try resolver.diagnostics.throwIfAny()
    values = resolver.values
    leftOut = resolver.leftOut
    resolver.checkRules()
    try resolver.diagnostics.throwIfAny()
    for variable in manifest.variables {
      let isGiven = resolver.given[variable.name] != nil
      let applies = resolver.applies.contains(variable.name)
      if isGiven || (variable.isAsked && applies), let value = values[variable.name] {
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
  let directory: String
  var values = NamedValues<Value>()
  var applies: [String] = []
  private(set) var leftOut: [String] = []
  /// Variables that were not given and whose default is none, or breaks a rule.
  private(set) var unanswered: [Variable] = []
  var diagnostics = Diagnostics()
  private var visited: [String] = []

  init(manifest: Manifest, given: [GivenAnswer], directory: String) {
    self.manifest = manifest
    self.directory = directory
    for answer in given where self.given[answer.name] == nil { self.given[answer.name] = answer }
  }

  /// Gives `variable` a value, or leaves it without one and complains. A variable that another one
  /// at fault leads to is passed over in silence.
  mutating func resolve(_ variable: Variable) {
    guard !visited.contains(variable.name) else { return }
    visited.append(variable.name)
    if let condition = variable.when {
      guard resolveAll(condition.names) else { return }
      if !condition.holds(in: scope) {
        values[variable.name] = variable.kind.emptyValue
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
    applies.append(variable.name)
    if let answer = given[variable.name] {
      take(answer, for: variable)
    } else {
      takeDefault(of: variable)
    }
  }

  private mutating func resolveAll(_ names: [String]) -> Bool {
    for name in names.sorted() {
      if let variable = manifest.variable(named: name) { resolve(variable) }
    }
    return names.allSatisfy { values[$0] != nil || $0 == "DIRECTORY" }
  }

  var scope: Scope {
    var scope = Scope(values)
    scope["DIRECTORY"] = .text(directory)
    return scope
  }

  private mutating func take(_ answer: GivenAnswer, for variable: Variable) {
    let parser = ValueParser(variable: variable)
    do {
      values[variable.name] =
        switch answer.content {
        case .text(let text): try parser.value(of: text)
        case .texts(let texts): try parser.value(ofTexts: texts)
        case .items(let items): try parser.value(ofItems: items)
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
    guard resolveAll(template.names) else { return }
    let text: String
    do {
      text = String(decoding: try template.rendered(in: scope), as: UTF8.self)
    } catch {
      diagnostics.add(error)
      return
    }
    do {
      values[variable.name] = try ValueParser(variable: variable).value(of: text)
    } catch {
      unanswered.append(variable)
      // What a derived variable breaks is told of what it comes from, which the person gave.
      let roots = variable.isAsked ? [] : template.names.compactMap(manifest.variable)
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

  // MARK: Rules across variables

  mutating func checkRules() {
    for variable in manifest.variables {
      guard let other = variable.distinctFrom, case .list(let items)? = values[variable.name],
        case .list(let others)? = values[other]
      else { continue }
      let answer = given[variable.name] ?? given[other]
      for word in items.filter(others.contains).compactMap(ValueParser.word(for:)) {
        complain("“\(word)” is in both \(other) and \(variable.name)", at: answer?.location)
      }
    }
    for requirement in manifest.requirements where !requirement.condition.holds(in: scope) {
      do {
        let message = try requirement.message.rendered(in: scope)
        complain(String(decoding: message, as: UTF8.self))
      } catch {
        diagnostics.add(error)
      }
    }
  }

  private mutating func complain(
    _ message: String, at location: SourceLocation? = nil, help: String? = nil
  ) {
    diagnostics.add(Diagnostic(message, at: location, help: help))
  }
}
