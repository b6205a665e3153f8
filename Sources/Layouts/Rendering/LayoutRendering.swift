import Documents
import Templating

extension Layout {
  /// The project's tree: a pure function of the layout and the answers.
  ///
  /// - Parameter budget: pays for all of it.
  /// - Throws: what only answers can get wrong: a name that is no safe path, two files that
  ///   collide, each naming its templates.
  package func rendered(
    with answers: Answers, within budget: Budget = Budget()
  ) throws(Diagnostics) -> RenderedTree {
    var ignored = Diagnostics()
    return try rendered(with: answers, within: budget, warnings: &ignored)
  }

  /// - Parameters:
  ///   - budget: pays for all of it.
  ///   - warnings: gets what is no fault, but probably not meant.
  package func rendered(
    with answers: Answers, within budget: Budget = Budget(), warnings: inout Diagnostics
  ) throws(Diagnostics) -> RenderedTree {
    var renderer = LayoutRenderer(layout: self, budget: budget)
    for index in manifest.layers.indices where !renderer.diagnostics.isFull {
      try renderer.place(layer: index, answers.scope)
    }
    try renderer.diagnostics.throwIfAny()
    renderer.warnOfGlobs()
    let tree = try renderer.contents(title: title(in: answers))
    warnings.add(renderer.warnings.sorted())
    return tree
  }

  /// The commands to run next.
  package func nextSteps(
    with answers: Answers, directory: String
  ) throws(Diagnostics) -> [String] {
    var scope = answers.scope
    scope.bind("DIRECTORY", to: .text(directory))
    var steps: [String] = []
    var budget = Budget()
    for template in manifest.next {
      let step = String(
        decoding: try template.rendered(
          in: scope, upTo: Budget.longestValue, "a command", spending: &budget), as: UTF8.self)
      // Which steps there are may depend on the answers; from “.” there is nowhere to go.
      if !step.isEmpty, step != "cd ." { steps.append(step) }
    }
    return steps
  }

  /// The first line of the tree that `<<TREE>>` draws.
  private func title(in answers: Answers) -> String {
    if case .text(let name)? = answers.values["PROJECT_NAME"] { return name }
    return name
  }
}
