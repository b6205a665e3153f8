import Documents

/// What a plan does, or has done, in figures.
package struct Outcome: Hashable, Sendable {
  package var created = 0
  package var replaced = 0
  /// Of what the user and the layout have both changed.
  package var merged = 0
  package var moved = 0
  package var unchanged = 0
  package var kept = 0
  /// Files that are no more, and stay so.
  package var removed = 0
  /// Files that go.
  package var removals = 0
  package var conflicts = 0
  /// Directories that are made, those above a new target too.
  package var directories = 0
  /// Of what is created and replaced.
  package var bytes = 0

  /// Of a plan that has nothing.
  package static var nothing: Outcome { Outcome() }

  /// Whether files are created, and nothing else is to be said of any.
  package var isPlain: Bool {
    replaced + merged + moved + unchanged + kept + removed + removals + conflicts == 0
  }

  package enum Tense {
    case future
    case past
  }

  /// The user's files that something becomes of, or that something stands in the way of.
  package struct Names: Sendable {
    package var replaced: [String] = []
    package var merged: [String] = []
    package var kept: [String] = []
    package var removals: [String] = []
    package var conflicts: [String] = []

    package init() {}
  }

  /// `27 files, 14 directories, 31 KB`, or `2 files created, 30 unchanged, 1 kept (README.md), 4 KB`.
  ///
  /// - Parameter names: of the files that were the user's, where nothing else shows them.
  package func text(_ tense: Tense, naming names: Names = Names()) -> String {
    let size = Self.size(bytes)
    if isPlain {
      return [Self.files(created), Self.directories(directories), size].concatenated(by: ", ")
    }
    var parts: [String] = []
    if created + directories > 0 {
      var what: [String] = []
      if created > 0 { what.append(Self.files(created)) }
      if directories > 0 { what.append(Self.directories(directories)) }
      parts.append(what.concatenated(by: " and ") + (tense == .past ? " created" : " to create"))
    }
    for (number, word, names) in [
      (replaced, tense == .past ? "replaced" : "to replace", names.replaced),
      (merged, tense == .past ? "merged" : "to merge", names.merged),
      (moved, tense == .past ? "moved" : "to move", []), (unchanged, "unchanged", []),
      (kept, "kept", names.kept), (removed, "removed", []),
      (removals, tense == .past ? "removed" : "to remove", names.removals),
      (conflicts, "in conflict", names.conflicts),
    ] where number > 0 {
      let what = "\(parts.isEmpty ? Self.files(number) : String(number)) \(word)"
      parts.append(what + Self.list(names))
    }
    if created + replaced + merged > 0 { parts.append(size) }
    return parts.concatenated(by: ", ")
  }

  /// More names are not for one line.
  private static let mostNames = 3

  private static func list(_ names: [String]) -> String {
    if names.isEmpty { return "" }
    let more = names.count > mostNames ? ", …" : ""
    return " (\(Array(names.prefix(mostNames)).concatenated(by: ", "))\(more))"
  }

  private static func files(_ number: Int) -> String {
    number == 1 ? "1 file" : "\(number) files"
  }

  private static func directories(_ number: Int) -> String {
    number == 1 ? "1 directory" : "\(number) directories"
  }

  /// In units of 1000 bytes, rounded to the nearest.
  static func size(_ bytes: Int) -> String {
    switch bytes {
    case 1: "1 byte"
    case ..<1000: "\(bytes) bytes"
    case ..<999_500: "\((bytes + 500) / 1000) KB"
    default: "\((bytes + 50_000) / 1_000_000).\((bytes + 50_000) / 100_000 % 10) MB"
    }
  }
}

extension Plan {
  package var outcome: Outcome {
    var outcome = Outcome()
    if target.isNew { outcome.directories = target.path.components.count - 1 }
    // What has another path by then is not removed from its own.
    let origins = Set(changes.lazy.compactMap(\.origin))
    for change in changes where change.decision != .remove || !origins.contains(change.path) {
      switch (change.decision, change.isDirectory) {
      case (.create, true): outcome.directories += 1
      case (.create, false): outcome.created += 1
      case (.replace, _): outcome.replaced += 1
      case (.merge, _): outcome.merged += 1
      case (.move, _): outcome.moved += 1
      case (.conflict, _), (.marked, _): outcome.conflicts += 1
      case (.unchanged, false): outcome.unchanged += 1
      case (.keep(.removed), false): outcome.removed += 1
      case (.remove, false): outcome.removals += 1
      case (.keep, false): outcome.kept += 1
      case (.unchanged, true), (.keep, true), (.remove, true): break
      }
      if change.decision.writes { outcome.bytes += change.size }
    }
    return outcome
  }

  /// Those that `outcome` counts, as they are printed.
  package var outcomeNames: Outcome.Names {
    var names = Outcome.Names()
    let origins = Set(changes.lazy.compactMap(\.origin))
    for change in changes where change.path != Record.path {
      let name = Printable.text(change.path.string)
      switch change.decision {
      case .replace: names.replaced.append(name)
      case .merge: names.merged.append(name)
      case .conflict, .marked: names.conflicts.append(name)
      case .keep(.removed): break
      case .keep where !change.isDirectory: names.kept.append(name)
      case .remove where !change.isDirectory && !origins.contains(change.path):
        names.removals.append(name)
      case .create, .move, .unchanged, .keep, .remove: break
      }
    }
    return names
  }

  /// Sizes of the project's whole tree.
  package struct Summary: Hashable, Sendable {
    package var files = 0
    package var directories = 0
    package var bytes = 0
  }

  package var summary: Summary {
    var summary = Summary()
    for change in changes {
      if change.isDirectory { summary.directories += 1 } else { summary.files += 1 }
      summary.bytes += change.size
    }
    return summary
  }
}
