import FileTrees

/// What a new file holds.
package enum FileContent: Sendable {
  case bytes([UInt8])
  /// The content of a file elsewhere, streamed.
  case file(RelativePath, in: any ReadableFileSystem)
}
