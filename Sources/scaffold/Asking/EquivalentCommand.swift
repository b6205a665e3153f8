import Console
import Documents
import Layouts

/// The shortest command line that makes a project without questions.
struct EquivalentCommand {
  let layout: Layout
  private let directory: DirectoryArgument
  private let answers: [GivenAnswer]
  /// Of options that are no answers.
  private let options: [String]
  /// What the options say of conflicts.
  let given: NewOptions.OnConflict
  /// What is said of conflicts in place of what the options say; nil where they say it.
  var onConflict: NewOptions.OnConflict?

  /// - Parameter names: of answers that were given, and may be nothing that is asked for.
  init(
    _ layout: Layout, _ directory: DirectoryArgument, _ answers: Answers, unasked names: [String],
    options: [String], onConflict given: NewOptions.OnConflict
  ) {
    self.given = given
    self.layout = layout
    self.directory = directory
    self.answers = answers.shortest(
      for: layout.manifest, given: names, directory: directory.name)
    self.options = options
  }

  /// What stands behind `scaffold new`. The words come first, so that none stands behind a flag, of
  /// which it would seem to be the value.
  var arguments: [String] {
    var words = [LayoutArgument.word(for: layout.reference)]
    let path = directory.argument
    words.append(Dashes.begin(path) ? "./" + path : path)
    for answer in answers {
      guard let variable = layout.manifest.variable(named: answer.name) else { continue }
      for text in answer.texts { words += variable.words(giving: text) }
    }
    let onConflict = onConflict ?? given
    if onConflict.rawValue != NewOptions.onConflict.option.defaultText {
      words += ["--\(NewOptions.onConflict.option.name)", onConflict.rawValue]
    }
    return words + options
  }

  var namesLayoutByWord: Bool { !Dashes.begin(layout.reference.text) }

  /// As a shell's line; nil where it cannot be shown.
  var text: String? { ShellWord.command([Program.name, NewCommand.name] + arguments) }

  /// The words of the options of `scaffold new` that are no answers, and that have to do with more
  /// than with asking.
  static func options(of parsed: ParsedArguments) -> [String] {
    let others = [
      NewOptions.layout.option, NewOptions.set.option, NewOptions.answers.option,
      NewOptions.onConflict.option,
      NewOptions.defaults.option, NewOptions.plain.option, Switch.help.option,
    ].map(\.name)
    var words: [String] = []
    for option in NewOptions.all where !others.contains(option.name) {
      for value in parsed.values(named: option.name) where value != option.defaultText {
        words += option.value == .none ? ["--\(option.name)"] : ["--\(option.name)", value]
      }
    }
    return words
  }
}

extension Variable {
  /// The words of a command line that give it `text`.
  fileprivate func words(giving text: String) -> [String] {
    if kind.isFlag { return [text == "true" ? "--\(optionName)" : "--no-\(optionName)"] }
    // A value that begins with a dash would be an option.
    return Dashes.begin(text) ? ["--\(optionName)=\(text)"] : ["--\(optionName)", text]
  }
}
