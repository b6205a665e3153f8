import Console
import Documents
import Layouts
import Projects

/// What `add` and `remove` have in common: a component of a project, and the names of its items.
struct ComponentCall {
  private let call: ProjectCall
  private let context: Context
  /// The one layout that has the component.
  private let layout: Layout
  private let layouts: ProjectLayouts
  private(set) var change: ComponentChange
  let names: [String]

  /// - Throws: `Failure`: the component is not known, or not which one is meant; the project does not
  ///   have its list.
  init(_ call: ProjectCall, _ context: Context) throws(Failure) {
    self.call = call
    self.context = context
    let name = call.operands.first ?? ""
    names = Array(call.operands.dropFirst())
    let followed = try Self.followed(by: name, call)
    layout = followed.layout
    layouts = call.layouts.only(followed)
    guard let component = layout.manifest.component(named: name) else {
      preconditionFailure("“\(name)” was found in it")
    }
    try Self.refuseOptions(of: call.layouts, beside: layouts, component, call.parsed)
    try Self.refuseList(of: component, in: followed.layout, call)
    change = try Failure.layout { [layouts] () throws(Diagnostics) in
      try layouts.change(of: component, call.parsed)
    }
    if !change.applies { throw notApplying() }
  }

  /// The layout that has the component.
  private static func followed(
    by name: String, _ call: ProjectCall
  ) throws(Failure) -> ProjectLayouts.Followed {
    let all = call.layouts.all
    let having = all.filter { $0.layout.manifest.component(named: name) != nil }
    if having.count > 1 {
      let names = having.map { "“\($0.layout.name)”" }.concatenated(by: " and ")
      throw Failure.usage(
        "the layouts \(names) both have a component “\(name)”",
        help: "say which is meant: --layout \(having[0].layout.name)")
    }
    if let one = having.first { return one }
    let known = all.flatMap { $0.layout.manifest.components.map(\.name) }
    if known.isEmpty {
      let names = all.map { "“\($0.layout.name)”" }.concatenated(by: " and ")
      throw Failure.usage(
        "the project's layout has no components: \(Printable.text(names))",
        help: "“scaffold list --components” shows which layouts have some")
    }
    let nearest = Suggestion.nearest(to: name, among: known)
    throw Failure.usage(
      "unknown component “\(Printable.text(name))”",
      help: (nearest.map { "did you mean “\($0)”? " } ?? "")
        + "the project has: \(known.concatenated(by: ", "))")
  }

  /// Of several layouts only the one is followed, so that nothing is answered to the others.
  private static func refuseOptions(
    of all: ProjectLayouts, beside layouts: ProjectLayouts, _ component: Manifest.Component,
    _ parsed: ParsedArguments
  ) throws(Failure) {
    let known = layouts.options.map(\.name)
    for option in all.options
    where !known.contains(option.name) && !parsed.values(named: option.name).isEmpty {
      throw Failure.usage(
        "--\(option.name) does not belong to the layout of “\(component.name)”,"
          + " “\(layouts.all[0].layout.name)”")
    }
  }

  /// The list is worked out here: one that is given would take away what it does not name. Where two
  /// branches have left two of them, somebody has to say which.
  private static func refuseList(
    of component: Manifest.Component, in layout: Layout, _ call: ProjectCall
  ) throws(Failure) {
    guard let list = layout.manifest.variable(named: component.list),
      !call.project.present.choices.contains(where: { $0.name == list.name })
    else { return }
    let isSet = call.parsed[UpdateOptions.set].contains { $0.begins(with: list.name + "=") }
    let isGiven = !call.parsed.values(named: list.optionName).isEmpty
    guard isSet || isGiven else { return }
    throw Failure.usage(
      "\(isGiven ? "--" + list.optionName : "--set " + list.name) would give a list of its own,"
        + " which the names of components already change",
      help: "leave it out; update takes whole lists")
  }

  private func notApplying() -> Failure {
    let condition = change.variable.whenText ?? ""
    let name = change.component.name
    let message = "“\(name)” does not apply here: it is for \(condition)"
    guard let options = layout.manifest.options(fulfilling: condition) else {
      return Failure(
        .faultyLayout,
        Diagnostics(
          Diagnostic(
            message, help: "“\(call.project.call("update", ["--help"]))” lists the answers")))
    }
    return Failure(
      .faultyLayout,
      Diagnostics(
        Diagnostic(message, help: "“\(call.project.call("update", options))” makes it so")))
  }

  // MARK: What is to be done

  mutating func add(_ place: ComponentChange.Place?) { change.add(names, place) }

  mutating func remove() { change.remove(names) }

  /// `step clean and polish`
  ///
  /// - Parameter items: those of `change`.
  func shown(_ items: [String]) -> String {
    let names = items.map { Printable.text(ShellWord.quoted($0)) }
    return "\(change.component.name) \(names.concatenated(by: " and "))"
  }

  var shownProject: String {
    Printable.text(ShellWord.quoted(call.project.target.displayName))
  }

  /// - Parameters:
  ///   - deed: of the items that come or go.
  ///   - nothing: what is said where there are none.
  ///   - remark: what is said of those for which there is nothing to do, beside others.
  func run(
    _ deed: UpdateReport.Deed, nothing: String, remark: String
  ) throws(Failure) -> Program.ExitCode {
    let isSound = change.faults.isEmpty && change.misuse.isEmpty
    if isSound, change.changed.isEmpty, !layouts.areGiven(call.parsed) {
      var view = try call.view()
      view.isDone = !call.parsed[UpdateOptions.dryRun]
      context.print(UpdateReport.nothing(nothing, target: call.project.target, view))
      return .done
    }
    if !change.idle.isEmpty { context.note(remark) }
    if isSound { try refuseAnotherVersion() }
    let steps = try layouts.steps(call.parsed, giving: change, context)
    return try call.run(steps, change.changed.isEmpty ? .update : deed)
  }

  /// Who wants one more item does not want what a new version changes as well.
  private func refuseAnotherVersion() throws(Failure) {
    let recorded = call.project.present.record.layouts[layouts.all[0].place].layout
    let now = layout.manifest.version
    let isAnother = recorded.version != now
    if !isAnother, layout.presentDigest.map({ $0 == recorded.digest }) ?? true { return }
    let (name, version) = (layout.name, Printable.text(recorded.version))
    throw Failure.usage(
      "\(shownProject) is of \(name) \(version), "
        + (isAnother ? "and here is \(now)" : "which has changed since"),
      help: "“\(call.project.call("update"))” has it follow that first")
  }
}

extension Manifest {
  /// Options of `update` after which a condition of the form `NAME == word` holds; nil for another form.
  fileprivate func options(fulfilling condition: String) -> [String]? {
    let words = condition.parts(between: " ").filter { !$0.isEmpty }
    guard let first = words.first, let variable = variable(named: first) else { return nil }
    if words.count == 1, variable.kind.isFlag { return ["--\(variable.optionName)"] }
    guard words.count == 3, words[1] == "==" || words[1] == ">=", case .choice = variable.kind
    else { return nil }
    let word = words[2].parts(between: "\"").concatenated(by: "")
    return ["--\(variable.optionName)", word]
  }
}
