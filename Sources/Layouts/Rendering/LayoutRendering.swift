import Documents
import FileTrees
import Templating

extension Layout {
  /// The project's tree: a pure function of the layout and the answers.
  ///
  /// - Parameter budget: pays for all of it.
  /// - Throws: what the layout is at fault for, where its contents were not checked yet; else what only
  ///   answers can get wrong: a name that is no safe path, two files that collide, each naming its
  ///   templates.
  package func rendered(
    with answers: Answers, within budget: Budget? = nil
  ) throws(Diagnostics) -> RenderedTree {
    var ignored = Diagnostics()
    return try rendered(with: answers, within: budget, warnings: &ignored)
  }

  /// - Parameters:
  ///   - budget: pays for all of it.
  ///   - warnings: gets what is no fault, but probably not meant.
  package func rendered(
    with answers: Answers, within budget: Budget? = nil, warnings: inout Diagnostics
  ) throws(Diagnostics) -> RenderedTree {
    var placing = Placing(self, answers.scope, within: budget ?? limits)
    // A layout that is at fault by itself is told first.
    if !placing.diagnostics.isEmpty, !isChecked { _ = try checked() }
    try placing.diagnostics.throwIfAny()
    var found = placing.warningsOfGlobs()
    var renderer = ContentRenderer(
      self, placing, title: title(in: answers), within: placing.budget)
    let files = renderer.files()
    try renderer.faults.sorted().throwIfAny()
    try renderer.failures.throwIfAny()
    found.add(renderer.warnings)
    warnings.add(found.sorted())
    return RenderedTree(
      tree: placing.tree, files: files, digest: renderer.digest, renderer.again)
  }

  /// Whether a file at `path`, which the layout may have no more, is one of those that are only ever
  /// made. (A glob that speaks of the item of a list tells that of no such file.)
  package func isOnce(_ path: RelativePath, with answers: Answers) -> Bool {
    var budget = limits
    return manifest.onces.contains { pattern in
      (try? pattern.matches(path.string, in: answers.scope, spending: &budget)) ?? true
    }
  }

  /// The layout with its contents checked, whether layers apply or not.
  ///
  /// - Parameter warn: gets what is no fault, but probably not meant, besides what `warnings` has.
  /// - Throws: every fault of the contents.
  package func checked(_ warn: (Diagnostics) -> Void = { _ in }) throws(Diagnostics) -> Layout {
    if isChecked { return self }
    var renderer = ContentRenderer(self, nil, title: "", within: limits)
    _ = renderer.files()
    try renderer.faults.sorted().throwIfAny()
    var layout = self
    layout.digest = renderer.digest
    layout.isChecked = true
    layout.warnings.add(renderer.warnings)
    layout.warnings = layout.warnings.sorted()
    warn(renderer.warnings.sorted())
    return layout
  }

  /// The commands to run next, in all ways that the answers leave.
  package func nextSteps(
    with answers: Answers, directory: String
  ) throws(Diagnostics) -> [NextStep] {
    var scope = answers.scope
    scope.bind("DIRECTORY", to: .text(directory))
    var budget = Budget()
    var steps: [NextStep] = []
    for step in manifest.next {
      var ways: [NextStep.Way] = []
      for way in step.ways { ways.append(try way.rendered(in: scope, spending: &budget)) }
      steps.append(NextStep(ways: ways, entersProject: step.entersProject))
    }
    return steps
  }

  /// The first line of the tree that `<<TREE>>` draws.
  private func title(in answers: Answers) -> String {
    if case .text(let name)? = answers.values["PROJECT_NAME"] { return name }
    return name
  }
}

extension Manifest.Step.Way {
  fileprivate func rendered(
    in scope: Scope, spending budget: inout Budget
  ) throws(Diagnostics) -> NextStep.Way {
    var way = NextStep.Way(
      command: try Self.text(command, in: scope, spending: &budget),
      isOfRepository: isOfRepository)
    // From “.” there is nowhere to go.
    if way.command == "cd ." { way.command = "" }
    if let program {
      way.need = NextStep.Need(program: try Self.text(program, in: scope, spending: &budget))
    }
    if let name { way.need?.name = try Self.text(name, in: scope, spending: &budget) }
    if let remedy { way.remedy = try Self.text(remedy, in: scope, spending: &budget) }
    return way
  }

  private static func text(
    _ template: Template, in scope: Scope, spending budget: inout Budget
  ) throws(Diagnostics) -> String {
    String(
      decoding: try template.rendered(
        in: scope, upTo: Budget.longestValue, "a command", spending: &budget), as: UTF8.self)
  }
}
