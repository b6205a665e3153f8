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
      let positions =
        if let start = parts.start { listing.indices(beginningWith: start) } else {
          listing.names.indices
        }
      try view.spend(1 + positions.count, on: .steps)
      for position in positions {
        let name = listing.names[position]
        guard let matched = try match(name, parts, captures, &view),
          let (path, kind) = try view.entry(position, of: listing, in: directory)
        else { continue }
        try go(on: index, isLast, path, kind, matched, &view)
      }
    case .anyNumber:
      let step = Step(component: index, directory: directory, captures: captures)
      guard walked.insert(step).inserted else { return }
      if index == glob.components.count - 2,
        try lookUp(glob.components[index + 1], below: directory, captures, &view)
      {
        return
      }
      if !isLast { try walk(index + 1, directory, captures, &view) }
      let listing = try view.listing(of: directory)
      try view.spend(listing.names.count, on: .steps)
      for position in listing.names.indices {
        if !isLast, listing.kinds[position] == .file { continue }
        guard let (path, kind) = try view.entry(position, of: listing, in: directory) else {
          continue
        }
        if isLast { add(path, kind, captures, isNamed: false) }
        if kind == .directory { try walk(index, path, captures, &view) }
      }
    }
  }

  /// Finds names that begin with a known text, at any depth, without a look at the others: a rule
  /// may ask for one of them for each of very many paths.
  ///
  /// - Returns: whether it is done.
  private mutating func lookUp(
    _ component: CapturingGlob.Component, below directory: RelativePath, _ captures: Captures,
    _ view: inout ProjectView
  ) throws(RuleCheckFailure) -> Bool {
    let parts: [NamePart]
    switch component {
    case .literal(let name) where !OwnDirectories.contains(name):
      parts = [.literal(Array(name.utf8))]
    case .pattern(let pattern): parts = pattern
    case .literal, .anyNumber: return false
    }
    guard let start = parts.start else { return false }
    let names = try view.names(below: directory)
    let positions = names.indices(beginningWith: start)
    try view.spend(1 + positions.count, on: .steps)
    for position in positions {
      let entry = names.entries[position]
      guard let matched = try match(entry.name, parts, captures, &view) else { continue }
      add(entry.path, entry.kind, matched, isNamed: false)
    }
    return true
  }

  /// What a name has in the places of captures; nil where it does not match.
  private func match(
    _ name: String, _ parts: [NamePart], _ captures: Captures, _ view: inout ProjectView
  ) throws(RuleCheckFailure) -> Captures? {
    if case .literal(let end)? = parts.last, !name.utf8.reversed().starts(with: end.reversed()) {
      return nil
    }
    var match = NameMatch(parts, name, with: captures, forms)
    let matches = try view.spending { budget throws(Overrun) in
      try match.matches(spending: &budget)
    }
    return matches ? match.captures : nil
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

extension [NamePart] {
  /// What every name begins with that matches.
  fileprivate var start: String? {
    guard case .literal(let bytes)? = first else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What wildcards do not find: what tools make for themselves, this program among them.
enum OwnDirectories {
  static func contains(_ name: String) -> Bool {
    ToolDirectories.contains(name) || name.utf8.starts(with: ".scaffold".utf8)
  }
}
