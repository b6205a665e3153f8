import FileSystems
import FileTrees

/// A file as it is to be written.
package struct RenderedFile: Sendable {
  package var permissions: Permissions
  package var blob: Blob
  /// Whether the content is that of a template with placeholders.
  let isRendered: Bool
  /// The content, where there was room to keep it.
  var kept: [UInt8]?

  package init(
    permissions: Permissions, blob: Blob, isRendered: Bool = false, kept: [UInt8]? = nil
  ) {
    self.permissions = permissions
    self.blob = blob
    self.isRendered = isRendered
    self.kept = kept
  }
}
