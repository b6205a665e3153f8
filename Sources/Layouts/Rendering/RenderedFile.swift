import FileSystems
import FileTrees

/// A file as it is to be written.
package struct RenderedFile: Sendable {
  package var content: FileContent
  package var permissions: Permissions
  /// The content's git blob id, where the build worked it out.
  package var blob: GitObjectID?
  /// What the file was made of.
  package var template: TemplateIdentity?

  package init(
    content: FileContent, permissions: Permissions, blob: GitObjectID? = nil,
    template: TemplateIdentity? = nil
  ) {
    self.content = content
    self.permissions = permissions
    self.blob = blob
    self.template = template
  }
}
