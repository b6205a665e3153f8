import Console
import Documents
import FileSystems
import FileTrees
import Layouts

/// The values that a command line gives for variables: its options, `--set`, `--answers`.
enum GivenAnswers {
  /// At most one for each variable; an option or `--set` comes before `--answers`.
  static func collect(
    _ parsed: ParsedArguments, _ layout: Layout
  ) throws -> [GivenAnswer] {
    var result = NamedValues<GivenAnswer>()
    for variable in layout.manifest.variables where parsed.has(variable.optionName) {
      let values = parsed.values(of: variable.optionName)
      result[variable.name] = GivenAnswer(
        name: variable.name, content: .text(values.concatenated(by: ",")),
        origin: "--\(variable.optionName)")
    }
    try addSettings(parsed.values(of: "set"), layout, to: &result)
    if let file = parsed.value(of: "answers") {
      for answer in try answers(in: file, layout) where result[answer.name] == nil {
        result[answer.name] = answer
      }
    }
    return layout.manifest.variables.compactMap { result[$0.name] }
  }

  private static func addSettings(
    _ settings: [String], _ layout: Layout, to result: inout NamedValues<GivenAnswer>
  ) throws {
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw Failure.usage(
          "--set needs NAME=VALUE, not “\(Printable.text(setting))”")
      }
      let name = String(parts[0])
      let text = String(parts[1])
      guard let variable = layout.manifest.variable(named: name) else {
        throw Failure(.wrongUsage, Diagnostics(unknown(name, layout)))
      }
      if let present = result[name] {
        guard variable.kind.isList, case .text(let before) = present.content else {
          throw Failure.usage("\(name) is given twice, by \(present.origin) and by --set")
        }
        result[name]?.content = .text(before + "," + text)
      } else {
        result[name] = GivenAnswer(name: name, content: .text(text), origin: "--set \(name)")
      }
    }
  }

  private static func unknown(
    _ name: String, _ layout: Layout, at location: SourceLocation? = nil
  ) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: layout.manifest.variables.map(\.name))
    return Diagnostic(
      "the layout “\(layout.name)” has no variable “\(Printable.text(name))”", at: location,
      help: (nearest.map { "did you mean “\($0)”? " } ?? "")
        + "“scaffold show \(ShellWord.quoted(layout.reference))” lists the variables")
  }

  // MARK: A file of answers

  private static func answers(in file: String, _ layout: Layout) throws -> [GivenAnswer] {
    let document = try Failure.layout {
      do {
        return try JSONDocument(parsing: try bytes(of: file), file: file)
      } catch let error as Diagnostic {
        throw Diagnostics(error)
      }
    }
    var reader = JSONReader(document)
    let node = record(in: document) ?? document.root
    var unknown = Diagnostics()
    var answers: [GivenAnswer] = []
    for member in reader.members(node, "the answers") {
      guard layout.manifest.variable(named: member.key) != nil else {
        let place = document.location(at: member.keyOffset)
        unknown.add(Self.unknown(member.key, layout, at: place))
        continue
      }
      if let content = content(of: member.value, &reader) {
        answers.append(
          GivenAnswer(
            name: member.key, content: content, origin: member.key,
            location: document.location(of: member.value)))
      }
    }
    try Failure.usage { try unknown.throwIfAny() }
    try Failure.layout { try reader.diagnostics.throwIfAny() }
    return answers
  }

  /// The answers in a project's record; nil when the document is none.
  private static func record(in document: JSONDocument) -> JSONNode? {
    guard case .object(let members) = document.root.value,
      members.contains(where: { $0.key == "layout" }),
      let answers = members.first(where: { $0.key == "answers" })
    else { return nil }
    return answers.value
  }

  private static func content(
    of node: JSONNode, _ reader: inout JSONReader
  ) -> GivenAnswer.Content? {
    switch node.value {
    case .string(let text): return .text(text)
    case .integer(let integer): return .text(String(integer))
    case .flag(let flag): return .text(flag ? "true" : "false")
    case .array(let items):
      var texts: [String] = []
      for item in items {
        switch item.value {
        case .string(let text): texts.append(text)
        case .integer(let integer): texts.append(String(integer))
        default: reader.complain("an item must be a string or an integer", at: item)
        }
      }
      return .items(texts)
    default:
      reader.complain(
        "an answer must be a string, an integer, a flag or a list, not \(node.kind)", at: node)
      return nil
    }
  }

  private static func bytes(of file: String) throws -> [UInt8] {
    let slash = file.lastIndex(of: "/")
    let directory = slash.map { String(file[...$0]) } ?? "."
    let name = slash.map { String(file[file.index(after: $0)...]) } ?? file
    do {
      let path = try RelativePath.root.appending(name)
      return try LocalFileSystem(opening: directory).contents(of: path, limit: 4 << 20)
    } catch let error as FileSystemError {
      throw Failure.usage("--answers \(Printable.text(file)): \(error.message)")
    } catch {
      throw Failure.usage("--answers \(Printable.text(file)): \(error)")
    }
  }
}
