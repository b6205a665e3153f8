import Documents
import Templating

/// A valid value for each variable of a layout.
package struct Answers: Sendable {
  package let values: NamedValues<Value>
  /// What was asked or given, in the order of the manifest: the part that a record keeps.
  package let recorded: [(name: String, value: Value)]
  /// The answers of another project's record that do not apply to this one.
  package let leftOut: [String]

  init(
    values: NamedValues<Value>, recorded: [(name: String, value: Value)], leftOut: [String]
  ) {
    self.values = values
    self.recorded = recorded
    self.leftOut = leftOut
  }

  /// Those of no layout.
  package static let none = Answers(values: NamedValues(), recorded: [], leftOut: [])

  /// Works out every value without a question: what was given, else the default.
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
    var questionnaire = Questionnaire(
      for: manifest, given: given, directory: directory, within: budget)
    self = try questionnaire.answers()
  }

  /// Those of a list, as a person gives them; none of what is no list.
  package func items(of list: String) -> [String] {
    guard case .list(let items)? = values[list] else { return [] }
    return items.compactMap(ValueParser.word(for:))
  }

  package var scope: Scope { Scope(values) }

  /// Whether a variable has a value of its own, and not the empty one of what does not apply.
  package func apply(to variable: Variable) -> Bool {
    variable.when?.holds(in: scope) ?? true
  }

  /// What was asked or given, as a record and a preview write it.
  package var recordedMembers: [JSON.Member] {
    recorded.map { JSON.Member($0.name, Self.json($0.value)) }
  }

  package static func json(_ value: Value) -> JSON {
    switch value {
    case .text(let text): .string(text)
    case .integer(let integer): .integer(integer)
    case .flag(let flag): .flag(flag)
    case .list(let items): .array(items.map(json))
    }
  }
}
