import FileTrees
import Synchronization

/// The directories that were opened on the way to the paths used last, so that creating a file is
/// one `openat` however deep it lies.
///
/// A cached directory is the one that was found at its path when it was opened; it stays inside the
/// root, since no link was followed to it. What this process moves or removes empties every cache.
struct DirectoryCache {
  /// More than the directories that one stretch of work goes between, far less than a process may
  /// have open.
  private static let capacity = 48
  private static let changes = Atomic<Int>(0)

  private var opened: [(path: RelativePath, directory: Descriptor)] = []
  /// The one asked for last, most often asked for next.
  private var last: (path: RelativePath, directory: Descriptor)?
  private var seenChanges = 0

  /// To be called when this process has moved or removed a directory.
  static func directoriesChanged() {
    changes.add(1, ordering: .sequentiallyConsistent)
  }

  /// The directory at `path`, opened component by component.
  mutating func directory(
    at path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    forgetWhatChanged()
    return try find(path, from: root)
  }

  /// The directory that holds `path`, which is not the root.
  mutating func directory(
    holding path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    forgetWhatChanged()
    if let last, path.isDirectly(in: last.path) { return last.directory }
    let parent = path.parent ?? .root
    let directory = try find(parent, from: root)
    last = (parent, directory)
    return directory
  }

  private mutating func forgetWhatChanged() {
    let changes = Self.changes.load(ordering: .sequentiallyConsistent)
    if changes != seenChanges || opened.count >= Self.capacity {
      opened.removeAll(keepingCapacity: true)
      last = nil
      seenChanges = changes
    }
  }

  private mutating func find(
    _ path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    guard let parent = path.parent else { return root }
    for known in opened.reversed() where known.path == path { return known.directory }
    let directory = try find(parent, from: root).directory(path.name)
    opened.append((path, directory))
    return directory
  }
}
