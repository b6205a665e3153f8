import Console
import Documents
import FileSystems
import Layouts

/// What may stand where a cursor is in a command line of the program. It reads what the command would
/// read to know its options, and nothing else; whatever is wrong with that, there is less to offer.
struct ProgramCompleter {
  let catalogue: Catalogue

  /// - Parameters:
  ///   - words: of the command line, behind the program's name and before `word`.
  ///   - word: as far as it stands before the cursor.
  func answer(after words: [String], _ word: String) -> CompletionAnswer {
    guard var (place, name) = Self.command(among: words) else {
      return Completer(command: Program.table) { [self] in lookUp($0, nil) }
        .answer(after: words, word)
    }
    if name == HelpCommand.name, words.count > place + 1,
      Program.command(named: words[place + 1]) != nil
    {
      // It explains what the command would be given.
      place += 1
      name = words[place]
    }
    guard let subcommand = Program.command(named: name) else { return CompletionAnswer() }
    return answer(of: subcommand, after: Array(words[(place + 1)...]), word)
  }

  /// The first word that is no option of the program.
  private static func command(among words: [String]) -> (place: Int, name: String)? {
    let parser = ArgumentParser(command: Program.table, helpCall: "")
    for place in words.indices {
      let operands = parser.preliminary(Array(words[...place])).arguments.operands
      if let name = operands.first { return (place, name) }
    }
    return nil
  }

  private func answer(
    of subcommand: any Subcommand, after words: [String], _ word: String
  ) -> CompletionAnswer {
    var command = subcommand.command
    let early = ArgumentParser(command: command, helpCall: "").preliminary(words).arguments
    let project = (type(of: subcommand) as? any ProjectCommand.Type).flatMap {
      ProjectAtHand(of: $0, early, catalogue)
    }
    let layouts = project?.layouts ?? layout(namedBy: early, command).map { [$0] } ?? []
    var settings: [(name: String, option: Option)] = []
    if !early.values(named: NewOptions.layout.option.name).isEmpty {
      // It is named already.
      command.operands.removeAll { $0.completion == .layout }
    }
    // As help has them, those of the layout come first.
    let own = command.options
    command.options = []
    for variable in layouts.flatMap(\.manifest.variables) {
      let option = variable.option
      if settings.contains(where: { $0.name == variable.name }) { continue }
      settings.append((variable.name, option))
      if type(of: subcommand).takesVariables { command.options.append(option) }
    }
    command.options += own
    let component = early.operands.first.flatMap { project?.component(named: $0) }
    return Completer(command: command, settings: settings) { [self] kind in
      lookUp(kind, project, component)
    }.answer(after: words, word)
  }

  // MARK: Layouts

  /// The layout that `--layout` names, or an operand, or a record among the answers.
  private func layout(namedBy given: ParsedArguments, _ command: Command) -> Layout? {
    if let name = given.values(named: NewOptions.layout.option.name).last {
      return layout(LayoutReference(name))
    }
    if let place = command.operands.firstIndex(where: { $0.completion == .layout }),
      place < given.operands.count, let layout = layout(LayoutReference(given.operands[place]))
    {
      return layout
    }
    return given.values(named: NewOptions.answers.option.name).reversed().lazy
      .compactMap(layout(inRecord:)).first
  }

  private func layout(inRecord name: String) -> Layout? {
    // A pipe is somebody's answer, to be read once.
    guard (try? UserPath.status(of: name, followsLast: true))?.kind == .file,
      let file = try? AnswersFile(reading: name), let recorded = file.layout,
      let reference = LayoutArgument.reference(to: recorded, from: file.directory, catalogue)
    else { return nil }
    return layout(reference)
  }

  private func layout(_ reference: LayoutReference) -> Layout? {
    catalogue.has(reference) ? try? catalogue.layout(reference) : nil
  }

  // MARK: What a kind of value may be

  private func lookUp(
    _ kind: Completion, _ project: ProjectAtHand?, _ component: Manifest.Component? = nil
  ) -> CompletionAnswer {
    var known: Set<String> = []
    return switch kind {
    case .none, .words, .setting: CompletionAnswer()
    case .file: CompletionAnswer(title: "file", [], .files)
    case .directory: CompletionAnswer(title: "directory", [], .directories)
    case .layout:
      CompletionAnswer(
        title: "layout",
        catalogue.summaries.map { CompletionAnswer.Candidate($0.name, $0.summary) }, .directories)
    case .command: CompletionAnswer(title: "command", Self.commands)
    case .topic:
      CompletionAnswer(
        title: "topic",
        Self.commands
          + HelpTopic.allCases.map { CompletionAnswer.Candidate($0.rawValue, $0.summary) })
    case .component:
      CompletionAnswer(
        title: "component",
        ComponentTable.help(of: manifests(of: project)).rows.filter {
          known.insert($0.left).inserted
        }.map {
          CompletionAnswer.Candidate($0.left, $0.right)
        })
    case .item:
      CompletionAnswer(
        title: component?.name ?? "item",
        (component.flatMap { project?.items(of: $0) } ?? []).map {
          CompletionAnswer.Candidate($0)
        })
    }
  }

  /// Outside of a project, those of all layouts: the directory may come behind.
  private func manifests(of project: ProjectAtHand?) -> [Manifest] {
    project?.layouts.map(\.manifest)
      ?? catalogue.names.compactMap { catalogue.layout(builtIn: $0)?.manifest }
  }

  private static var commands: [CompletionAnswer.Candidate] {
    Program.commands.map {
      let command = $0.init().command
      return CompletionAnswer.Candidate(command.name, command.summary)
    }
  }
}
