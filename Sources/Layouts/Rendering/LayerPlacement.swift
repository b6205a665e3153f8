import Templating

/// A layer that applies, for one combination of items. (Shared by all that it places.)
final class LayerPlacement: Sendable {
  let layer: Manifest.Layer
  /// The layer's among those of the manifest.
  let index: Int
  let scope: Scope
  /// The names for its templates: those of the manifest, and of the layer's items.
  let declarations: Declarations
  /// How many of the layers that apply, up to this one, have templates of this one's folder.
  let repetition: Int

  init(
    _ layer: Manifest.Layer, index: Int, repetition: Int, _ declarations: Declarations,
    in scope: Scope
  ) {
    self.layer = layer
    self.index = index
    self.scope = scope
    self.declarations = declarations
    self.repetition = repetition
  }
}

/// A file of the layout that becomes one of the project.
struct PlacedFile: Sendable {
  /// Its number in the layout's folder.
  var file: Int32
  /// The number of the placement of its layer.
  var placement: Int32
}
