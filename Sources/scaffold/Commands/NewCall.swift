import Console
import Documents
import Layouts

/// A command line of `scaffold new` that was read with the options of its layout.
struct NewCall {
  let layout: Layout
  /// Its one operand is the directory.
  let parsed: ParsedArguments
  let files: [AnswersFile]

  /// Nil when help was asked for, and printed.
  init?(
    _ arguments: [String], of named: NewLine.Named, _ command: Command, _ context: Context
  ) throws(Failure) {
    var table = command
    // Where the layout is named otherwise, there is one word.
    if !named.isWord { table.operands.removeFirst() }
    guard
      var parsed = try table.parse(arguments, named.layout, context, allowsMissingOperands: true)
    else { return nil }
    if named.isWord { parsed.operands.removeFirst() }
    layout = named.layout
    self.parsed = parsed
    if let read = named.files {
      files = read
    } else {
      files = try parsed[NewOptions.answers].map(AnswersFile.init)
    }
  }

  /// As it was given; nil where it was not.
  var directory: String? { parsed.operands.first }

  var given: GivenAnswers { GivenAnswers(parsed, files, layout) }

  /// Whether something is missing that a person can be asked for, and nothing else is wrong.
  var isIncomplete: Bool {
    guard let directory, !directory.isEmpty else { return directory == nil }
    guard let given = try? given.wellFormed() else { return false }
    let questionnaire = Questionnaire(
      for: layout.manifest, given: given, directory: DirectoryArgument(directory).name)
    return questionnaire.missing?.isEmpty == false
  }

  /// - Throws: what is wrong with what was given, whatever the other answers will be.
  func refuseWrongValues() throws(Failure) {
    let questionnaire = Questionnaire(
      for: layout.manifest, given: try given.wellFormed(),
      directory: ShowCommand.exampleDirectory)
    try Failure.layout { () throws(Diagnostics) in try questionnaire.wrongValues.throwIfAny() }
  }

  /// Nobody can be asked for a directory, nor for answers that are missing as well.
  func missingDirectory(_ command: Command) -> Failure {
    let parser = ArgumentParser(command: command, helpCall: command.helpCall(for: layout))
    var diagnostics = Diagnostics()
    if let missing = parser.missingOperand(of: 0) { diagnostics.add(missing) }
    let questionnaire = Questionnaire(
      for: layout.manifest, given: given.all, directory: ShowCommand.exampleDirectory)
    for variable in questionnaire.required {
      diagnostics.add(
        Diagnostic("\(variable.name) is missing", help: "give it with \(variable.call)"))
    }
    return Failure(.wrongUsage, diagnostics)
  }
}
