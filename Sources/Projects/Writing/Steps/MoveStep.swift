import FileSystems
import FileTrees

/// Something that gets another path, whatever it is, with all that is in it.
///
/// Its marker says how far it is: not begun, begun (`crossing`), or done when there is none.
struct MoveStep: Step {
  enum Start {
    case path(RelativePath)
    /// What another step has set aside under this name.
    case aside(String)
  }

  let start: Start
  let path: RelativePath
  /// The name of the marker.
  let file: String
  /// What a file holds; nil where nobody knows, or where it is none.
  let expected: GitObjectID?

  private func origin(_ bench: Bench) -> RelativePath {
    switch start {
    case .path(let path): path
    case .aside(let name): bench.backup(name)
    }
  }

  func isPending(_ bench: Bench) throws -> Bool? {
    try bench.holds(bench.staged(file)) || bench.holds(bench.crossing(file))
  }

  func publish(_ bench: Bench) throws {
    guard try isPending(bench) == true else { return }
    let origin = origin(bench)
    if try !bench.holds(bench.crossing(file)) {
      if let expected, try bench.blob(of: origin) != expected { throw bench.changed(path) }
      guard try bench.status(of: path) == nil else { throw bench.changed(path) }
      try bench.mark(file)
    }
    do {
      try bench.move(origin, to: path, markedBy: file)
    } catch {
      // Nothing of it is there, so that the marker need not say so.
      if try bench.status(of: origin) != nil, try isFree(of: origin, bench) {
        try bench.unmark(file)
      }
      throw error
    }
    if let expected, try bench.blob(of: path) != expected { throw bench.changed(path) }
    try bench.finish(file)
  }

  /// Whether no part of what is at `origin` is at the path.
  private func isFree(of origin: RelativePath, _ bench: Bench) throws -> Bool {
    guard let present = try bench.status(of: path) else { return true }
    if try present.identity == bench.status(of: origin)?.identity { return false }
    return try bench.share(of: origin, at: path) == .none
  }

  func isKept(_ bench: Bench) throws -> Bool {
    guard let expected else { return try bench.status(of: path) != nil }
    return try bench.blob(of: path) == expected
  }

  /// A file that somebody changed meanwhile stays; what else is moved is moved back whatever is in it.
  func undo(_ bench: Bench) throws -> Undoing {
    if try bench.holds(bench.staged(file)) { return .nothing }
    let origin = origin(bench)
    let isBegun = try bench.holds(bench.crossing(file))
    guard try bench.status(of: path) != nil else {
      // Back already, or the user's, who has removed it.
      if isBegun { try bench.unmark(file) }
      return try bench.status(of: origin) == nil ? .stayed(path) : .nothing
    }
    let isFree = try bench.status(of: origin) == nil
    if let expected, isFree, try bench.blob(of: path) != expected { return .stayed(path) }
    guard isFree || isBegun, try isAside || bench.hasPlace(for: origin) else {
      return .stayed(path)
    }
    // Without room it goes unmarked, which is not missed where a move is one step.
    try? bench.mark(file)
    do {
      try bench.move(path, to: origin, markedBy: file)
    } catch is TargetError {
      return .stayed(path)
    }
    try bench.unmark(file)
    return isAside ? .nothing : .putBack(origin)
  }

  private var isAside: Bool {
    if case .aside = start { true } else { false }
  }
}
