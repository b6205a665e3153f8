import DataFiles
import Documents

extension RuleReader {
  mutating func demands(
    _ members: NamedValues<JSONNode>, of subject: Rule.Subject, in places: [CapturingGlob],
    at node: JSONNode
  ) -> Rule.Demands {
    var demands = Rule.Demands()
    demands.required = boundGlobs(members["require"], "“require”")
    demands.forbidden = boundGlobs(members["forbid"], "“forbid”")
    if let node = members["forbid"] {
      let required = Set(demands.required.map(\.text))
      for glob in demands.forbidden where required.contains(glob.text) {
        json.complain("“require” asks for “\(Printable.text(glob.text))” as well", at: node)
      }
    }
    demands.numbers = numbers(members["numbers"], of: subject)
    demands.matches = patterns(members["match"], "“match”")
    demands.refusals = patterns(members["refuse"], "“refuse”")
    demands.lines = json.items(members["lines"], "“lines”", upTo: Self.most)
      .compactMap { line($0) }
    demands.data = json.items(members["data"], "“data”", upTo: Self.most)
      .compactMap { data($0, in: places.isEmpty ? subject.globs : places) }
    if let node = members["in"], !demands.looksIntoFiles {
      json.complain("“in” needs a demand on what files hold", at: node)
    }
    let present = Self.demandKeys.filter { members[$0] != nil }
    if present.isEmpty {
      json.complain(
        "the rule asks for nothing", at: node,
        help: "demands: \(Self.demandKeys.concatenated(by: ", "));"
          + " “scaffold help rules” explains them")
    }
    for key in ["match", "refuse", "lines", "data"] {
      guard let node = members[key] else { continue }
      switch subject {
      // A subject at fault was complained of.
      case .project where members["each"] != nil || members["files"] != nil: break
      case .project: json.complain("“\(key)” needs “files” that it looks into", at: node)
      case .each(let glob) where glob.isDirectory && members["in"] == nil:
        json.complain("“\(key)” looks into files, and “each” finds directories", at: node)
      case .each, .files: break
      }
    }
    return demands
  }

  private mutating func numbers(
    _ node: JSONNode?, of subject: Rule.Subject
  ) -> Rule.Numbers? {
    guard let node,
      let members = json.object(node, "“numbers”", known: Self.numberKeys, required: ["of"])
    else { return nil }
    if case .each = subject {
    } else {
      json.complain("“numbers” needs “each”, whose paths have them", at: node)
      return nil
    }
    guard let of = members["of"], let name = json.string(of, "“of”") else { return nil }
    if !hasCapture(name) { complainOfCapture(name, at: of) }
    var numbers = Rule.Numbers(capture: name)
    numbers.isConsecutive = json.flag(members["consecutive"], "“consecutive”") ?? false
    if let from = members["from"] {
      numbers.first = json.integer(from, "“from”")
      if let first = numbers.first, first < 0 {
        json.complain("“from” must not be negative", at: from)
      }
    }
    return numbers
  }

  private mutating func line(_ node: JSONNode) -> Rule.LineDemand? {
    guard
      let members = json.object(
        node, "an item of “lines”", known: Self.lineKeys, required: ["with"])
    else { return nil }
    let with = pattern(members["with"], "“with”")
    let match = pattern(members["match"], "“match”")
    let refuse = pattern(members["refuse"], "“refuse”")
    if members["match"] == nil, members["refuse"] == nil {
      json.complain("an item of “lines” needs “match” or “refuse”", at: node)
    }
    return with.map { Rule.LineDemand(with: $0, match: match, refuse: refuse) }
  }

  // MARK: Data

  private mutating func data(_ node: JSONNode, in files: [CapturingGlob]) -> DataDemand? {
    guard
      let members = json.object(
        node, "an item of “data”", known: Self.dataKeys, required: ["at"])
    else { return nil }
    guard var demand = selector(members["at"]).map(DataDemand.init) else { return nil }
    demand.format = format(members["format"], of: files, at: node)
    demand.exists = json.flag(members["exists"], "“exists”")
    demand.keys = json.strings(members["has"], "“has”", upTo: Self.most)
    demand.refusedKeys = json.strings(members["lacks"], "“lacks”", upTo: Self.most).map(
      KeyGlob.init)
    demand.match = pattern(members["match"], "“match”")
    demand.refuse = pattern(members["refuse"], "“refuse”")
    demand.any = pattern(members["any"], "“any”")
    demand.isPath = json.flag(members["path"], "“path”") ?? false
    if Self.dataKeys.dropFirst(2).allSatisfy({ members[$0] == nil }) {
      json.complain(
        "an item of “data” asks for nothing", at: node,
        help: "demands: \(Self.dataKeys.dropFirst(2).map(\.self).concatenated(by: ", "));"
          + " “scaffold help rules” explains them")
    }
    return demand
  }

  private mutating func selector(_ node: JSONNode?) -> DataSelector? {
    guard let node, let text = json.string(node, "“at”") else { return nil }
    do {
      return try DataSelector(parsing: text)
    } catch {
      json.complain(
        "the selector “\(Printable.text(text))” \(error.message)", at: node,
        help: DataSelector.Fault.help)
      return nil
    }
  }

  /// Where it is not said, the names of all files must tell.
  private mutating func format(
    _ node: JSONNode?, of files: [CapturingGlob], at item: JSONNode
  ) -> DataFormat? {
    guard let node else {
      for glob in files where !glob.isDirectory && glob.dataFormat == nil {
        json.complain(
          "the name “\(glob.text)” does not tell a format", at: item,
          help: "“format” does: \(Self.formats)")
      }
      return nil
    }
    guard let text = json.string(node, "“format”") else { return nil }
    if let format = DataFormat(rawValue: text) { return format }
    json.complain(
      "unknown format “\(Printable.text(text))”", at: node, help: "formats: \(Self.formats)")
    return nil
  }

  private static let formats = DataFormat.allCases.map(\.rawValue).concatenated(by: ", ")
}

extension CapturingGlob {
  /// What the end of every name that it matches tells.
  fileprivate var dataFormat: DataFormat? {
    switch components.last {
    case .literal(let name): return DataFormat(fileName: name)
    case .pattern(let parts):
      guard case .literal(let bytes)? = parts.last else { return nil }
      // Whatever stands before it, and the beginning of `.env.*` alone.
      if case .literal(let start)? = parts.first,
        String(decoding: start, as: UTF8.self).begins(with: ".env.")
      {
        return .dotenv
      }
      return DataFormat(fileName: "x" + String(decoding: bytes, as: UTF8.self))
    case .anyNumber, nil: return nil
    }
  }
}
