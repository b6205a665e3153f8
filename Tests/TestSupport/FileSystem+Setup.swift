import FileSystems
import FileTrees

package func path(_ string: String) throws -> RelativePath {
  try RelativePath(validating: string)
}

extension ReadableFileSystem {
  /// Whether anything is at `path`, a dangling link too.
  package func exists(_ path: RelativePath) throws(FileSystemError) -> Bool {
    try status(of: path) != nil
  }

  /// The text of the file at `string`.
  package func text(_ string: String) throws -> String {
    String(decoding: try contents(of: path(string)), as: UTF8.self)
  }
}

extension FileSystem {
  /// Makes the directory at `path` and those above it that are absent.
  package func createDirectories(to path: RelativePath) throws(FileSystemError) {
    if path.isRoot { return }
    if try status(of: path)?.kind == .directory { return }
    if let parent = path.parent { try createDirectories(to: parent) }
    try createDirectory(path)
  }
}
