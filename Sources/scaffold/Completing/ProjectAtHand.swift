import Console
import Documents
import Layouts
import Projects

/// The project that a command line is about, as far as its record can be read without a word.
struct ProjectAtHand {
  /// Those that the command follows.
  var layouts: [Layout] { entries.map(\.layout) }
  private let entries: [(layout: Layout, recorded: Record.Entry)]
  private let directory: DirectoryArgument
  private let present: PresentRecord

  /// Nil where there is none, or its record is damaged.
  init?(
    of command: any ProjectCommand.Type, _ given: ParsedArguments, _ catalogue: Catalogue
  ) {
    let words = given.operands
    let argument = command.directory(among: words, isEarly: true).map { words[$0] } ?? "."
    guard OpenProject.isOne(argument) else { return nil }
    directory = DirectoryArgument(argument)
    // No git is asked what two branches have in common: that is for a run.
    guard let target = try? directory.locate(), let present = try? PresentRecord(in: target) else {
      return nil
    }
    self.present = present
    let named = given.values(named: UpdateOptions.layout.option.name).last
      .map(LayoutReference.init)
    entries = present.record.layouts.compactMap { [directory] entry in
      var reference = LayoutArgument.reference(
        to: entry.layout, from: directory.argument, catalogue)
      switch named {
      case .builtIn(let name)? where name != entry.layout.name: return nil
      case .folder?: reference = named
      default: break
      }
      guard let reference, let layout = try? catalogue.layout(reference),
        layout.name == entry.layout.name
      else { return nil }
      return (layout, entry)
    }
  }

  func component(named name: String) -> Manifest.Component? {
    layouts.lazy.compactMap { $0.manifest.component(named: name) }.first
  }

  /// What the project has of a component.
  func items(of component: Manifest.Component) -> [String] {
    let layout = layouts.first { $0.manifest.component(named: component.name) != nil }
    guard let layout,
      let answers = GivenAnswers.recorded(
        AnswersFile(present, name: directory.argument + "/" + Layout.recordName), layout,
        directory: directory.name)
    else { return [] }
    return answers.items(of: component.list)
  }
}
