import Console
import Documents
import Layouts
import Projects

/// The layouts that a project was made from, as they are now.
struct ProjectLayouts {
  struct Followed {
    /// Its place in the record.
    var place: Int
    var layout: Layout
    var source: LayoutVersion.Source
  }

  let all: [Followed]
  private let project: OpenProject

  /// - Parameter named: the one to follow, or where it is now; nil for all.
  init(
    of project: OpenProject, only named: String?, isLarge: Bool, _ context: Context
  ) throws(Failure) {
    self.project = project
    let entries = project.present.record.layouts
    guard let named else {
      var all: [Followed] = []
      for place in entries.indices {
        all.append(try Self.followed(place, project, isLarge, context))
      }
      self.all = all
      return
    }
    let reference = LayoutReference(named)
    if case .builtIn(let name) = reference {
      guard let place = entries.firstIndex(where: { $0.layout.name == name }) else {
        throw Self.unknown(name, reference, in: project)
      }
      all = [try Self.followed(place, project, isLarge, context)]
    } else {
      let layout = try LayoutArgument.layout(reference, isLarge: isLarge, context)
      guard let place = entries.firstIndex(where: { $0.layout.name == layout.name }) else {
        throw Self.unknown(layout.name, reference, in: project)
      }
      let source = LayoutVersion.Source(reference, from: project.directory)
      all = [Followed(place: place, layout: layout, source: source)]
    }
  }

  /// One of them alone.
  func only(_ followed: Followed) -> ProjectLayouts { ProjectLayouts([followed], of: project) }

  private init(_ all: [Followed], of project: OpenProject) {
    self.all = all
    self.project = project
  }

  private static func followed(
    _ place: Int, _ project: OpenProject, _ isLarge: Bool, _ context: Context
  ) throws(Failure) -> Followed {
    let recorded = project.present.record.layouts[place].layout
    if let reference = LayoutArgument.reference(
      to: recorded, from: project.directory.argument, context.catalogue)
    {
      let layout = try LayoutArgument.layout(reference, isLarge: isLarge, context)
      if layout.name == recorded.name {
        return Followed(place: place, layout: layout, source: recorded.source)
      }
    }
    throw Failure.usage(
      "the layout “\(Printable.text(recorded.name))” of this project is not to be found here",
      help: "name its folder with --layout")
  }

  private static func unknown(
    _ name: String, _ reference: LayoutReference, in project: OpenProject
  ) -> Failure {
    unknown(
      name, reference, among: project.present.record.layouts.map(\.layout.name),
      project.directory)
  }

  /// - Parameter names: of the layouts that the project has.
  static func unknown(
    _ name: String, _ reference: LayoutReference, among names: [String],
    _ directory: DirectoryArgument
  ) -> Failure {
    let names = names.map { "“\(Printable.text($0))”" }
    let call = ShellWord.command(
      ["scaffold", "new", LayoutArgument.word(for: reference), directory.argument])
    return Failure.usage(
      "the project has no layout “\(Printable.text(name))”, but \(names.concatenated(by: ", "))",
      help: call.map { "“\($0)” adds a layout to a project" })
  }

  /// The record's layouts with the answers of then; nil for one that is not to be had here.
  static func recorded(
    of project: OpenProject, _ context: Context
  ) -> [(layout: Layout, answers: Answers)?] {
    project.present.record.layouts.map { entry in
      guard
        let reference = LayoutArgument.reference(
          to: entry.layout, from: project.directory.argument, context.catalogue),
        let layout = try? context.catalogue.layout(reference, within: .large),
        let answers = GivenAnswers.recorded(
          AnswersFile(project.present, name: project.recordName), layout,
          directory: project.directory.name)
      else { return nil }
      return (layout, answers)
    }
  }

  /// The variables of all, each once.
  var options: [Option] {
    var names = NamedValues<Bool>()
    var options: [Option] = []
    for variable in all.flatMap(\.layout.manifest.variables) {
      if names[variable.optionName] != nil { continue }
      names[variable.optionName] = true
      options.append(variable.option)
    }
    return options
  }

  /// Whether a command line gives them answers.
  func areGiven(_ parsed: ParsedArguments) -> Bool {
    !parsed[UpdateOptions.set].isEmpty
      || options.contains { !parsed.values(named: $0.name).isEmpty }
  }

  /// Whether there is nothing to follow, as can be told without working answers out.
  func areUpToDate(_ parsed: ParsedArguments) -> Bool {
    if areGiven(parsed) { return false }
    let entries = project.present.record.layouts
    return all.allSatisfy { followed in
      followed.source == entries[followed.place].layout.source
        && project.present.isUpToDate(followed.place, with: followed.layout)
    }
  }

  /// What the answers that the project has, and those that are given, make of a component's list.
  ///
  /// - Precondition: There is one layout, which has the component.
  func change(
    of component: Manifest.Component, _ parsed: ParsedArguments
  ) throws(Diagnostics) -> ComponentChange {
    let layout = all[0].layout
    let file = AnswersFile(project.present, name: project.recordName)
    return try ComponentChange(
      of: component, in: layout.manifest, given: GivenAnswers(parsed, [file], layout).all,
      directory: project.directory.name)
  }

  /// What the project is to follow, with the answers that it has and those that are given.
  ///
  /// - Parameter change: more or fewer items of a list of theirs.
  func steps(
    _ parsed: ParsedArguments, giving change: ComponentChange? = nil, _ context: Context
  ) throws(Failure) -> [LayoutStep] {
    var steps: [LayoutStep] = []
    for followed in all {
      let (layout, directory) = (followed.layout, project.directory.name)
      let file = AnswersFile(project.present, name: project.recordName)
      var given = GivenAnswers(parsed, [file], layout, beside: all.map(\.layout))
      if let change { given.take(change) }
      let answers = try given.resolved(directory: directory)
      if let remark = given.remark(on: answers) { context.note(remark) }
      steps.append(
        LayoutStep(
          place: followed.place, layout: layout, answers: answers,
          recordedAnswers: GivenAnswers.recorded(file, layout, directory: directory),
          source: followed.source))
    }
    return steps
  }
}
