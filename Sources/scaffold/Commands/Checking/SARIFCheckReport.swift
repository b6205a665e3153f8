import Documents
import FileTrees
import Projects
import Rules

/// Findings as SARIF 2.1.0, which code scanning takes: one run for all projects. Results come first in
/// the text, since they are handed on project by project, and what rules they are of is known at the
/// end.
struct SARIFCheckReport: CheckReport {
  private var json = JSONWriter()
  private var rules: [RuleDescription] = []
  /// The places in `rules`, by ids.
  private var numbers = NamedValues<Int>()
  /// What kept projects from being checked.
  private var notifications: [JSON] = []

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  init() {
    json.begin(.object)
    json.write("$schema", .string(Self.schema))
    json.write("version", .string("2.1.0"))
    json.begin(.array, at: "runs")
    json.begin(.object)
    json.begin(.array, at: "results")
  }

  mutating func add(_ project: CheckedProject) -> String {
    let places = FindingPlaces(project.directory)
    var columns = LineColumns(in: project.target.fileSystem)
    for finding in project.check.findings {
      json.write(
        result(finding, at: places.uri(finding.path), column: columns.column(of: finding), project))
    }
    return taken()
  }

  mutating func add(_ project: UncheckedProject) -> String {
    for fault in project.diagnostics.all {
      notifications.append(
        .object([
          .init("level", .string("error")),
          .init("message", Self.text("\(project.argument) cannot be checked: \(fault.message)")),
        ]))
    }
    return taken()
  }

  mutating func finished() -> String {
    json.end()
    json.write("columnKind", .string("utf16CodeUnits"))
    json.write("tool", .object([.init("driver", driver)]))
    var invocation: [JSON.Member] = [
      .init("executionSuccessful", .flag(notifications.isEmpty))
    ]
    if !notifications.isEmpty {
      invocation.append(.init("toolExecutionNotifications", .array(notifications)))
    }
    json.write("invocations", .array([.object(invocation)]))
    while json.depth > 0 { json.end() }
    return String(decoding: json.finished(), as: UTF8.self)
  }

  private mutating func taken() -> String { String(decoding: json.taken(), as: UTF8.self) }

  // MARK: Results

  private mutating func result(
    _ finding: Finding, at uri: String, column: Int?, _ project: CheckedProject
  ) -> JSON {
    // Code scanning shows nothing without a line; what is of a file as a whole is of its first.
    var region: [JSON.Member] = [.init("startLine", .integer(finding.line ?? 1))]
    if let column { region.append(.init("startColumn", .integer(column))) }
    let remedy = finding.remedy.map { "; \($0)" } ?? ""
    return .object([
      .init("ruleId", .string(finding.rule)),
      .init("ruleIndex", .integer(number(of: finding, project))),
      .init("level", .string(finding.level.rawValue)),
      .init("message", Self.text(finding.message + remedy)),
      .init(
        "locations",
        .array([
          .object([
            .init(
              "physicalLocation",
              .object([
                .init("artifactLocation", .object([.init("uri", .string(uri))])),
                .init("region", .object(region)),
              ]))
          ])
        ])),
    ])
  }

  private mutating func number(of finding: Finding, _ project: CheckedProject) -> Int {
    if let number = numbers[finding.rule] { return number }
    numbers[finding.rule] = rules.count
    rules.append(project.check.description(of: finding.rule, level: finding.level))
    return rules.count - 1
  }

  // MARK: The tool

  private var driver: JSON {
    .object([
      .init("name", .string(Program.name)),
      .init("semanticVersion", .string(Program.version)),
      .init("rules", .array(rules.map(Self.rule))),
    ])
  }

  private static func rule(_ rule: RuleDescription) -> JSON {
    .object([
      .init("id", .string(rule.id)),
      .init("shortDescription", text(rule.that)),
      .init("fullDescription", text(rule.why)),
      .init("help", text(rule.remedy ?? rule.why)),
      .init("defaultConfiguration", .object([.init("level", .string(rule.level.rawValue))])),
    ])
  }

  private static func text(_ text: String) -> JSON {
    .object([.init("text", .string(Printable.text(text)))])
  }
}
