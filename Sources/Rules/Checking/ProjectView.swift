import Documents
import FileSystems
import FileTrees

/// A project's directory as rules look at it: each directory is listed once, and links are not
/// followed.
struct ProjectView {
  private let project: any ReadableFileSystem
  private var listings: [RelativePath: Listing] = [:]
  private var names: [RelativePath: NamesBelow] = [:]
  /// What could not be looked through, since it was last asked for.
  private var obstacles: [Obstacle] = []
  private var told: Set<Obstacle> = []
  var budget: Budget

  /// A directory, or a name in it, that no path can name.
  struct Obstacle: Hashable {
    var directory: RelativePath
    /// As the disk has it; nil where that is not UTF-8.
    var name: String?
  }

  init(_ project: any ReadableFileSystem, spending budget: Budget) {
    self.project = project
    self.budget = budget
  }

  /// Each is told once.
  mutating func takeObstacles() -> [Obstacle] {
    defer { obstacles = [] }
    return obstacles.filter { told.insert($0).inserted }
  }

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

  /// A name that a wildcard has found; nil for what rules do not look at.
  mutating func entry(
    _ position: Int, of listing: Listing, in directory: RelativePath
  ) throws(RuleCheckFailure) -> (path: RelativePath, kind: FileStatus.Kind)? {
    let name = listing.names[position]
    if OwnDirectories.contains(name) { return nil }
    let path: RelativePath
    do {
      path = try directory.appending(name)
    } catch {
      obstacles.append(Obstacle(directory: directory, name: name))
      return nil
    }
    if let kind = listing.kinds[position] { return (path, kind) }
    return try kind(of: path).map { (path, $0) }
  }

  /// All that is below a directory, by names.
  mutating func names(below directory: RelativePath) throws(RuleCheckFailure) -> NamesBelow {
    if let known = names[directory] { return known }
    var entries: [NamesBelow.Entry] = []
    var open = [directory]
    while let directory = open.popLast() {
      let listing = try listing(of: directory)
      for position in listing.names.indices {
        guard let (path, kind) = try entry(position, of: listing, in: directory) else { continue }
        entries.append(NamesBelow.Entry(name: listing.names[position], path: path, kind: kind))
        if kind == .directory { open.append(path) }
      }
    }
    try spend(entries.count, on: .steps)
    let below = NamesBelow(entries)
    names[directory] = below
    return below
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

/// The names in a directory, sorted by their bytes, each with what it is where the disk has said
/// so.
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
    let index = names.firstIndex(notBefore: name) { $0 }
    return index < names.count && names[index].equalsInBytes(name) ? index : nil
  }

  /// The names that begin with `start`, found without a look at the others.
  func indices(beginningWith start: String) -> Range<Int> {
    names.indices(beginningWith: start) { $0 }
  }
}

/// What is below a directory, at any depth, sorted by the bytes of names.
struct NamesBelow {
  private(set) var entries: [Entry]

  struct Entry {
    var name: String
    var path: RelativePath
    var kind: FileStatus.Kind
  }

  init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.name.precedesInBytes($1.name) }
  }

  func indices(beginningWith start: String) -> Range<Int> {
    entries.indices(beginningWith: start, \.name)
  }
}

extension Array {
  /// Where the first of the elements is, sorted by their names, that does not come before `name`.
  fileprivate func firstIndex(notBefore name: String, _ nameOf: (Element) -> String) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if nameOf(self[middle]).precedesInBytes(name) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  fileprivate func indices(
    beginningWith start: String, _ nameOf: (Element) -> String
  ) -> Range<Int> {
    let first = firstIndex(notBefore: start, nameOf)
    var end = first
    while end < count, nameOf(self[end]).begins(with: start) { end += 1 }
    return first..<end
  }
}
