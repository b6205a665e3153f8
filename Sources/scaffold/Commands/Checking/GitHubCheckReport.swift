import Documents
import Projects
import Rules

/// Findings as commands of a GitHub workflow's log, which shows them beside the lines that they are
/// of.
struct GitHubCheckReport: CheckReport {
  func add(_ project: CheckedProject) -> String {
    let places = FindingPlaces(project.directory)
    var columns = LineColumns(in: project.target.fileSystem)
    var text = ""
    for finding in project.check.findings {
      var properties: [(String, String)] = []
      // One of the project as a whole is of no file.
      if !finding.path.isRoot { properties.append(("file", places.path(finding.path))) }
      if let line = finding.line { properties.append(("line", String(line))) }
      if let column = columns.column(of: finding) { properties.append(("col", String(column))) }
      properties.append(("title", finding.rule))
      let rule = project.check.description(of: finding.rule, level: finding.level)
      let lines = [finding.message, rule.reason] + (finding.remedy.map { [$0] } ?? [])
      text += command(
        finding.level, properties, lines.map { Printable.text($0) }.concatenated(by: "\n"))
    }
    return text
  }

  func add(_ project: UncheckedProject) -> String {
    let message = project.diagnostics.all.first?.message ?? ""
    let name = Printable.text(project.argument)
    return command(
      .error, [("title", "\(name) cannot be checked")], Printable.text(message))
  }

  func finished() -> String { "" }

  private func command(
    _ level: Finding.Level, _ properties: [(name: String, value: String)], _ message: String
  ) -> String {
    let word =
      switch level {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    let list = properties.map { property in
      "\(property.name)=\(Self.escaped(Printable.text(property.value), isProperty: true))"
    }
    return "::\(word) \(list.concatenated(by: ","))::\(Self.escaped(message))\n"
  }

  /// As the runner reads it back.
  private static func escaped(_ text: String, isProperty: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result.append(contentsOf: "%25".unicodeScalars)
      case "\r": result.append(contentsOf: "%0D".unicodeScalars)
      case "\n": result.append(contentsOf: "%0A".unicodeScalars)
      case ":" where isProperty: result.append(contentsOf: "%3A".unicodeScalars)
      case "," where isProperty: result.append(contentsOf: "%2C".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
