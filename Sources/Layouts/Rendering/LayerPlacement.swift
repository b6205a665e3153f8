import Templating

/// A layer that applies, for one combination of items. (Shared by all that it places.)
final class LayerPlacement: Sendable {
  let layer: Manifest.Layer
  let scope: Scope
  /// How many of the layers that apply, up to this one, have templates of this one's folder.
  let repetition: Int
  /// What stands before a template's path in the layout, where complaints name it.
  let bytesBeforePath: Int

  init(_ layer: Manifest.Layer, _ templates: LayerTemplates, repetition: Int, in scope: Scope) {
    self.layer = layer
    self.scope = scope
    self.repetition = repetition
    bytesBeforePath = templates.source.utf8.count - layer.folder.string.utf8.count
  }
}
