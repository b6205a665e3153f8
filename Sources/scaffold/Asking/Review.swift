import Console
import Documents
import FileSystems
import FileTrees
import Layouts
import Projects
import Prompts

/// The last screen of a conversation: the tree, and the command line that does the same.
struct Review {
  enum Choice {
    /// Nil where nothing has to be said of conflicts.
    case write(NewOptions.OnConflict?)
    case back
    case stop
  }

  let prompt: Prompt
  /// What the actions of the prompt mean.
  let choices: [Choice]

  /// - Throws: why no such project can be made there.
  init(
    _ layout: Layout, _ destination: DirectoryArgument, _ answers: Answers,
    _ equivalent: EquivalentCommand, _ context: Context
  ) throws(Failure) {
    let target = try Failure.target { () throws(TargetError) in try destination.locate() }
    func planned(_ choice: NewOptions.OnConflict) throws(Failure) -> Plan {
      do {
        return try Plan(
          creating: CreateRequest(
            layout: layout, answers: answers, target: target, onConflict: choice.policy,
            source: LayoutVersion.Source(layout.reference, from: destination),
            directory: destination.nameForCommands, words: CommandWords(destination)))
      } catch {
        throw Failure(error)
      }
    }
    let plan = try planned(equivalent.given)
    var actions: [(Prompt.Action, Choice)] = []
    var command = equivalent
    if plan.conflicts.isEmpty {
      actions.append((Prompt.Action("w", "write"), .write(nil)))
    } else {
      for (key, name, choice) in Self.settlements {
        guard try planned(choice).conflicts.isEmpty else { continue }
        actions.append((Prompt.Action(key, name), .write(choice)))
      }
      if !actions.isEmpty {
        let ask = (Prompt.Action("a", "ask for each"), Choice.write(.ask))
        actions.insert(ask, at: equivalent.given == .ask ? 0 : actions.count)
      }
      if case .write(let choice)? = actions.first?.1 { command.onConflict = choice }
    }
    actions += [(Prompt.Action("b", "back"), .back), (Prompt.Action("q", "stop"), .stop)]
    let preview = Preview(plan, context.style)
    var summary = "\(layout.name) \(layout.manifest.version) in \(destination.argument)"
    for remark in Self.remarks(on: plan) { summary += "\n" + remark }
    if let text = command.text { summary += "\nThe same without questions: \(text)" }
    choices = actions.map { $0.1 }
    prompt = Prompt(
      plan.conflicts.isEmpty ? "Write it?" : "What becomes of the files that are there?",
      help: summary,
      .review(
        document: preview.text(Preview.View()).parts(between: "\n").dropLast().map { String($0) },
        actions: actions.map { $0.0 }))
  }

  /// More files in conflict are counted.
  private static let mostNames = 5

  /// What is there already: a tree that is longer than the screen may not show it.
  private static func remarks(on plan: Plan) -> [String] {
    if plan.target.isNew { return [] }
    var remarks: [String] = []
    let conflicts = plan.conflicts
    if !conflicts.isEmpty {
      var names = conflicts.prefix(mostNames).map { Printable.text($0.path.string) }
      if conflicts.count > names.count { names.append("and \(conflicts.count - names.count) more") }
      remarks.append("There already, and other: \(names.concatenated(by: ", "))")
    }
    var own: Set<String> = [".git"]
    for change in plan.changes where change.path.parent?.isRoot ?? false {
      own.insert(change.path.name)
    }
    let names = (try? plan.target.fileSystem.list(.root)) ?? []
    let others = names.reduce(0) { own.contains($1) ? $0 : $0 + 1 }
    if others > 0 {
      remarks.append("The directory holds \(others) other \(others == 1 ? "entry" : "entries")")
    }
    return remarks
  }

  /// What a conflict can be settled by; what is there stays by Enter.
  private static let settlements: [(Character, String, NewOptions.OnConflict)] = [
    ("k", "keep what is there", .keep), ("r", "replace it", .replace),
  ]
}
