import Documents
import Patterns
import Templating

/// Reads the rules of a manifest and collects every complaint about them.
package struct RuleReader {
  package var json: JSONReader
  private let declarations: Declarations
  /// Where each id was seen first.
  private var ids: [String: SourceLocation] = [:]
  /// What the captures of the rule at hand are named.
  private var captures: [String] = []

  package static let keys =
    [
      "id", "that", "why", "remedy", "when", "each", "in", "files", "except", "captures",
    ] + demandKeys
  package static let demandKeys = [
    "require", "forbid", "numbers", "match", "refuse", "lines", "data",
  ]
  package static let numberKeys = ["of", "consecutive", "from"]
  package static let lineKeys = ["with", "match", "refuse"]
  package static let dataKeys = [
    "at", "format", "exists", "has", "lacks", "match", "refuse", "any", "path",
  ]

  /// Of rules; of the entries of each list in one.
  package static let most = 1000
  /// In bytes.
  static let longestID = 60

  /// - Parameter declarations: the variables that a condition may name.
  package init(json: JSONReader, declarations: Declarations) {
    self.json = json
    self.declarations = declarations
  }

  package mutating func read(_ node: JSONNode?) -> [Rule] {
    var rules: [Rule] = []
    for item in json.items(node, "“rules”", upTo: Self.most) {
      let faults = json.diagnostics.count
      guard let rule = rule(item), json.diagnostics.count == faults else { continue }
      rules.append(rule)
    }
    return rules
  }

  private mutating func rule(_ node: JSONNode) -> Rule? {
    guard
      let members = json.object(
        node, "a rule", known: Self.keys, required: ["id", "that", "why"])
    else { return nil }
    let id = json.string(members["id"], "“id”")
    if let id, let node = members["id"] { check(id, at: node) }
    captures = []
    let subject = subject(members, at: node)
    let forms = forms(members["captures"])
    let exceptions = exceptions(members["except"], of: subject)
    let places = places(members["in"], of: subject)
    let demands = demands(members, of: subject, in: places, at: node)
    let condition = json.condition(members["when"], declarations)
    return Rule(
      id: id ?? "",
      summary: line(members["that"], "“that”") ?? "", reason: line(members["why"], "“why”") ?? "",
      remedy: remedy(members["remedy"]), when: condition,
      whenText: condition == nil ? nil : json.string(members["when"], "“when”"),
      subject: subject, places: places, exceptions: exceptions, forms: forms, demands: demands)
  }

  private mutating func check(_ id: String, at node: JSONNode) {
    if let first = ids[id] {
      json.complain("two rules have the id “\(Printable.text(id))”", at: node, help: "see \(first)")
    }
    ids[id] = ids[id] ?? json.document.location(of: node)
    let bytes = id.utf8
    let isWord = bytes.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    if !isWord || !(bytes.first.map { (0x61...0x7A).contains($0) } ?? false)
      || bytes.last == UInt8(ascii: "-")
    {
      json.complain(
        "the id “\(Printable.text(id))” must be lower-case words with “-” between them", at: node)
    } else if bytes.count > Self.longestID {
      json.complain("an id may have at most \(Self.longestID) bytes", at: node)
    }
  }

  /// What is told in one line. (That it is one is checked of all texts of a manifest.)
  private mutating func line(_ node: JSONNode?, _ what: String) -> String? {
    guard let node, let text = json.string(node, what) else { return nil }
    if text.isEmpty { json.complain("\(what) must not be empty", at: node) }
    return text
  }

  /// What to do, which may speak of captures.
  private mutating func remedy(_ node: JSONNode?) -> String? {
    guard let node, let text = line(node, "“remedy”") else { return nil }
    for name in Captures.names(in: text) where !captures.contains(name) {
      complainOfCapture(name, at: node)
    }
    return text
  }

  // MARK: The subject

  private mutating func subject(
    _ members: NamedValues<JSONNode>, at node: JSONNode
  ) -> Rule.Subject {
    if let each = members["each"] {
      if let files = members["files"] {
        json.complain("a rule has either “each” or “files”", at: files)
      }
      guard let glob = glob(each, "“each”") else { return .project }
      complainOfAmbiguity(glob, at: each)
      captures = glob.captures
      return .each(glob)
    }
    guard let files = members["files"] else { return .project }
    let globs = globs(files, "“files”")
    if case .array(let items) = files.value, items.isEmpty {
      json.complain("“files” names no file", at: files)
    }
    for (glob, item) in zip(globs, json.items(files, "“files”")) {
      complainOfAmbiguity(glob, at: item)
      if glob.isDirectory {
        json.complain("“\(glob.text)” in “files” is a directory", at: item)
      }
    }
    // What all of them capture.
    captures = globs.first?.captures ?? []
    for glob in globs.dropFirst() { captures.removeAll { !glob.captures.contains($0) } }
    return .files(globs)
  }

  private mutating func places(
    _ node: JSONNode?, of subject: Rule.Subject
  ) -> [CapturingGlob] {
    guard let node else { return [] }
    if case .each = subject {
    } else {
      json.complain("“in” needs “each”, for whose paths it looks into others", at: node)
      return []
    }
    let globs = boundGlobs(node, "“in”")
    for (glob, item) in zip(globs, json.items(node, "“in”")) where glob.isDirectory {
      json.complain("“\(Printable.text(glob.text))” in “in” is a directory", at: item)
    }
    return globs
  }

  private mutating func complainOfAmbiguity(_ glob: CapturingGlob, at node: JSONNode) {
    guard let ambiguity = glob.ambiguity else { return }
    json.complain("“\(Printable.text(glob.text))” \(ambiguity)", at: node)
  }

  private mutating func exceptions(
    _ node: JSONNode?, of subject: Rule.Subject
  ) -> [CapturingGlob] {
    guard let node else { return [] }
    if case .project = subject {
      json.complain("“except” needs “each” or “files”, of which it leaves something out", at: node)
    }
    let globs = globs(node, "“except”")
    for (glob, item) in zip(globs, json.items(node, "“except”")) {
      if let name = glob.captures.first {
        json.complain("“except” has the capture “{\(name)}”; it takes “*”", at: item)
      }
    }
    return globs
  }

  private mutating func forms(_ node: JSONNode?) -> [Rule.Form] {
    var forms: [Rule.Form] = []
    for member in json.members(node, "“captures”", upTo: Self.most) {
      if !captures.contains(member.key) {
        json.diagnostics.add(
          Diagnostic(
            "“\(Printable.text(member.key))” in “captures” is not what a path of the rule captures",
            at: json.document.location(at: member.keyOffset), help: nearestCapture(to: member.key)))
      }
      guard let pattern = pattern(member.value, "a capture", mayCapture: false) else { continue }
      forms.append(Rule.Form(capture: member.key, pattern: pattern.text))
    }
    return forms
  }

  // MARK: Globs and patterns

  mutating func globs(_ node: JSONNode?, _ what: String) -> [CapturingGlob] {
    json.items(node, what, upTo: Self.most).compactMap { glob($0, "an item of \(what)") }
  }

  private mutating func glob(_ node: JSONNode, _ what: String) -> CapturingGlob? {
    guard let text = json.string(node, what) else { return nil }
    do {
      return try CapturingGlob(parsing: text)
    } catch {
      json.complain("“\(Printable.text(text))” \(error.message)", at: node, help: error.help)
      return nil
    }
  }

  /// Globs whose captures the subject has.
  mutating func boundGlobs(_ node: JSONNode?, _ what: String) -> [CapturingGlob] {
    let globs = globs(node, what)
    guard let node, case .array(let items) = node.value, items.count == globs.count else {
      return globs
    }
    if globs.isEmpty { json.complain("\(what) names no path", at: node) }
    for (glob, item) in zip(globs, items) {
      for name in glob.captures where !captures.contains(name) { complainOfCapture(name, at: item) }
    }
    return globs
  }

  mutating func complainOfCapture(_ name: String, at node: JSONNode) {
    json.complain(
      "“{\(Printable.text(name))}” is not what a path of the rule captures", at: node,
      help: captures.isEmpty
        ? "“each” finds paths, and takes parts of their names under names"
        : nearestCapture(to: name))
  }

  private func nearestCapture(to name: String) -> String? {
    if let nearest = Suggestion.nearest(to: name, among: captures) {
      return "did you mean “\(nearest)”?"
    }
    return captures.isEmpty ? nil : "captures: \(captures.concatenated(by: ", "))"
  }

  func hasCapture(_ name: String) -> Bool { captures.contains(name) }

  mutating func patterns(_ node: JSONNode?, _ what: String) -> [CapturingPattern] {
    let items = json.items(node, what, upTo: Self.most)
    if let node, case .array = node.value, items.isEmpty {
      json.complain("\(what) has no pattern", at: node)
    }
    return items.compactMap { pattern($0, "an item of \(what)") }
  }

  /// - Parameter mayCapture: whether it may speak of captures.
  mutating func pattern(
    _ node: JSONNode?, _ what: String, mayCapture: Bool = true
  ) -> CapturingPattern? {
    guard let node, let text = json.string(node, what) else { return nil }
    var names: [String] = []
    do {
      // Whether they are bound is told apart from what the pattern is like, with the nearest one.
      _ = try TextPattern(
        parsing: text, captures: mayCapture ? { _ in "x" } : nil, names: &names)
    } catch {
      json.complain(
        "the pattern “\(Printable.text(text))” \(error.message)", at: node,
        help: TextPattern.Fault.help)
      return nil
    }
    for name in names where !captures.contains(name) { complainOfCapture(name, at: node) }
    return CapturingPattern(text, captures: names)
  }
}
