import Documents
import Templating

/// The questions of a layout, one after the other, and the answers that they come to.
///
/// Variables are worked out in the order of the manifest, but each behind those that its condition
/// and its default use. What was given is not asked for, and neither is what does not apply or is
/// derived. Whoever asks nothing gets what was given and the defaults.
package struct Questionnaire: Sendable {
  let manifest: Manifest
  private(set) var given = NamedValues<GivenAnswer>()
  /// The values so far, and `DIRECTORY`.
  private(set) var scope = Scope()
  /// Of the variables, in the order of the manifest.
  private var states: [State]
  private var leftOut: [String] = []
  /// Variables that were not given and whose default is none, or breaks a rule.
  private(set) var unanswered: [Variable] = []
  private(set) var diagnostics = Diagnostics()
  /// What the first complaint is about: names of variables, and `DIRECTORY`.
  private(set) var complainedOf: [String] = []
  /// The places of the variables by their names.
  private var places = NamedValues<Int>()
  /// The place of the variable that `next` asks for, until it is answered.
  private var asked: Int?
  /// What is left for it.
  var budget: Budget

  private enum State {
    case open
    /// It has the empty value, or what its condition uses is at fault.
    case idle
    /// It applies, and has no value yet.
    case applicable
    /// It applies, and has a value, or a complaint says why it has none.
    case settled
  }

  /// - Parameters:
  ///   - given: each of a declared name; of several for one variable the first counts.
  ///   - directory: the last component of the target, which defaults may use as `DIRECTORY`.
  ///   - budget: pays for all of it.
  package init(
    for manifest: Manifest, given: [GivenAnswer], directory: String,
    within budget: Budget = Budget()
  ) {
    self.manifest = manifest
    self.budget = budget
    states = [State](repeating: .open, count: manifest.variables.count)
    for (index, variable) in manifest.variables.enumerated() { places[variable.name] = index }
    scope.bind("DIRECTORY", to: .text(directory))
    for answer in given where self.given[answer.name] == nil { self.given[answer.name] = answer }
  }

  // MARK: Asking

  /// What is to be asked now; nil when nothing is, or when what was given is at fault, which
  /// `answers` tells. A question stays until it is answered.
  package mutating func next() -> Question? {
    // What nobody is asked for comes as soon as it can: an answer is at hand still that it may be at
    // odds with.
    for (index, variable) in manifest.variables.enumerated()
    where asked == nil && (!variable.isAsked || given[variable.name] != nil) {
      _ = settle(index, asking: true)
    }
    for index in manifest.variables.indices where asked == nil && diagnostics.isEmpty {
      asked = settle(index, asking: true)
    }
    guard let asked, diagnostics.isEmpty else { return nil }
    let variable = manifest.variables[asked]
    let offer = offer(for: variable)
    return Question(
      variable: variable, defaultText: offer.text, proposal: offer.proposal,
      choices: choices(for: variable))
  }

  /// Answers the question at hand.
  ///
  /// - Parameter text: as it is typed; items of a list are joined by commas.
  /// - Precondition: `next` has asked one.
  /// - Throws: the rule that `text` breaks. It may be answered again.
  package mutating func answer(_ text: String) throws(BrokenRule) {
    try answer(.text(text))
  }

  /// Answers the question at hand.
  package mutating func answer(_ input: GivenAnswer.Input) throws(BrokenRule) {
    guard let index = asked else { preconditionFailure("nothing was asked") }
    let variable = manifest.variables[index]
    scope[variable.name] = try value(of: input, for: variable)
    states[index] = .settled
    asked = nil
  }

  /// What was answered and given, and the defaults of all the rest.
  ///
  /// - Throws: every value that breaks a rule, and every value that is missing, at once.
  package mutating func answers() throws(Diagnostics) -> Answers {
    settleAll()
    try diagnostics.throwIfAny()
    checkRules()
    try diagnostics.throwIfAny()
    return result
  }

  /// What is worked out so far, whether it keeps to the rules across variables or not.
  var result: Answers {
    var recorded: [(name: String, value: Value)] = []
    for (index, variable) in manifest.variables.enumerated() {
      let isKept = variable.isAsked || variable.isAlwaysRecorded
      if given[variable.name] != nil || (isKept && states[index] == .settled),
        let value = scope[variable.name]
      {
        recorded.append((variable.name, value))
      }
    }
    return Answers(values: scope.values, recorded: recorded, leftOut: leftOut)
  }

  /// The default with the values at hand, where it does; else what is like it and would do.
  private mutating func offer(for variable: Variable) -> (text: String?, proposal: String?) {
    guard let template = variable.defaultTemplate,
      let text = try? rendered(template, for: variable)
    else { return (nil, nil) }
    do {
      _ = try value(of: .text(text), for: variable)
      return (text, nil)
    } catch {
      return (nil, variable.kind.isList ? nil : error.candidate)
    }
  }

  private func choices(for variable: Variable) -> [Variable.Word] {
    if let list = variable.list, case .list(let items)? = scope[list] {
      return items.compactMap(ValueParser.word(for:)).map { Variable.Word(word: $0) }
    }
    switch variable.kind {
    case .choice(let words), .choices(let words, _): return words
    default: return []
    }
  }

  /// A value that keeps to all rules, as far as they can be told by now.
  private mutating func value(
    of input: GivenAnswer.Input, for variable: Variable
  ) throws(BrokenRule) -> Value {
    let value = try parsed(input, for: variable, with: additions(to: variable) ?? [])
    scope[variable.name] = value
    defer { scope[variable.name] = nil }
    let broken: [BrokenRule]
    do {
      broken = try brokenRules(around: variable) + brokenRequirements(of: variable)
    } catch {
      throw BrokenRule(error)
    }
    if let rule = broken.first { throw rule }
    return value
  }

  // MARK: Working out

  /// Works all variables out, with their defaults where nothing else is known.
  mutating func settleAll() {
    for index in manifest.variables.indices where !diagnostics.isFull {
      _ = settle(index, asking: false)
    }
    asked = nil
  }

  func variable(named name: String) -> Variable? { places[name].map { manifest.variables[$0] } }

  func applies(_ variable: Variable) -> Bool {
    switch places[variable.name].map({ states[$0] }) {
    case .applicable, .settled: true
    case .open, .idle, nil: false
    }
  }

  /// Gives the variable at `index` a value, or leaves it without one and complains. A variable that
  /// another one at fault leads to is passed over in silence. (How deep defaults lead from one to
  /// another is limited when the manifest is read.)
  ///
  /// - Returns: The place of the variable that has to be asked for first; nil when none has, and
  ///   always unless `asking`.
  private mutating func settle(_ index: Int, asking: Bool) -> Int? {
    let variable = manifest.variables[index]
    switch states[index] {
    case .idle, .settled: return nil
    case .applicable: break
    case .open:
      if let condition = variable.when {
        if let other = settle(condition.names, asking: asking) { return other }
        guard has(condition.names), holds(condition) else {
          states[index] = .idle
          if has(condition.names) { leaveOut(variable) }
          return nil
        }
      }
      states[index] = .applicable
    }
    let answer = given[variable.name]
    if answer == nil, let template = variable.defaultTemplate,
      let other = settle(template.names, asking: asking)
    {
      return other
    }
    for template in variable.additions {
      if let other = settle(template.names, asking: asking) { return other }
    }
    if asking, answer == nil, variable.isAsked { return index }
    states[index] = .settled
    if let answer {
      take(answer, for: variable)
    } else {
      takeDefault(of: variable)
    }
    return nil
  }

  private mutating func settle(_ names: [String], asking: Bool) -> Int? {
    for name in names.sorted() {
      if let index = places[name], let other = settle(index, asking: asking) { return other }
    }
    return nil
  }

  func has(_ names: [String]) -> Bool { names.allSatisfy { scope[$0] != nil } }

  /// A condition that takes too long is told, and holds.
  mutating func holds(_ condition: Condition) -> Bool {
    do {
      return try condition.holds(in: scope, spending: &budget)
    } catch {
      complain(error.message(for: "the layout"))
      return true
    }
  }

  /// Gives a variable that does not apply the empty value.
  private mutating func leaveOut(_ variable: Variable) {
    scope[variable.name] = variable.kind.emptyValue
    guard let answer = given[variable.name] else { return }
    if answer.isCarried {
      leftOut.append(variable.name)
      given[variable.name] = nil
    } else {
      complain(
        "\(answer.origin) does not apply here", at: answer.location,
        help: variable.whenText.map { "it is for: \($0)" }, of: variable.when?.names ?? [])
    }
  }

  /// Complains of a value that does not do by itself.
  mutating func check(_ answer: GivenAnswer, for variable: Variable) {
    do {
      _ = try parsed(answer.input, for: variable, with: [])
    } catch {
      complain("\(answer.origin): \(error.message)", at: answer.location, help: error.help)
    }
  }

  private mutating func take(_ answer: GivenAnswer, for variable: Variable) {
    guard let additions = additions(to: variable) else { return }
    do {
      scope[variable.name] = try parsed(answer.input, for: variable, with: additions)
    } catch {
      complain(
        "\(answer.origin): \(error.message)", at: answer.location, help: error.help,
        of: [variable.name])
    }
  }

  private mutating func takeDefault(of variable: Variable) {
    guard let template = variable.defaultTemplate else {
      unanswered.append(variable)
      complain(
        "\(variable.name) is missing", help: "give it with \(variable.call)", of: [variable.name])
      return
    }
    guard has(template.names), let additions = additions(to: variable) else { return }
    let text: String
    do {
      text = try rendered(template, for: variable)
    } catch {
      complain(error, of: [variable.name])
      return
    }
    do {
      scope[variable.name] = try parsed(.text(text), for: variable, with: additions)
    } catch {
      unanswered.append(variable)
      complain(of: error, inDefault: template, of: variable)
    }
  }

  private mutating func complain(
    of rule: BrokenRule, inDefault template: Template, of variable: Variable
  ) {
    // What a derived variable breaks is told of what it comes from, which the person gave.
    let roots = variable.isAsked ? [] : template.names.compactMap(self.variable(named:))
    let source =
      template.names == ["DIRECTORY"]
      ? " from the directory's name"
      : roots.isEmpty ? "" : " from \(roots.map(\.name).concatenated(by: " and "))"
    let candidate = variable.kind.isList ? nil : rule.candidate
    let call = "give one with "
    let another =
      roots.isEmpty
      ? "" : "give another --\(roots.map(\.optionName).concatenated(by: " or --")); or "
    complain(
      "\(variable.name)\(source): \(rule.message)",
      help: another
        + (candidate.map { call + variable.call($0) } ?? rule.help ?? call + variable.call),
      of: [variable.name])
  }

  /// What the list gets where it lacks it, each as one would type it; nil when what it is made of is
  /// at fault.
  private mutating func additions(to variable: Variable) -> [String]? {
    var texts: [String] = []
    for template in variable.additions {
      guard has(template.names) else { return nil }
      do {
        texts.append(try rendered(template, for: variable))
      } catch {
        complain(error, of: [variable.name])
        return nil
      }
    }
    return texts
  }

  private mutating func parsed(
    _ input: GivenAnswer.Input, for variable: Variable, with additions: [String]
  ) throws(BrokenRule) -> Value {
    var parser = ValueParser(variable: variable, spending: budget)
    defer { budget = parser.budget }
    switch input {
    case .text(let text): return try parser.value(of: text, with: additions)
    case .texts(let texts): return try parser.value(ofTexts: texts, with: additions)
    case .items(let items): return try parser.value(ofItems: items, with: additions)
    }
  }

  mutating func rendered(
    _ template: Template, for variable: Variable
  ) throws(Diagnostics) -> String {
    String(
      decoding: try template.rendered(
        in: scope, upTo: Budget.longestValue, "the value of \(variable.name)", spending: &budget),
      as: UTF8.self)
  }

  /// - Parameter names: the variables that it concerns.
  mutating func complain(
    _ message: String, at location: SourceLocation? = nil, help: String? = nil,
    of names: [String] = []
  ) {
    complain(Diagnostics(Diagnostic(message, at: location, help: help)), of: names)
  }

  mutating func complain(_ others: Diagnostics, of names: [String] = []) {
    if diagnostics.isEmpty { complainedOf = names }
    diagnostics.add(others)
  }
}
