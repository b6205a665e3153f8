import Documents
import FileSystems
import FileTrees
import Templating

/// Holds a project against rules. It reads, and changes nothing.
package struct RuleCheck {
  let book: RuleBook
  private let scope: Scope
  var view: ProjectView
  /// What globs have found, since several rules have the same.
  private var expansions: [Expansion: [GlobWalk.Hit]] = [:]
  var found: [Finding] = []
  /// What is to be looked into and is not there.
  var absent: [Absence] = []

  private struct Expansion: Hashable {
    var glob: String
    var forms: [Rule.Form]
  }

  /// - Parameters:
  ///   - scope: the values of the layout's variables, for conditions.
  ///   - project: rooted at its directory.
  ///   - budget: pays for it: the entries that are listed, the contents that are read, steps.
  package init(
    _ book: RuleBook, scope: Scope, project: any ReadableFileSystem,
    spending budget: Budget = Budget()
  ) {
    self.book = book
    self.scope = scope
    view = ProjectView(project, spending: budget)
  }

  /// In their order.
  ///
  /// - Throws: that a directory or a file cannot be read, or that all of it is too much.
  package mutating func findings() throws(RuleCheckFailure) -> [Finding] {
    // Many paths begin there, and its names tell what is not there at once.
    _ = try view.listing(of: .root)
    var files: [RelativePath: [FileQuestion]] = [:]
    for rule in book.rules where try applies(rule) {
      let subjects = try subjects(of: rule)
      for subject in subjects {
        for glob in rule.demands.required { try require(glob, for: subject, rule) }
        for glob in rule.demands.forbidden { try forbid(glob, for: subject, rule) }
        guard rule.demands.looksIntoFiles, let hit = subject.hit else { continue }
        for (path, question) in try questions(rule, hit) {
          files[path, default: []].append(question)
        }
      }
      if let numbers = rule.demands.numbers { number(subjects.compactMap(\.hit), numbers, rule) }
      tellObstacles(rule)
    }
    try tellAbsences()
    // Each file is read once, whatever the number of rules.
    for (path, questions) in files.sorted(by: { $0.key < $1.key }) {
      try look(into: path, questions)
    }
    return found.sorted()
  }

  private mutating func applies(_ rule: Rule) throws(RuleCheckFailure) -> Bool {
    guard let condition = rule.when else { return true }
    let scope = scope
    return try view.spending { budget throws(Overrun) in
      try condition.holds(in: scope, spending: &budget)
    }
  }

  /// What a rule is of: the project itself, or each path that its globs find.
  struct Subject {
    /// Nil for the project.
    var hit: GlobWalk.Hit?

    var captures: Captures { hit?.captures ?? Captures() }
  }

  private mutating func subjects(of rule: Rule) throws(RuleCheckFailure) -> [Subject] {
    let globs = rule.subject.globs
    if globs.isEmpty { return [Subject()] }
    var left: Set<RelativePath> = []
    for glob in rule.exceptions {
      for hit in try hits(of: glob, rule) { left.insert(hit.path) }
    }
    var subjects: [Subject] = []
    for glob in globs {
      for hit in try hits(of: glob, rule) where left.insert(hit.path).inserted {
        let isWanted = glob.isDirectory ? hit.kind == .directory : hit.kind != .directory
        if isWanted { subjects.append(Subject(hit: hit)) }
      }
    }
    return subjects
  }

  /// What a glob finds, of whatever kind it is.
  mutating func hits(
    of glob: CapturingGlob, _ rule: Rule
  ) throws(RuleCheckFailure) -> [GlobWalk.Hit] {
    let key = Expansion(glob: glob.text, forms: rule.forms)
    if let known = expansions[key] { return known }
    var walk = GlobWalk(glob, book.forms(of: rule))
    let hits = try walk.hits(in: &view)
    expansions[key] = hits
    return hits
  }

  // MARK: Findings

  mutating func report(
    _ rule: Rule, _ path: RelativePath, line: Int? = nil, column: Int? = nil,
    _ message: String, remedy: String?, for captures: Captures, isMissing: Bool = false
  ) {
    found.append(
      Finding(
        rule: book.layout + "/" + rule.id, path: path, line: line, column: column,
        message: message, remedy: rule.remedy.map { captures.fill($0) } ?? remedy,
        isMissing: isMissing))
  }

  private mutating func tellObstacles(_ rule: Rule) {
    for obstacle in view.takeObstacles() {
      let name = obstacle.name.map { "“\(Printable.text($0))”" }
      found.append(
        Finding(
          rule: book.layout + "/" + rule.id, path: obstacle.directory,
          message: name.map { "the name \($0) is no safe path, and was not looked at" }
            ?? "the directory has a name that is not UTF-8, and was not looked through",
          remedy: "give it another name"))
    }
  }
}
