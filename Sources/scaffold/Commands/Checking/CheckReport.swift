import Console
import Documents
import FileTrees
import Projects
import Rules

/// How the projects of a run are shown, one after the other: each method gives what is to be printed
/// next.
protocol CheckReport {
  mutating func add(_ project: CheckedProject) -> String
  mutating func add(_ project: UncheckedProject) -> String
  mutating func finished() -> String
}

/// A project with what was found in it.
struct CheckedProject {
  var directory: DirectoryArgument
  var target: Target
  var check: Check
  /// What `--fix` has made, or in a dry run would make; nil without it.
  var fix: Fix?

  struct Fix {
    var plan: Plan
    var isDryRun: Bool

    /// The files that are made.
    var paths: [RelativePath] { plan.changes.filter { !$0.isDirectory }.map(\.path) }
  }

  /// Of errors, warnings and notes.
  func count(_ level: Finding.Level) -> Int {
    check.findings.count { $0.level == level }
  }
}

/// A project that could not be checked, and why.
struct UncheckedProject {
  /// As it was given.
  var argument: String
  var diagnostics: Diagnostics
  var code: Program.ExitCode
}

extension CheckOptions.Format {
  /// - Parameter isSingle: whether there is one project, and what is found in it is shown at length.
  func report(isSingle: Bool, _ style: Style) -> any CheckReport {
    switch self {
    case .text: TextCheckReport(isSingle: isSingle, style)
    case .json: JSONCheckReport(isSingle: isSingle)
    case .sarif: SARIFCheckReport()
    case .github: GitHubCheckReport()
    }
  }
}
