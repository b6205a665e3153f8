import Console
import Documents
import FileTrees
import Layouts
import Projects

/// How far a layout fits a project, as it is shown.
struct FitReport {
  enum Format: String, CaseIterable {
    case text
    case json
  }

  /// Of the format that is described in the README: counts its incompatible changes.
  private static let jsonVersion = 1

  private let fit: Fit
  private let plan: Plan
  private let isDryRun: Bool
  private let isWhole: Bool
  private let style: Style

  /// - Parameter isWhole: whether every path is listed, of the files that are as they should be too.
  init(_ fit: Fit, _ plan: Plan, isDryRun: Bool, isWhole: Bool = false, _ style: Style) {
    self.isDryRun = isDryRun
    self.isWhole = isWhole
    self.fit = fit
    self.plan = plan
    self.style = style
  }

  func text(_ format: Format) -> String {
    switch format {
    case .text: text
    case .json: json.pretty
    }
  }

  private var comparison: Fit.Comparison { fit.comparison }

  // MARK: Remarks

  /// What makes it doubtful that the layout is the right one.
  var warnings: Diagnostics {
    var warnings = Diagnostics()
    if comparison.isPoor {
      let there = comparison.equal.count + comparison.different.count
      warnings.add(
        Diagnostic(
          "this fits badly: \(there) of the \(Self.files(comparison.count)) of \(layoutName)"
            + " \(there == 1 ? "is" : "are") there",
          help: "what is missing counts as removed by you, and no update makes it; another layout"
            + " may fit better, or other answers: “scaffold show"
            + " \(ShellWord.quoted(fit.layout.reference.text))” lists them"))
    }
    if comparison.isCut {
      warnings.add(
        Diagnostic("the directory has more files than are looked at; some were left out"))
    }
    for directory in comparison.unreadable {
      warnings.add(
        Diagnostic(
          "“\(Printable.text(plan.target.displayName(of: directory)))” cannot be looked into"))
    }
    return warnings
  }

  /// The answers that nothing has told, with the options that give others; nil when all were told.
  var remarkOnUntold: String? {
    let untold = untold
    if untold.isEmpty { return nil }
    let calls = untold.map { Printable.text($0.variable.call) }
    return "nothing in the project tells \(untold.map(\.variable.name).concatenated(by: ", ")):"
      + " the \(untold.count == 1 ? "default is" : "defaults are") taken;"
      + " \(calls.concatenated(by: ", ")) \(untold.count == 1 ? "gives another" : "give others")"
  }

  private var untold: [Fit.Answer] { fit.origins.filter { $0.origin == .defaults } }

  // MARK: Text

  private var layoutName: String {
    Printable.text("\(fit.layout.name) \(plan.origin.layout.version)")
  }

  private var text: String {
    let name = Printable.text(ShellWord.quoted(plan.target.displayName))
    var text = style.bold("Answers:") + "\n"
    let rows = fit.origins.map { answer in
      Wrapping.Row(
        answer.variable.name,
        "\(Printable.text(answer.json.typed)) (\(Self.explanation(answer.origin)))")
    }
    text += style.table(rows)
    text += "\n" + style.bold("Files:") + "\n"
    for (paths, what) in [
      (comparison.different, "other than the layout has them; they count as edited by you"),
      (comparison.missing, "not there; they count as removed by you"),
      (comparison.own, "your own"),
    ] where !paths.isEmpty {
      text += style.sentences("  \(paths.count) \(what)\n") + list(paths)
    }
    text += style.sentences("  \(comparison.equal.count) as the layout has them\n")
    if isWhole { text += list(comparison.equal) }
    let there = comparison.equal.count + comparison.different.count
    text += style.sentences(
      "\n\(headline) \(name): \(there) of \(Self.files(comparison.count)) of \(layoutName)"
        + " \(there == 1 ? "is" : "are") there\n")
    return text
  }

  private var headline: String {
    isDryRun ? "Would adopt" : style.green("Adopted")
  }

  /// More paths of a kind are counted.
  private static let longestList = 12

  private func list(_ paths: [RelativePath]) -> String {
    var text = ""
    let shown = paths.prefix(isWhole ? .max : Self.longestList)
    for path in shown { text += "    \(Printable.text(path.string))\n" }
    if paths.count > shown.count {
      text += "    \(style.charset.ellipsis) and \(paths.count - shown.count) more\n"
    }
    return text
  }

  private static func files(_ count: Int) -> String {
    count == 1 ? "1 file" : "\(count) files"
  }

  private static func explanation(_ origin: Fit.Origin) -> String {
    switch origin {
    case .given: "given"
    case .paths: "from paths"
    case .contents: "from the lines of files"
    case .defaults: "default: nothing tells it"
    }
  }

  // MARK: JSON

  private var json: JSON {
    let layout = plan.origin.layout
    func paths(_ paths: [RelativePath]) -> JSON { .array(paths.map { .string($0.string) }) }
    return .object([
      .init("version", .integer(Self.jsonVersion)),
      .init(
        "layout",
        .object([
          .init("name", .string(layout.name)), .init("version", .string(layout.version)),
          .init("digest", .string(layout.digest)),
        ])),
      .init("target", .string(plan.target.displayName)),
      .init("done", .flag(!isDryRun)),
      .init("answers", .object(fit.answers.recordedMembers)),
      .init(
        "origins",
        .object(
          fit.origins.map { .init($0.variable.name, .string($0.origin.rawValue)) })),
      .init(
        "files",
        .object([
          .init("equal", paths(comparison.equal)), .init("different", paths(comparison.different)),
          .init("missing", paths(comparison.missing)), .init("own", paths(comparison.own)),
        ])),
      .init(
        "summary",
        .object([
          .init("equal", .integer(comparison.equal.count)),
          .init("different", .integer(comparison.different.count)),
          .init("missing", .integer(comparison.missing.count)),
          .init("own", .integer(comparison.own.count)),
          .init("poor", .flag(comparison.isPoor)),
          .init("complete", .flag(!comparison.isCut && comparison.unreadable.isEmpty)),
        ])),
    ])
  }
}
