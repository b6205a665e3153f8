import Documents
import FileTrees
import Layouts
import Rules

/// A project held against its record and against the rules of its layouts. Nothing is written.
package struct Check {
  /// In the order of paths, and of places in a file.
  package private(set) var findings: [Finding] = []
  package private(set) var layouts: [Held] = []
  private let request: CheckRequest

  /// A layout that the project was held against.
  package struct Held: Hashable, Sendable {
    package var name: String
    /// That of the record; nil without one.
    package var version: String?
    /// That of the layout as it is here; nil where it is not to be found.
    package var newest: String?
  }

  /// - Throws: the project cannot be read.
  package init(_ request: CheckRequest) throws(TargetError) {
    self.request = request
    var record = try RecordCheck(request)
    var ofRules: [Finding] = []
    for checked in request.layouts { ofRules += try Self.findings(checked, request) }
    findings = Self.united(try record.findings(), ofRules).sorted()
    layouts = request.layouts.map { checked in
      let recorded = checked.place.flatMap { request.record?.layouts[$0].layout }
      return Held(
        name: recorded?.name ?? checked.layout?.name ?? "", version: recorded?.version,
        newest: checked.layout?.manifest.version)
    }
  }

  /// Both. A file that a rule misses and the record has as well is told of once: with the reason that
  /// the rule has, and with what makes the very file.
  private static func united(_ ofRecord: [Finding], _ ofRules: [Finding]) -> [Finding] {
    var remedies: [RelativePath: String?] = [:]
    for finding in ofRecord where finding.isMissing { remedies[finding.path] = finding.remedy }
    if remedies.isEmpty { return ofRecord + ofRules }
    var told: Set<RelativePath> = []
    let rules = ofRules.map { finding in
      guard finding.isMissing, let remedy = remedies[finding.path] else { return finding }
      told.insert(finding.path)
      var finding = finding
      finding.remedy = remedy
      return finding
    }
    return ofRecord.filter { !$0.isMissing || !told.contains($0.path) } + rules
  }

  /// What the layout's rules find. Where its answers are not known, which is a finding by itself, those
  /// that always apply are looked at.
  private static func findings(
    _ checked: CheckedLayout, _ request: CheckRequest
  ) throws(TargetError) -> [Finding] {
    guard var book = checked.book, !book.rules.isEmpty else { return [] }
    if checked.answers == nil {
      book = RuleBook(
        book.rules.filter { $0.when == nil }, layout: checked.layout?.name ?? "")
    }
    var check = RuleCheck(
      book, scope: (checked.answers ?? .none).scope, project: request.target.fileSystem,
      spending: request.budget)
    do {
      return try check.findings()
    } catch {
      switch error {
      case .unreadable(let error): throw .failed(error, in: request.target)
      case .tooMuch:
        throw .refused(
          "\(Printable.text(request.target.displayName)): \(error.message)",
          help: "--large takes 64 times the limits")
      }
    }
  }

  /// Whether the project has a record, and was held against it.
  package var hasRecord: Bool { request.record != nil }

  /// What is known of a rule that something was found of.
  ///
  /// - Parameter level: of the finding.
  package func description(of rule: String, level: Finding.Level) -> RuleDescription {
    if let rule = RecordRule.allCases.first(where: { $0.id == rule }) { return rule.description }
    for checked in request.layouts {
      guard let layout = checked.layout else { continue }
      for known in checked.book?.rules ?? [] where "\(layout.name)/\(known.id)" == rule {
        return RuleDescription(
          id: rule, that: known.summary, why: known.reason, remedy: known.remedy, level: level)
      }
    }
    return RuleDescription(id: rule, that: rule, why: rule, level: level)
  }

  /// Makes what is missing, and nothing else.
  ///
  /// - Throws: a layout is at fault, or the project cannot be read or may not be written.
  package func fix() throws(PlanError) -> Plan {
    var filling: Filling
    do throws(TargetError) {
      filling = try Filling(request)
    } catch {
      throw .target(error)
    }
    return try filling.plan(for: findings)
  }
}
