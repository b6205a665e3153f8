import FileTrees

/// What a new file holds.
package enum FileContent: Sendable {
  case bytes([UInt8])
  /// The content of a file elsewhere, streamed.
  case file(RelativePath, in: any ReadableFileSystem)
  /// What is too large to be held: calls back with a piece after the other, for as long as the answer is
  /// to go on.
  case pieces(@Sendable (@escaping (UnsafeRawBufferPointer) -> Bool) -> Void)
}
