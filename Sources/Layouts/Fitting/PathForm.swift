import Documents
import FileTrees
import Templating

/// A file of a layer, as the form of the paths that it may get in projects.
package struct PathForm: Sendable {
  package let form: TextForm
  package let layer: Manifest.Layer
  /// The layer's among those of the manifest.
  package let layerIndex: Int

  /// The loops whose items the path speaks of.
  package var loops: [Manifest.Loop] {
    let names = form.names
    return layer.loops.filter { names.contains($0.item) }
  }
}

extension Layout {
  /// The forms of the paths of all files, in the order of the layers.
  package var pathForms: [PathForm] {
    var forms: [PathForm] = []
    let declarations = manifest.declarations
    for (index, layer) in manifest.layers.enumerated() {
      guard let content = folder.directory(of: layer) else { continue }
      let declarations = declarations.inLayer(layer)
      addForms(of: content, layer.folder.string, declarations, layer, index, to: &forms)
    }
    return forms
  }

  private func addForms(
    of directory: FileTree.Directory, _ path: String, _ declarations: Declarations,
    _ layer: Manifest.Layer, _ index: Int, to forms: inout [PathForm]
  ) {
    for child in directory.children {
      let path = path + "/" + child.name
      switch child.node {
      case .directory(let inner): addForms(of: inner, path, declarations, layer, index, to: &forms)
      case .file:
        let name = manifest.projectPath(of: path, in: layer)
        if let form = TextForm(ofName: name, declarations: declarations) {
          forms.append(PathForm(form: form, layer: layer, layerIndex: index))
        }
      }
    }
  }

  /// The paths of all files with some answers: nothing of any content is looked at.
  ///
  /// - Parameter budget: pays for it.
  /// - Returns: nil where the answers give names that cannot be.
  package func filePaths(
    with answers: Answers, spending budget: inout Budget
  ) -> [RelativePath]? {
    let placing = Placing(self, answers.scope, within: budget)
    budget = placing.budget
    guard placing.diagnostics.isEmpty else { return nil }
    return placing.tree.entries.filter { $0.leaf != nil }.map(\.path)
  }

  /// The variables that names depend on, by themselves or by what is made of them, and those that rules
  /// across variables are about.
  package var namesThatPlace: Set<String> {
    var names: Set<String> = []
    for form in pathForms { names.formUnion(form.form.names) }
    for layer in manifest.layers {
      names.formUnion(layer.when?.names ?? [])
      names.formUnion(layer.loops.map(\.list))
    }
    for requirement in manifest.requirements { names.formUnion(requirement.condition.names) }
    for variable in manifest.variables where variable.list != nil { names.insert(variable.name) }
    // What a default or a condition is made of decides as well.
    var count = -1
    while count < names.count {
      count = names.count
      for variable in manifest.variables where names.contains(variable.name) {
        names.formUnion(variable.when?.names ?? [])
        names.formUnion(variable.defaultTemplate?.names ?? [])
        for template in variable.additions { names.formUnion(template.names) }
      }
    }
    return names
  }
}
