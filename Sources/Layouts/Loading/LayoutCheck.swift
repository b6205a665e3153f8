import Documents
import FileTrees

extension LayoutFolder {
  /// Every fault that does not depend on answers: in all layers, whether they apply or not.
  ///
  /// - Parameters:
  ///   - isComplete: whether all files are at hand. If not, nothing is said of what matches no file.
  ///   - budget: pays for it.
  ///   - warnings: gets what is no fault, but probably not meant.
  func check(
    against manifest: Manifest, isComplete: Bool, _ budget: Budget, _ warnings: inout Diagnostics
  ) -> Diagnostics {
    var diagnostics = Diagnostics()
    var usedNotes: Set<Int> = []
    var usedRenames: Set<Int> = []
    var candidates: [PathPattern.Candidate] = []
    var budget = budget
    let declarations = manifest.declarations
    for layer in manifest.layers where !diagnostics.isFull {
      guard directory(of: layer) != nil else {
        diagnostics.add(
          Diagnostic(
            layer.isShared
              ? "there is no “\(displayName(of: layer.folder.string))”"
              : "the layer “\(layer.folder)” is not in the layout", at: layer.location))
        continue
      }
      let templates = LayerTemplates(
        parsing: layer, of: manifest, declarations, in: self, spending: &budget, &diagnostics,
        &warnings)
      usedNotes.formUnion(templates.usedNotes)
      usedRenames.formUnion(templates.usedRenames)
      if isComplete { candidates += templates.candidates(declarations.inLayer(layer)) }
    }
    guard isComplete, !diagnostics.isFull else { return diagnostics.sorted() }
    for (index, note) in manifest.notes.enumerated() where !usedNotes.contains(index) {
      diagnostics.add(
        Diagnostic(
          "the note's path “\(note.path)” is in no layer", at: note.pathLocation,
          help: "write it as it stands in the layer, renamed; a directory ends with “/”"))
    }
    for (index, rename) in manifest.renames.enumerated() where !usedRenames.contains(index) {
      diagnostics.add(
        Diagnostic("nothing in any layer is named “\(rename.from)”", at: rename.location))
    }
    for pattern in manifest.verbatim + manifest.privates {
      do {
        if try !candidates.contains(where: { try pattern.couldMatch($0, spending: &budget) }) {
          diagnostics.add(
            Diagnostic("“\(pattern.text)” matches no file in any layer", at: pattern.location))
        }
      } catch {
        diagnostics.add(
          Diagnostic(
            "\((error as? Overrun)?.message(for: "the layout") ?? "\(error)")",
            at: pattern.location))
        break
      }
    }
    return diagnostics.sorted()
  }
}
