import FileTrees

/// One place at which a project is not as its layout or its record has it.
package struct Finding: Hashable, Sendable {
  /// `LAYOUT/RULE`, or `record/…` for what the record says; it stays what it is from version to
  /// version.
  package var rule: String
  package var level: Level
  /// The project itself, where it is about no path in particular.
  package var path: RelativePath
  /// From 1; nil where it is about the path as a whole.
  package var line: Int?
  /// From 1, in UTF-8 bytes, as compilers count.
  package var column: Int?
  /// One line, without a full stop: what was found.
  package var message: String
  /// What to do about it.
  package var remedy: String?
  /// Whether `path` is to be there and is not: all that `--fix` deals with. A directory's, for what
  /// a layout has in it.
  package var isMissing: Bool

  package init(
    rule: String, level: Level = .error, path: RelativePath, line: Int? = nil,
    column: Int? = nil, message: String, remedy: String? = nil, isMissing: Bool = false
  ) {
    self.rule = rule
    self.level = level
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
    self.isMissing = isMissing
  }

  /// As SARIF names them.
  package enum Level: String, Sendable, CaseIterable {
    /// A rule is broken.
    case error
    /// The project has come apart from its record.
    case warning
    /// Worth knowing.
    case note
  }
}

extension Finding: Comparable {
  /// By path, then by place in the file, then by rule.
  package static func < (one: Finding, other: Finding) -> Bool {
    if one.path != other.path { return one.path < other.path }
    let (line, otherLine) = (one.line ?? 0, other.line ?? 0)
    if line != otherLine { return line < otherLine }
    let (column, otherColumn) = (one.column ?? 0, other.column ?? 0)
    if column != otherColumn { return column < otherColumn }
    if one.rule != other.rule { return one.rule < other.rule }
    return one.message < other.message
  }
}
