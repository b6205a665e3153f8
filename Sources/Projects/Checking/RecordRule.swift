import FileTrees
import Rules

/// What is asked of a project that has a record: what the layouts' rules are to any project of their
/// shape, these are to what a run has made.
package enum RecordRule: String, CaseIterable, Sendable {
  case missing
  case mode
  case conflictMarkers = "conflict-markers"
  case newerLayout = "newer-layout"
  case olderLayout = "older-layout"
  case unknownLayout = "unknown-layout"
  case answers
  case damaged
  case edited

  package var id: String { "record/" + rawValue }

  package var level: Finding.Level {
    switch self {
    case .conflictMarkers, .unknownLayout, .answers, .damaged: .error
    case .missing, .mode, .olderLayout: .warning
    case .newerLayout, .edited: .note
    }
  }

  /// What is so where it is kept.
  package var that: String {
    switch self {
    case .missing: "What a layout has made is there"
    case .mode: "Programs can be run, and secrets are private"
    case .conflictMarkers: "The conflicts of updates and merges are resolved"
    case .newerLayout: "The project follows its layout's newest version"
    case .olderLayout: "The layout here is no older than the project"
    case .unknownLayout: "The project's layouts are to be found"
    case .answers: "The layout takes the record's answers"
    case .damaged: "The record can be read"
    case .edited: "Files are as the layout has made them"
    }
  }

  package var why: String {
    switch self {
    case .missing:
      "what counts on it fails, here or in the next clone"
    case .mode:
      "a lost mode is met only where it matters"
    case .conflictMarkers:
      "between the markers stand two versions of the same lines: nothing can read the file"
    case .newerLayout:
      "what a newer version puts right comes with an update, and the sooner the less is to be merged"
    case .olderLayout: "older rules may ask for what a newer version has changed"
    case .unknownLayout: "without its layout nothing is known of what the project is to be"
    case .answers: "which rules hold, and what is to be where, depends on the answers"
    case .damaged: "whatever follows the project's making, such as an update, goes by the record"
    case .edited: "edits are what projects are for; some files are to stay as they are all the same"
    }
  }
}

extension Finding {
  init(
    _ rule: RecordRule, at path: RelativePath, line: Int? = nil, column: Int? = nil,
    _ message: String, remedy: String?, isMissing: Bool = false
  ) {
    self.init(
      rule: rule.id, level: rule.level, path: path, line: line, column: column, message: message,
      remedy: remedy, isMissing: isMissing)
  }
}
