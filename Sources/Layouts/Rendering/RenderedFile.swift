import FileSystems
import FileTrees

/// A file as it is to be written.
package struct RenderedFile: Sendable {
  package var permissions: Permissions
  package var blob: Blob
  /// Whether it is created and then left alone, whatever the layout has for it later.
  package let isOnce: Bool
  /// Whether the content is that of a template with placeholders.
  let isRendered: Bool
  /// The content, where there was room to keep it.
  var kept: [UInt8]?

  package init(
    permissions: Permissions, blob: Blob, isOnce: Bool = false, isRendered: Bool = false,
    kept: [UInt8]? = nil
  ) {
    self.permissions = permissions
    self.blob = blob
    self.isOnce = isOnce
    self.isRendered = isRendered
    self.kept = kept
  }
}
