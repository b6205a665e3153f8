import Console
import Documents
import Layouts

/// A layout for programs: all that a form needs which asks for its variables. The README describes
/// the format.
struct LayoutDescription {
  /// Counts the format's incompatible changes.
  static let jsonVersion = 1

  let layout: Layout
  let digest: String?
  let answers: Answers?
  let example: ShowCommand.ExampleCall

  private var manifest: Manifest { layout.manifest }

  var json: JSON {
    .object([
      .init("version", .integer(Self.jsonVersion)),
      .init(
        "layout",
        .object([
          .init("name", .string(manifest.name)), .init("version", .string(manifest.version)),
          .init("digest", digest.map(JSON.string) ?? .null),
          .init("summary", .string(manifest.summary)),
          .init("reference", .string(layout.reference.text)),
        ])),
      .init("variables", .array(manifest.variables.map(json))),
      .init("require", .array(manifest.requirements.map(\.json))),
      .init("layers", .array(manifest.layers.map(\.json))),
      .init("components", .array(manifest.components.map(\.json))),
      .init("changes", .array(manifest.changes.map(\.json))),
      .init(
        "example",
        .object([
          .init("command", .string(example.text)), .init("complete", .flag(example.isComplete)),
        ])),
    ])
  }

  // MARK: Variables

  private func json(_ variable: Variable) -> JSON {
    var members: [JSON.Member] = [
      .init("name", .string(variable.name)),
      .init("option", .string("--" + variable.optionName)),
      .init("kind", .string(variable.kind.keyword.rawValue)),
    ]
    members += variable.kind.members
    members += [
      .init("prompt", variable.prompt.map(JSON.string) ?? .null),
      .init("help", variable.help.map(JSON.string) ?? .null),
      .init("asked", .flag(variable.isAsked)),
      .init("required", .flag(variable.defaultText == nil)),
      .init("when", variable.whenText.map(JSON.string) ?? .null),
      .init("default", variable.defaultText.map(JSON.string) ?? .null),
      .init("value", value(of: variable)),
    ]
    if let list = variable.list { members.append(.init("of", .string(list))) }
    if let other = variable.distinctFrom { members.append(.init("distinct", .string(other))) }
    if variable.isGrowing { members.append(.init("grows", .flag(true))) }
    if variable.isSingular { members.append(.init("singular", .flag(true))) }
    if !variable.uniqueForms.isEmpty {
      members.append(.init("unique", .array(variable.uniqueForms.map(JSON.string))))
    }
    if !variable.patterns.isEmpty {
      members.append(
        .init(
          "patterns",
          .array(
            variable.patterns.map {
              .object([.init("pattern", .string($0.word)), .init("rule", .string($0.rule))])
            })))
    }
    if !variable.refused.isEmpty {
      members.append(.init("refused", .array(variable.refused.map { $0.json("reason") })))
    }
    if !variable.reserved.isEmpty {
      members.append(
        .init("reserved", .array(variable.reserved.map { .string($0.rawValue) })))
    }
    return .object(members)
  }

  /// As it is worked out; null where nothing is, and where it does not apply.
  private func value(of variable: Variable) -> JSON {
    guard let answers, answers.apply(to: variable), let value = answers.values[variable.name] else {
      return .null
    }
    return Answers.json(value)
  }
}

extension Variable.Kind {
  /// What it takes.
  fileprivate var members: [JSON.Member] {
    switch self {
    case .text, .name, .identifier, .flag: []
    case .port: [.init("min", .integer(1)), .init("max", .integer(65535))]
    case .integer(let range): Self.bounds(range)
    case .choice(let words): [.init("choices", .array(words.map { $0.json("explanation") }))]
    case .choices(let words, let count):
      [.init("choices", .array(words.map { $0.json("explanation") }))] + Self.bounds(count)
    case .list(let item, let count):
      [.init("items", .object([.init("kind", .string(item.keyword.rawValue))] + item.members))]
        + Self.bounds(count)
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> [JSON.Member] {
    [.init("min", .integer(range.lowerBound)), .init("max", .integer(range.upperBound))]
  }
}

extension Variable.Word {
  fileprivate func json(_ explanationKey: String) -> JSON {
    .object([
      .init("word", .string(word)),
      .init(explanationKey, explanation.map(JSON.string) ?? .null),
    ])
  }
}

extension Manifest.Layer {
  fileprivate var json: JSON {
    .object([
      .init("folder", .string(folder.string)),
      .init("into", .string(destination.description)),
      .init("when", whenText.map(JSON.string) ?? .null),
      .init(
        "each",
        .array(
          loops.map { .object([.init("item", .string($0.item)), .init("list", .string($0.list))]) })
      ),
    ])
  }
}

extension Manifest.Component {
  fileprivate var json: JSON {
    .object([
      .init("name", .string(name)), .init("list", .string(list)),
      .init("help", help.map(JSON.string) ?? .null),
      .init("before", before.map(JSON.string) ?? .null),
    ])
  }
}

extension Manifest.Change {
  fileprivate var json: JSON {
    .object([
      .init("version", .string(version)), .init("lines", .array(lines.map(JSON.string))),
    ])
  }
}

extension Manifest.Requirement {
  fileprivate var json: JSON {
    .object([
      .init("that", .string(conditionText)), .init("message", .string(messageText)),
    ])
  }
}
