import Console
import Documents
import Layouts
import Projects
import Prompts

/// A prompt, and what the answers to it are as texts: as they are remembered, and given.
struct AskedQuestion: Sendable {
  var prompt: Prompt
  /// What stands for the items of its list.
  private var words: [String] = []
  /// What an answer is that leaves all as it stands at first.
  private(set) var standard: [String] = []

  static let layoutName = "Layout"
  static let directoryName = "Directory"

  /// - Parameter word: the directory that was given, which may be a layout's name that was mistyped.
  static func layout(
    of catalogue: Catalogue, among names: [String], beside word: String?
  ) -> AskedQuestion {
    let summaries = catalogue.summaries.filter { names.contains($0.name) }
    let near = word.flatMap(catalogue.name)
    let prompt = Prompt(
      layoutName, help: "What the project is to be; “scaffold show LAYOUT” says more of one",
      .one(
        of: summaries.map { Prompt.Item($0.name, $0.summary) },
        initial: summaries.firstIndex { $0.name == near } ?? 0))
    return AskedQuestion(prompt: prompt, words: summaries.map(\.name))
  }

  static func directory() -> AskedQuestion {
    let prompt = Prompt(
      directoryName, help: "Where the project goes; “.” is the current directory",
      .text(initial: "")
    ) { answer in
      guard case .text(let text) = answer else { return nil }
      if text.isEmpty { return Prompt.Complaint("must not be empty") }
      do throws(TargetError) {
        _ = try DirectoryArgument(HomeDirectory.expanded(text)).locate()
        return nil
      } catch {
        return Prompt.Complaint(Failure(error).diagnostics)
      }
    }
    return AskedQuestion(prompt: prompt)
  }

  /// - Parameter questionnaire: the one that asks it.
  static func variable(_ question: Question, _ questionnaire: Questionnaire?) -> AskedQuestion {
    let variable = question.variable
    var asked = AskedQuestion(
      prompt: Prompt(variable.question, help: variable.explanation, .text(initial: "")))
    let texts = question.defaultText ?? question.proposal ?? ""
    if variable.kind.isFlag {
      asked.prompt.field = .flag(initial: texts == "true")
    } else if !question.choices.isEmpty {
      let items = question.choices.map { Prompt.Item($0.word, $0.explanation ?? "") }
      asked.words = question.choices.map(\.word)
      asked.prompt.field =
        variable.kind.isList ? .several(of: items, initial: []) : .one(of: items, initial: 0)
    } else if variable.kind.isList {
      asked.prompt.field = .items(initial: [])
    }
    asked.begin(with: variable.kind.isList ? ListText.items(of: texts) : [texts])
    asked.standard = question.defaultText == nil ? [] : asked.texts(of: asked.initial)
    asked.prompt.check = { [asked, questionnaire] answer in
      guard var questionnaire else { return nil }
      do throws(BrokenRule) {
        try questionnaire.answer(input(asked.texts(of: answer), for: variable))
      } catch {
        return Prompt.Complaint(error.message, help: error.help)
      }
      // What only turns out behind this answer, and has to do with it.
      guard let fault = questionnaire.fault, fault.names.contains(variable.name) else { return nil }
      return Prompt.Complaint(fault.diagnostics)
    }
    return asked
  }

  /// What a questionnaire takes for `texts`.
  static func input(_ texts: [String], for variable: Variable) -> GivenAnswer.Input {
    variable.kind.isList ? .texts(ListText.pieces(of: texts)) : .text(texts.first ?? "")
  }

  /// The items of a list, or one text.
  func texts(of answer: Answer) -> [String] {
    switch answer {
    case .text(let text): [text]
    case .items(let items):
      items.map { Self.trimmed($0) }.filter { !$0.isEmpty }
    case .one(let index): [words[index]]
    case .several(let indices): indices.map { words[$0] }
    case .flag(let flag): [flag ? "true" : "false"]
    case .action: []
    }
  }

  /// What stands there at first.
  private var initial: Answer {
    switch prompt.field {
    case .text(let text): .text(text)
    case .items(let items): .items(items)
    case .one(_, let index): .one(index)
    case .several(_, let indices): .several(indices)
    case .flag(let flag): .flag(flag)
    case .review: .action(0)
    }
  }

  /// Has `texts` stand there at first, as far as they can be answers.
  mutating func begin(with texts: [String]) {
    switch prompt.field {
    case .text: prompt.field = .text(initial: texts.first ?? "")
    case .items: prompt.field = .items(initial: texts)
    case .one(let items, _):
      guard let index = words.firstIndex(where: texts.contains) else { return }
      prompt.field = .one(of: items, initial: index)
    case .several(let items, _):
      let indices = words.indices.filter { texts.contains(words[$0]) }
      prompt.field = .several(of: items, initial: indices)
    case .flag: prompt.field = .flag(initial: texts == ["true"])
    case .review: break
    }
  }

  /// Has the prompt say why an answer did not do, and not take it again.
  mutating func refuse(_ texts: [String], _ complaint: Prompt.Complaint) {
    let check = prompt.check
    let asked = self
    prompt.check = { answer in
      asked.texts(of: answer) == texts ? complaint : check(answer)
    }
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)[...]
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }
}

extension Variable {
  /// What a person is asked.
  var question: String { prompt ?? help ?? name }

  /// What helps to answer it.
  var explanation: String {
    let text = prompt == nil ? "" : help ?? ""
    let rules = rules(besideChoices: true).concatenated(by: "; ")
    return [text, rules].filter { !$0.isEmpty }.concatenated(by: "\n")
  }
}

extension Prompt.Complaint {
  init(_ diagnostics: Diagnostics) {
    self.init(diagnostics.all.first?.message ?? "", help: diagnostics.all.first?.help)
  }
}
