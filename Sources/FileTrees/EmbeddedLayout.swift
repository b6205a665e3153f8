/// A built-in layout, as the build has read, checked and parsed it. What a list of layouts shows is
/// at hand at once; the rest comes when it is asked for.
package struct EmbeddedLayout: Sendable {
  package var name: String
  /// As the manifest has it.
  package var summary: String
  /// The git tree id of the layout's folder.
  package var digest: String
  /// The manifest, packed by `Layouts`.
  package var manifest: String
  /// The templates of each of the manifest's layers, packed by `Layouts`.
  package var layers: @Sendable () -> [String]
  /// The files of the layers, which the packed layers number.
  package var files: @Sendable () -> [EmbeddedFile]

  package init(
    name: String, summary: String, digest: String, manifest: String,
    layers: @escaping @Sendable () -> [String], files: @escaping @Sendable () -> [EmbeddedFile]
  ) {
    self.name = name
    self.summary = summary
    self.digest = digest
    self.manifest = manifest
    self.layers = layers
    self.files = files
  }
}
