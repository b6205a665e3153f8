import DataFiles
import Documents
import FileSystems
import FileTrees
import Patterns

// The keys and values of data files.

extension RuleCheck {
  mutating func hold(
    _ demand: DataDemand, in file: inout LookedInto, _ question: FileQuestion
  ) throws(RuleCheckFailure) {
    guard let document = try document(demand, &file, question) else { return }
    let captures = question.captures
    let selected = try view.spending { budget throws(Overrun) in
      try demand.selector.selected(in: document.documents, captures, spending: &budget)
    }
    var answer = DataAnswer(document: document, question: question)
    if demand.exists == true, selected.isEmpty {
      report(
        question.rule, file.path,
        "there is nothing at “\(Printable.text(captures.fill(demand.selector.text)))”"
          + question.whose,
        remedy: "add it", for: captures)
    }
    if demand.exists == false {
      for one in selected {
        answer.add("\(one.name) must not be there", at: one.keyOffset ?? one.offset, "remove it")
      }
    }
    for one in selected { try holdKeys(demand, of: one, &answer) }
    try holdScalars(demand, selected, in: file, &answer)
    if demand.isPath {
      for scalar in selected.flatMap(\.scalars) { try holdPath(scalar, of: file, &answer) }
    }
    for fault in answer.faults {
      let place = document.location(at: fault.offset)
      report(
        question.rule, file.path, line: place.line, column: place.column, fault.message,
        remedy: fault.remedy, for: captures)
    }
  }

  /// The file, read as what it is; nil, once told, where it is not.
  private mutating func document(
    _ demand: DataDemand, _ file: inout LookedInto, _ question: FileQuestion
  ) throws(RuleCheckFailure) -> DataDocument? {
    guard let format = demand.format ?? DataFormat(fileName: file.path.name) else {
      report(
        question.rule, file.path, "its name does not tell what format it has", remedy: nil,
        for: question.captures)
      return nil
    }
    if let known = file.data[format] { return known }
    do {
      let document = try DataDocument(parsing: file.bytes, as: format, file: file.path.string)
      file.data[format] = .some(document)
      return document
    } catch {
      file.data[format] = .some(nil)
      found.append(
        Finding(
          rule: book.layout + "/" + question.rule.id, path: file.path,
          line: error.location?.line, column: error.location?.column,
          message: "cannot be read as \(format.rawValue): \(error.message)",
          remedy: error.help ?? "mend it, so that its values can be looked at"))
      return nil
    }
  }

  // MARK: Keys

  private mutating func holdKeys(
    _ demand: DataDemand, of one: SelectedNode, _ answer: inout DataAnswer
  ) throws(RuleCheckFailure) {
    if demand.keys.isEmpty, demand.refusedKeys.isEmpty { return }
    let members = one.members
    try view.spend(members.count, on: .steps)
    let present = Set(members.map(\.key))
    for key in demand.keys.map({ answer.question.captures.fill($0) })
    where !present.contains(key) {
      answer.add(
        "\(one.name) lacks the key “\(Printable.text(key))”", at: one.keyOffset ?? one.offset,
        "add it")
    }
    for glob in demand.refusedKeys {
      let parts = glob.parts
      for member in members {
        var match = NameMatch(parts, member.key, with: Captures(), CaptureForms([]))
        guard try view.spending({ budget throws(Overrun) in try match.matches(spending: &budget) })
        else { continue }
        answer.add(
          "the key “\(Printable.text(member.key))” of \(one.name) must not be there",
          at: member.keyOffset, "remove it")
      }
    }
  }

  // MARK: Values

  private mutating func holdScalars(
    _ demand: DataDemand, _ selected: [SelectedNode], in file: LookedInto,
    _ answer: inout DataAnswer
  ) throws(RuleCheckFailure) {
    if let pattern = demand.match {
      for one in selected {
        if case .map = one.node.value {
          answer.add(
            "\(one.name) is a map, where a value is to match \(shown(pattern, answer.question))",
            at: one.offset, "write a value")
        }
        for scalar in one.scalars where try !matches(scalar, pattern, answer) {
          answer.add(
            "\(scalar.nameAndText) does not match \(shown(pattern, answer.question))",
            at: scalar.offset, "write a value that does")
        }
      }
    }
    if let pattern = demand.refuse {
      for scalar in selected.flatMap(\.scalars) where try matches(scalar, pattern, answer) {
        answer.add(
          "\(scalar.nameAndText) is not allowed", at: scalar.offset, "write another value")
      }
    }
    if let pattern = demand.any {
      for scalar in selected.flatMap(\.scalars) where try matches(scalar, pattern, answer) {
        return
      }
      let place = Printable.text(answer.question.captures.fill(demand.selector.text))
      let what =
        answer.question.rule.remedy == nil
        ? "matches \(shown(pattern, answer.question))" : "is what the rule asks for"
      let message = "nothing at “\(place)” \(what)"
      if let first = selected.first {
        answer.add(message, at: first.offset, "add a value that does")
      } else {
        report(
          answer.question.rule, file.path, message, remedy: "add a value that does",
          for: answer.question.captures)
      }
    }
  }

  private mutating func matches(
    _ scalar: SelectedNode, _ pattern: CapturingPattern, _ answer: DataAnswer
  ) throws(RuleCheckFailure) -> Bool {
    let search = book.search(pattern, answer.question.captures)
    let bytes = Array((scalar.node.text ?? "").utf8)
    return try view.spending { budget throws(Overrun) in
      try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        try search.matches(whole: bytes, spending: &budget)
      }
    }
  }

  // MARK: Paths

  private mutating func holdPath(
    _ scalar: SelectedNode, of file: LookedInto, _ answer: inout DataAnswer
  ) throws(RuleCheckFailure) {
    let text = scalar.node.text ?? ""
    // What stands elsewhere: `https://…`, `git@…:…`, `host/path//part?ref=v1`.
    if text.holds(":") || text.holds("?") { return }
    if text.parts(between: "/").dropFirst().dropLast().contains("") { return }
    guard let path = file.path.parent?.resolving(text) else {
      answer.add(
        "\(scalar.nameAndText) is no path within the project", at: scalar.offset,
        "name what is in the project")
      return
    }
    switch try view.kind(of: path) {
    case .directory: return
    case .file, .link, .other:
      if !text.ends(with: "/") { return }
      answer.add("\(scalar.nameAndText) is no directory", at: scalar.offset, "name a directory")
    case nil:
      answer.add(
        "\(scalar.nameAndText) names what is not there", at: scalar.offset,
        "create “\(Printable.text(path.string))”, or name what is there")
    }
  }
}

/// The faults of one demand in one file.
private struct DataAnswer {
  let document: DataDocument
  let question: FileQuestion
  private(set) var faults: [Fault] = []

  struct Fault {
    var message: String
    var offset: Int
    var remedy: String
  }

  init(document: DataDocument, question: FileQuestion) {
    self.document = document
    self.question = question
  }

  mutating func add(_ message: String, at offset: Int, _ remedy: String) {
    if faults.count < RuleCheck.mostPlaces {
      faults.append(Fault(message: message, offset: offset, remedy: remedy))
    }
  }
}

extension SelectedNode {
  /// What a finding calls it.
  fileprivate var name: String { path.isEmpty ? "the file" : "“\(Printable.text(path))”" }

  fileprivate var nameAndText: String {
    "\(Excerpt.of((node.text ?? "").utf8))" + (path.isEmpty ? "" : " at \(name)")
  }
}

extension RelativePath {
  /// The path that `text` names from this directory; nil where it leads out of the project.
  fileprivate func resolving(_ text: String) -> RelativePath? {
    if text.isEmpty || text.begins(with: "/") { return nil }
    var names = components
    for name in text.parts(between: "/") {
      switch name {
      case "", ".": continue
      case "..": if names.popLast() == nil { return nil }
      default: names.append(name)
      }
    }
    return names.isEmpty ? .root : try? RelativePath(validating: names.concatenated(by: "/"))
  }
}
