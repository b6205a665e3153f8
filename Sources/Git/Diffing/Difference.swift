import FileTrees

/// A file of which two states are compared.
package struct Difference: Sendable {
  package struct Side: Sendable {
    package var path: RelativePath
    package var content: [UInt8]
    package var isExecutable: Bool

    package init(path: RelativePath, content: [UInt8], isExecutable: Bool = false) {
      self.path = path
      self.content = content
      self.isExecutable = isExecutable
    }
  }

  /// Nil where the file was not, or is no more.
  package var old: Side?
  package var new: Side?

  package init(old: Side?, new: Side?) {
    self.old = old
    self.new = new
  }

  /// Whether the two paths are not the same.
  var isMove: Bool {
    guard let old, let new else { return false }
    return old.path != new.path
  }
}
