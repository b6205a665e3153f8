import Documents
import Projects
import Rules

/// Findings for programs; the README describes the format. Of several projects, one object a line.
struct JSONCheckReport: CheckReport {
  /// Counts the format's incompatible changes.
  static let version = 1

  private let isSingle: Bool

  init(isSingle: Bool) {
    self.isSingle = isSingle
  }

  func add(_ project: CheckedProject) -> String {
    var members: [JSON.Member] = [
      .init("version", .integer(Self.version)),
      .init("target", .string(project.target.displayName)),
      .init("layouts", .array(project.check.layouts.map(\.json))),
    ]
    if let fix = project.fix {
      members.append(.init("done", .flag(!fix.isDryRun)))
      members.append(.init("created", .array(fix.paths.map { .string($0.string) })))
    }
    members.append(
      .init(
        "findings",
        .array(
          project.check.findings.map { finding in
            let rule = project.check.description(of: finding.rule, level: finding.level)
            return finding.json(reason: rule.reason)
          })))
    members.append(
      .init(
        "summary",
        .object(
          Finding.Level.allCases.map { level in
            .init(level.rawValue + "s", .integer(project.count(level)))
          })))
    return text(members)
  }

  func add(_ project: UncheckedProject) -> String {
    // What a single run fails with goes where all failures go.
    if isSingle { return "" }
    return text([
      .init("version", .integer(Self.version)),
      .init("target", .string(project.argument)),
      .init("error", .string(project.diagnostics.all.first?.message ?? "")),
      .init("code", .integer(Int(project.code.rawValue))),
    ])
  }

  func finished() -> String { "" }

  private func text(_ members: [JSON.Member]) -> String {
    (isSingle ? JSON.object(members) : .row(members)).pretty
  }
}

extension Check.Held {
  fileprivate var json: JSON {
    .object([
      .init("name", .string(name)),
      .init("version", version.map(JSON.string) ?? .null),
      .init("newest", newest.map(JSON.string) ?? .null),
    ])
  }
}

extension Finding {
  fileprivate func json(reason: String) -> JSON {
    var members: [JSON.Member] = [
      .init("rule", .string(rule)), .init("level", .string(level.rawValue)),
      .init("path", .string(path.description)),
    ]
    if let line { members.append(.init("line", .integer(line))) }
    if let column { members.append(.init("column", .integer(column))) }
    members.append(.init("message", .string(message)))
    members.append(.init("reason", .string(reason)))
    if let remedy { members.append(.init("remedy", .string(remedy))) }
    members.append(.init("missing", .flag(isMissing)))
    return .row(members)
  }
}
