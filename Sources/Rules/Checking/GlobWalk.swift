import Documents
import FileSystems
import FileTrees

/// Finds what a glob matches by walking only where it leads.
struct GlobWalk {
  private let glob: CapturingGlob
  private let forms: CaptureForms
  private var found: [Hit] = []
  /// What was walked already, where `**` leads to one place in several ways.
  private var walked: Set<Step> = []

  struct Hit {
    var path: RelativePath
    var captures: Captures
    var kind: FileStatus.Kind
    /// Whether the glob names it as it is.
    var isNamed: Bool
  }

  private struct Step: Hashable {
    var component: Int
    var directory: RelativePath
    var captures: Captures
  }

  init(_ glob: CapturingGlob, _ forms: CaptureForms) {
    self.glob = glob
    self.forms = forms
  }

  /// In order of paths; links, too, where nothing of the path is below one.
  mutating func hits(in view: inout ProjectView) throws(RuleCheckFailure) -> [Hit] {
    try walk(0, .root, Captures(), &view)
    return found.sorted { $0.path < $1.path }
  }

  private mutating func walk(
    _ index: Int, _ directory: RelativePath, _ captures: Captures, _ view: inout ProjectView
  ) throws(RuleCheckFailure) {
    let isLast = index == glob.components.count - 1
    switch glob.components[index] {
    case .literal(let name):
      // What is no path is not there.
      guard let path = try? directory.appending(name), let kind = try view.kind(of: path) else {
        return
      }
      try go(on: index, isLast, path, kind, captures, &view)
    case .pattern(let parts):
      let listing = try view.listing(of: directory)
      try view.spend(listing.names.count, on: .steps)
      for (position, name) in listing.names.enumerated() {
        if case .literal(let start)? = parts.first, !name.utf8.starts(with: start) { continue }
        if case .literal(let end)? = parts.last, !name.utf8.reversed().starts(with: end.reversed())
        {
          continue
        }
        var match = NameMatch(parts, name, with: captures, forms)
        guard try view.spending({ budget throws(Overrun) in try match.matches(spending: &budget) }),
          let (path, kind) = try entry(position, name, listing, directory, &view)
        else { continue }
        try go(on: index, isLast, path, kind, match.captures, &view)
      }
    case .anyNumber:
      let step = Step(component: index, directory: directory, captures: captures)
      guard walked.insert(step).inserted else { return }
      if !isLast { try walk(index + 1, directory, captures, &view) }
      let listing = try view.listing(of: directory)
      try view.spend(listing.names.count, on: .steps)
      for (position, name) in listing.names.enumerated() {
        if !isLast, listing.kinds[position] == .file { continue }
        guard let (path, kind) = try entry(position, name, listing, directory, &view) else {
          continue
        }
        if isLast { add(path, kind, captures, isNamed: false) }
        if kind == .directory { try walk(index, path, captures, &view) }
      }
    }
  }

  /// A name that a wildcard has found; nil for what rules do not look at.
  private func entry(
    _ position: Int, _ name: String, _ listing: Listing, _ directory: RelativePath,
    _ view: inout ProjectView
  ) throws(RuleCheckFailure) -> (RelativePath, FileStatus.Kind)? {
    if OwnDirectories.contains(name) { return nil }
    let path: RelativePath
    do {
      path = try directory.appending(name)
    } catch {
      view.add(ProjectView.Obstacle(directory: directory, name: name))
      return nil
    }
    if let kind = listing.kinds[position] { return (path, kind) }
    return try view.kind(of: path).map { (path, $0) }
  }

  private mutating func go(
    on index: Int, _ isLast: Bool, _ path: RelativePath, _ kind: FileStatus.Kind,
    _ captures: Captures, _ view: inout ProjectView
  ) throws(RuleCheckFailure) {
    if isLast {
      add(path, kind, captures, isNamed: glob.isLiteral)
    } else if kind == .directory {
      try walk(index + 1, path, captures, &view)
    }
  }

  private mutating func add(
    _ path: RelativePath, _ kind: FileStatus.Kind, _ captures: Captures, isNamed: Bool
  ) {
    found.append(Hit(path: path, captures: captures, kind: kind, isNamed: isNamed))
  }
}

/// What wildcards do not find: what git and other tools keep for themselves.
enum OwnDirectories {
  private static let names: Set = [
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".hypothesis", ".eggs", ".terraform", ".direnv",
    ".gradle", ".idea", ".cache",
  ]

  static func contains(_ name: String) -> Bool {
    names.contains(name) || name.utf8.starts(with: ".scaffold".utf8)
  }
}
