import FileTrees
import Synchronization

/// The directories that were opened on the way to the paths used last, so that creating a file is
/// one `openat` however deep it lies.
///
/// A cached directory is the one that was found at its path when it was opened; it stays inside the
/// root, since no link was followed to it. What this process moves or removes empties the cache.
/// There is one cache for all file systems: when the process has no descriptor left, all that are
/// only kept for speed can be closed.
struct DirectoryCache {
  /// As many as one stretch of work goes between, and few beside what a process may have open.
  private static let capacity = 16

  /// Locked for tests, which have threads; the program has one.
  private static let shared = Mutex(DirectoryCache())

  private struct Entry {
    let root: Descriptor
    let path: RelativePath
    let directory: Descriptor
  }

  private var opened: [Entry] = []
  /// The one asked for last, most often asked for next.
  private var last: Entry?

  /// To be called when this process has moved or removed a directory, or when a descriptor is needed
  /// that cannot be had.
  static func empty() {
    // Closed when the lock is free again.
    _ = shared.withLock { cache in
      let closed = cache
      cache.forget()
      return closed.opened
    }
  }

  /// Closes what is kept for one file system.
  static func forget(_ root: Descriptor) {
    shared.withLock { cache in
      cache.opened.removeAll { $0.root === root }
      if cache.last?.root === root { cache.last = nil }
    }
  }

  /// How many directories are kept open.
  static var count: Int { shared.withLock { $0.opened.count } }

  /// The directory at `path`, opened component by component.
  static func directory(
    at path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    try shared.withLock { (cache) throws(SystemError) -> Descriptor in
      try cache.opening(path, from: root)
    }
  }

  /// The directory that holds `path`, which is not the root.
  static func directory(
    holding path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    try shared.withLock { (cache) throws(SystemError) -> Descriptor in
      if let last = cache.last, last.root === root, path.isDirectly(in: last.path) {
        return last.directory
      }
      let parent = path.parent ?? .root
      let directory = try cache.opening(parent, from: root)
      cache.last = Entry(root: root, path: parent, directory: directory)
      return directory
    }
  }

  private mutating func forget() {
    opened.removeAll(keepingCapacity: true)
    last = nil
  }

  private mutating func opening(
    _ path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    if opened.count >= Self.capacity { forget() }
    do {
      return try find(path, from: root)
    } catch {
      guard error.isOutOfDescriptors else { throw error }
      forget()
      return try walk(to: path, from: root)
    }
  }

  private mutating func find(
    _ path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    guard let parent = path.parent else { return root }
    for known in opened.reversed() where known.root === root && known.path == path {
      return known.directory
    }
    let directory = try find(parent, from: root).directory(path.name)
    opened.append(Entry(root: root, path: path, directory: directory))
    return directory
  }

  /// With two descriptors at a time, however deep the path is.
  private func walk(
    to path: RelativePath, from root: Descriptor
  ) throws(SystemError) -> Descriptor {
    var directory = root
    for name in path.components { directory = try directory.directory(name) }
    return directory
  }
}
