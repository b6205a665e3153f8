import Documents
import FileSystems
import FileTrees

/// A project's directory as rules look at it: each directory is listed once, and links are not
/// followed.
struct ProjectView {
  private let project: any ReadableFileSystem
  private var listings: [RelativePath: Listing] = [:]
  /// What could not be looked through, since it was last asked for.
  private var obstacles: [Obstacle] = []
  var budget: Budget

  /// A directory, or a name in it, that no path can name.
  struct Obstacle {
    var directory: RelativePath
    /// As the disk has it; nil where that is not UTF-8.
    var name: String?
  }

  init(_ project: any ReadableFileSystem, spending budget: Budget) {
    self.project = project
    self.budget = budget
  }

  mutating func takeObstacles() -> [Obstacle] {
    defer { obstacles = [] }
    return obstacles
  }

  mutating func add(_ obstacle: Obstacle) { obstacles.append(obstacle) }

  /// The names in a directory; none where there is no directory, or it is a link.
  mutating func listing(of path: RelativePath) throws(RuleCheckFailure) -> Listing {
    if let known = listings[path] { return known }
    let listing = try read(path)
    try spend(1 + listing.names.count, on: .entries)
    listings[path] = listing
    return listing
  }

  private mutating func read(_ path: RelativePath) throws(RuleCheckFailure) -> Listing {
    do {
      return Listing(try project.entries(of: path))
    } catch {
      if error.isGone || error.isBlockedOnTheWay { return Listing([]) }
      guard SystemError(code: error.code) == .invalidName else { throw .unreadable(error) }
      obstacles.append(Obstacle(directory: path, name: nil))
      return .unknown
    }
  }

  /// What is at a path; nil for nothing, also below what is no directory.
  mutating func kind(of path: RelativePath) throws(RuleCheckFailure) -> FileStatus.Kind? {
    guard let parent = path.parent else { return .directory }
    // Where names are at hand they count: a disk may find a name in other letter case.
    if let listing = listings[parent], listing.isKnown {
      guard let index = listing.index(of: path.name) else { return nil }
      if let kind = listing.kinds[index] { return kind }
      let kind = try status(of: path)
      listings[parent]?.kinds[index] = kind
      return kind
    }
    return try status(of: path)
  }

  private func status(of path: RelativePath) throws(RuleCheckFailure) -> FileStatus.Kind? {
    do {
      return try project.status(of: path)?.kind
    } catch {
      if error.isGone || error.isBlockedOnTheWay { return nil }
      throw .unreadable(error)
    }
  }

  /// Whether nothing but a directory leads to a path: what stands in the way, where that is not so.
  mutating func obstruction(
    above path: RelativePath
  ) throws(RuleCheckFailure) -> (path: RelativePath, kind: FileStatus.Kind)? {
    var above = RelativePath.root
    for name in path.components.dropLast() {
      above = above.appending(checked: name)
      guard let kind = try kind(of: above) else { return nil }
      if kind != .directory { return (above, kind) }
    }
    return nil
  }

  /// What a file holds; nil where that is too large, or no text.
  func content(
    of path: RelativePath, upTo limit: Int
  ) throws(FileSystemError) -> (size: Int, content: [UInt8]?) {
    let (status, content) = try project.load(path, upTo: limit)
    return (status.size, content)
  }

  mutating func spend(_ amount: Int, on resource: Budget.Resource) throws(RuleCheckFailure) {
    try spending { budget throws(Overrun) in try budget.spend(amount, on: resource) }
  }

  /// What is worked out within the budget.
  mutating func spending<Result>(
    _ body: (inout Budget) throws(Overrun) -> Result
  ) throws(RuleCheckFailure) -> Result {
    do {
      return try body(&budget)
    } catch {
      throw .tooMuch(error)
    }
  }
}

/// The names in a directory, sorted by their bytes, each with what it is where the disk has said so.
struct Listing {
  var names: [String]
  var kinds: [FileStatus.Kind?]
  /// Whether it could be read.
  var isKnown = true

  static let unknown = {
    var listing = Listing([])
    listing.isKnown = false
    return listing
  }()

  init(_ entries: [DirectoryEntry]) {
    names = entries.map(\.name)
    kinds = entries.map(\.kind)
  }

  func index(of name: String) -> Int? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle].precedesInBytes(name) { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low].equalsInBytes(name) ? low : nil
  }
}
