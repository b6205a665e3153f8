import Console
import Documents
import Layouts

/// The values that a command line gives for variables: its options, `--set`, `--answers`.
struct GivenAnswers {
  /// At most one for each variable. An option or `--set` comes before `--answers`, and a later file
  /// before an earlier one.
  private(set) var answers = NamedValues<GivenAnswer>()
  /// What is wrong with how values are given, collected, so that wrong values are told beside it.
  private var misuse = Diagnostics()
  /// What in a file cannot be an answer.
  private var malformed = Diagnostics()
  /// What is not taken over from a record, with the reason.
  private var leftOut: [(name: String, reason: String)] = []
  private let layout: Layout
  private let files: [AnswersFile]
  /// Layouts that the same command line gives answers to.
  private let others: [Layout]

  init(
    _ parsed: ParsedArguments, _ files: [AnswersFile], _ layout: Layout,
    beside others: [Layout] = []
  ) {
    self.layout = layout
    self.files = files
    self.others = others
    for variable in layout.manifest.variables {
      let texts = parsed.values(named: variable.optionName)
      if texts.isEmpty { continue }
      answers[variable.name] = GivenAnswer(
        name: variable.name, input: Self.input(texts), origin: "--\(variable.optionName)")
    }
    for setting in parsed[NewOptions.set] { add(setting) }
    for file in files.reversed() {
      for answer in read(file) {
        if let present = answers[answer.name] {
          check(present, against: answer)
        } else {
          answers[answer.name] = answer
        }
      }
    }
  }

  /// At most one for each variable, in the order of the manifest.
  var all: [GivenAnswer] { layout.manifest.variables.compactMap { answers[$0.name] } }

  /// Takes those of which nothing is given.
  mutating func fill(with others: [GivenAnswer]) {
    for answer in others where answers[answer.name] == nil { answers[answer.name] = answer }
  }

  /// Has a list be what a change makes of it, and all else that it concerns as it is.
  mutating func take(_ change: ComponentChange) {
    misuse.add(change.misuse)
    malformed.add(change.faults)
    let list = change.answer
    if let present = answers[list.name] { check(list, against: present) }
    answers[list.name] = list
    for answer in change.kept where answers[answer.name] == nil { answers[answer.name] = answer }
  }

  /// Complains of a list that grows and no longer has what a record of it has where it was.
  private mutating func check(_ given: GivenAnswer, against recorded: GivenAnswer) {
    guard recorded.isCarried, let variable = layout.manifest.variable(named: given.name),
      variable.isGrowing, !given.continues(recorded)
    else { return }
    let list = recorded.items.concatenated(by: ",")
    misuse.add(
      Diagnostic(
        "\(given.origin) leaves out or reorders what the record has: \(Printable.text(list))",
        help: "what has come stays where it is: --\(variable.optionName)"
          + " \(ShellWord.quoted(list + ",…")); an empty list begins anew"))
  }

  /// - Throws: `Failure`, with every fault of the values and of how they are given.
  func resolved(directory: String) throws(Failure) -> Answers {
    var faults = misuse
    faults.add(malformed)
    do throws(Diagnostics) {
      let resolved = try Answers(for: layout.manifest, given: all, directory: directory)
      try faults.throwIfAny()
      return resolved
    } catch {
      if faults.isEmpty { throw Failure(.faultyLayout, error) }
      // The values' faults, unless they are those that were just thrown.
      var all = faults
      all.add(error)
      throw Failure(misuse.isEmpty ? .faultyLayout : .wrongUsage, all.sorted())
    }
  }

  /// All of them, to be held against their variables by whoever finds the others.
  ///
  /// - Throws: `Failure`, with every fault of how they are given.
  func wellFormed() throws(Failure) -> [GivenAnswer] {
    guard misuse.isEmpty, malformed.isEmpty else {
      var faults = misuse
      faults.add(malformed)
      throw Failure(misuse.isEmpty ? .faultyLayout : .wrongUsage, faults.sorted())
    }
    return all
  }

  /// What a project was made with, as far as the layout takes it still; nil where it does not.
  static func recorded(_ file: AnswersFile, _ layout: Layout, directory: String) -> Answers? {
    try? resolvedRecord(file, layout, directory: directory)
  }

  /// The same.
  ///
  /// - Throws: `Failure`, with every fault that the answers have by the layout's present rules.
  static func resolvedRecord(
    _ file: AnswersFile, _ layout: Layout, directory: String
  ) throws(Failure) -> Answers {
    var given = GivenAnswers(files: [file], layout)
    for answer in given.read(file, withDerived: true) { given.answers[answer.name] = answer }
    return try given.resolved(directory: directory)
  }

  private init(files: [AnswersFile], _ layout: Layout) {
    self.files = files
    self.layout = layout
    others = []
  }

  /// One line on what is not taken over from records; nil when all is.
  func remark(on answers: Answers) -> String? {
    let all = leftOut + answers.leftOut.map { ($0, "does not apply") }
    if all.isEmpty { return nil }
    let names = files.filter { $0.record != nil || $0.foreign != nil }.map {
      "“\(Printable.text($0.name))”"
    }
    var parts = all.prefix(Diagnostics.mostOfAKind).map { left in
      "\(Printable.text(left.name)) (\(left.reason))"
    }
    if all.count > parts.count { parts.append("… and \(all.count - parts.count) more") }
    return "not taken over from \(names.concatenated(by: ", ")): \(parts.concatenated(by: ", "))"
  }

  /// One line on names that are taken over from a record, although their defaults are made of the
  /// directory's name; nil when there is none. (What was given there cannot be told from what a
  /// directory gave that has another name now.)
  func remarkOnNames(directory: String) -> String? {
    let taken = layout.manifest.variables.filter { variable in
      guard variable.isNamedAfterDirectory, let answer = answers[variable.name], answer.isCarried,
        files.contains(where: { $0.record != nil })
      else { return false }
      if case .text(directory) = answer.input { return false }
      return true
    }
    if taken.isEmpty { return nil }
    let options = taken.map { "--\($0.optionName)" }.concatenated(by: ", ")
    return "\(taken.map(\.name).concatenated(by: ", ")) is taken over from the record;"
      + " \(options) gives another"
  }

  private static func input(_ texts: [String]) -> GivenAnswer.Input {
    texts.count == 1 ? .text(texts[0]) : .texts(texts)
  }

  private mutating func add(_ setting: String) {
    guard let (name, text) = setting.divided(at: "=") else {
      misuse.add(
        Diagnostic(
          "--set needs NAME=VALUE, not “\(Printable.text(setting))”",
          help: "“scaffold show \(ShellWord.quoted(layout.reference.text))” lists the variables"))
      return
    }
    guard let variable = layout.manifest.variable(named: name) else {
      if !others.contains(where: { $0.manifest.variable(named: name) != nil }) {
        misuse.add(unknown(name))
      }
      return
    }
    guard let present = answers[name] else {
      answers[name] = GivenAnswer(name: name, input: .text(text), origin: "--set \(name)")
      return
    }
    switch present.input {
    case .text(let before) where variable.kind.isList:
      answers[name]?.input = .texts([before, text])
    case .texts(let before): answers[name]?.input = .texts(before + [text])
    default:
      misuse.add(
        Diagnostic(
          "\(name) is given twice, by \(present.origin) and by --set", help: "give it once"))
    }
  }

  private func unknown(_ name: String, at location: SourceLocation? = nil) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: layout.manifest.variables.map(\.name))
    return Diagnostic(
      "the layout “\(layout.name)” has no variable “\(Printable.text(name))”", at: location,
      help: (nearest.map { "did you mean “\($0)”? " } ?? "")
        + "“scaffold show \(ShellWord.quoted(layout.reference.text))” lists the variables")
  }

  // MARK: A file of answers

  /// - Parameter withDerived: whether those of a record count too that defaults worked out.
  private mutating func read(_ file: AnswersFile, withDerived: Bool = false) -> [GivenAnswer] {
    if let foreign = file.foreign {
      let taken = foreign.taken(for: layout.manifest)
      leftOut += taken.leftOut
      return taken.answers
    }
    var reader = JSONReader(file.document)
    let isCarried = file.record != nil
    var known = NamedValues<Bool>()
    for variable in layout.manifest.variables { known[variable.name] = true }
    var result: [GivenAnswer] = []
    for member in reader.members(file.answers(of: layout.name), "the answers")
    where !misuse.isFull {
      guard known[member.key] != nil else {
        if isCarried {
          leftOut.append((member.key, "no variable of the layout"))
        } else {
          misuse.add(unknown(member.key, at: file.document.location(at: member.keyOffset)))
        }
        continue
      }
      if let input = Self.input(of: member.value, &reader) {
        result.append(
          GivenAnswer(
            name: member.key, input: input, origin: member.key,
            location: file.document.location(of: member.value), isCarried: isCarried))
      }
    }
    malformed.add(reader.diagnostics)
    guard isCarried, !withDerived, let directory = file.directory else { return result }
    var derived = NamedValues<Bool>()
    for name in layout.manifest.derivedNames(
      in: result, directory: DirectoryArgument(directory).name)
    {
      derived[name] = true
    }
    return result.filter { derived[$0.name] == nil }
  }

  private static func input(
    of node: JSONNode, _ reader: inout JSONReader
  ) -> GivenAnswer.Input? {
    switch node.value {
    case .string(let text): return .text(text)
    case .integer(let integer): return .text(String(integer))
    case .flag(let flag): return .text(flag ? "true" : "false")
    case .array(let items):
      let faults = reader.diagnostics.count
      var texts: [String] = []
      for item in items {
        switch item.value {
        case .string(let text): texts.append(text)
        case .integer(let integer): texts.append(String(integer))
        default: reader.complain("an item must be a string or an integer", at: item)
        }
      }
      return reader.diagnostics.count == faults ? .items(texts) : nil
    default:
      reader.complain(
        "an answer must be a string, an integer, a flag or a list, not \(node.kind)", at: node)
      return nil
    }
  }
}
