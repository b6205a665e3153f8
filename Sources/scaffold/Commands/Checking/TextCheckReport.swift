import Console
import Documents
import Projects
import Rules

/// Findings for people: of one project one line each, as compilers have them, with the rule's reason
/// and what to do about it below; of several projects one line each.
struct TextCheckReport: CheckReport {
  private let isSingle: Bool
  private let style: Style

  init(isSingle: Bool, _ style: Style) {
    self.isSingle = isSingle
    self.style = style
  }

  func add(_ project: CheckedProject) -> String {
    guard isSingle else { return line(project) }
    let findings = project.check.findings
    var text = made(project)
    var reasons = NamedValues<Bool>()
    for (index, finding) in findings.enumerated() {
      text += line(finding, in: project)
      // What there is to say about several in a row is said once, and a reason once for all.
      let next = index + 1 < findings.count ? findings[index + 1] : nil
      if next?.rule != finding.rule, reasons[finding.rule] == nil {
        reasons[finding.rule] = true
        let rule = project.check.description(of: finding.rule, level: finding.level)
        text += style.labelled("why:", .heading, rule.reason)
      }
      if let remedy = finding.remedy, next?.remedy != remedy || next?.rule != finding.rule {
        text += style.labelled("help:", .name, remedy)
      }
    }
    return text + style.sentences(summary(project) + "\n")
  }

  func add(_ project: UncheckedProject) -> String {
    isSingle ? "" : "\(name(project.argument)): \(style.red("cannot be checked"))\n"
  }

  func finished() -> String { "" }

  // MARK: One project

  private func line(_ finding: Finding, in project: CheckedProject) -> String {
    var place = project.target.displayName(of: finding.path)
    if let line = finding.line { place += ":\(line)" }
    if let column = finding.column { place += ":\(column)" }
    return style.labelled(
      "\(finding.level.rawValue):", look(finding.level), finding.message, at: place,
      tag: finding.rule)
  }

  private func made(_ project: CheckedProject) -> String {
    guard let fix = project.fix, !fix.plan.isDone else { return "" }
    let verb = fix.isDryRun ? "Would create" : style.green("Created")
    let outcome = fix.plan.outcome.text(fix.isDryRun ? .future : .past)
    return Preview(fix.plan, style).tree(Preview.View()) + "\n"
      + style.sentences("\(verb) in \(name(project.target.displayName)): \(outcome)\n\n")
  }

  private func summary(_ project: CheckedProject) -> String {
    let shown = name(project.target.displayName)
    if !project.check.findings.isEmpty { return "\(counts(project)) in \(shown)" }
    let layouts = project.check.layouts.map { held in
      Printable.text("\(held.name) \(held.version ?? held.newest ?? "")")
    }
    let relation = project.check.hasRecord ? "is" : "has the shape of"
    return style.green("No findings:")
      + " \(shown) \(relation) \(layouts.concatenated(by: " and "))"
  }

  // MARK: Several

  private func line(_ project: CheckedProject) -> String {
    var text = "\(name(project.target.displayName)): "
    text += project.check.findings.isEmpty ? style.green("ok") : counts(project)
    if let fix = project.fix, !fix.plan.isDone {
      let outcome = fix.plan.outcome.text(fix.isDryRun ? .future : .past)
      text += fix.isDryRun ? "; would create \(outcome)" : "; created \(outcome)"
    }
    return style.sentences(text + "\n")
  }

  private func counts(_ project: CheckedProject) -> String {
    let count = project.check.findings.count
    var parts: [String] = []
    for level in Finding.Level.allCases {
      let number = project.count(level)
      if number == 0 { continue }
      let word = "\(number) \(level.rawValue)\(number == 1 ? "" : "s")"
      parts.append(painted(word, level))
    }
    let what = count == 1 ? "1 finding" : "\(count) findings"
    return "\(what) (\(parts.concatenated(by: ", ")))"
  }

  private func painted(_ text: String, _ level: Finding.Level) -> String {
    style.paint(text, look(level))
  }

  private func look(_ level: Finding.Level) -> Style.Look {
    switch level {
    case .error: .conflict
    case .warning: .requirement
    case .note: .choice
    }
  }

  private func name(_ argument: String) -> String {
    Printable.text(ShellWord.quoted(argument))
  }
}
