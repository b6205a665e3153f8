import FileSystems
import FileTrees
import Layouts

/// What is in a directory that may become a project: names alone, without what tools make.
struct ProjectPaths: Sendable {
  /// By their bytes.
  private(set) var files: [RelativePath] = []
  private(set) var known: Set<RelativePath> = []
  /// Directories that may not be looked into, or hold a name that no path can say.
  private(set) var unreadable: [RelativePath] = []
  /// Whether there was more than is looked at.
  private(set) var isCut = false

  /// As many names are looked at.
  static let most = 50_000

  init(_ fileSystem: any ReadableFileSystem) throws(FileSystemError) {
    // What is near the top says most of what a project is.
    var open: [RelativePath] = [.root]
    var next = 0
    var left = Self.most
    while next < open.count, left > 0 {
      let directory = open[next]
      next += 1
      let entries: [DirectoryEntry]
      do {
        entries = try fileSystem.entries(of: directory)
      } catch {
        guard !directory.isRoot, error.isForbidden || error.code == SystemError.invalidName.code
        else { throw error }
        unreadable.append(directory)
        continue
      }
      for entry in entries where left > 0 {
        left -= 1
        // A name that no layout can give is the user's own.
        guard !Layout.isReserved(entry.name), let path = try? directory.appending(entry.name)
        else { continue }
        var kind = entry.kind
        if kind == nil { kind = try fileSystem.status(of: path)?.kind }
        switch kind {
        case .file?: files.append(path)
        case .directory? where !ToolDirectories.contains(entry.name): open.append(path)
        case .directory?, .link?, .other?, nil: break
        }
      }
    }
    isCut = left == 0
    files.sort()
    known = Set(files)
  }

  func has(_ path: RelativePath) -> Bool { known.contains(path) }
}
