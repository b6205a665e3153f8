import Documents
import FileSystems
import FileTrees
import Layouts
import Templating

/// The search for the answers with which a layout gives what is most like a project.
///
/// Nothing of it knows any layout. Names come first, since they are rendered cheaply and people keep
/// them: lists are read from paths, choices are tried one after the other until none does better.
/// Contents decide what names leave open.
struct Fitting {
  let layout: Layout
  let directory: String
  /// What was given, which stays.
  let given: [GivenAnswer]
  let project: ProjectPaths
  let evidence: PathEvidence
  /// The variables that can change a name.
  private let placing: Set<String>
  var contents: ProjectContents
  var budget: Budget
  var state = State()
  /// How much contents are alike with the values of all variables.
  var likenesses: [[Value?]: Int] = [:]

  /// What was found so far.
  struct State {
    var values = NamedValues<Found>()
    /// Lists that stay what their default is, whatever paths say.
    var defaultLists: Set<String> = []
    /// Lists whose order contents have told.
    var orders: [String: [Value]] = [:]

    struct Found {
      var value: Value
      var origin: Fit.Origin
      /// Whether a line says it by itself, in place of being most alike.
      var isRead = false
    }
  }

  var manifest: Manifest { layout.manifest }

  init(
    _ layout: Layout, given: [GivenAnswer], directory: String, project: ProjectPaths,
    _ contents: ProjectContents
  ) {
    self.layout = layout
    self.given = given
    self.directory = directory
    self.project = project
    self.contents = contents
    var budget = layout.limits
    let start = TrialAnswers(
      for: layout.manifest, given: given, directory: directory, spending: &budget)
    self.budget = budget
    evidence = PathEvidence(layout, project, in: start.answers.scope)
    placing = layout.namesThatPlace
  }

  func isGiven(_ variable: Variable) -> Bool { given.contains { $0.name == variable.name } }

  /// Whether names depend on a variable, or rules across variables do.
  func places(_ variable: Variable) -> Bool { placing.contains(variable.name) }

  mutating func run() {
    readPaths()
    chooseByNames()
    // What a line says is believed before what makes all lines most alike; once more, since which
    // lines there are depends on choices.
    for _ in 0..<2 {
      readContents()
      chooseByContents()
      orderByContents()
    }
    takeBackWhatAsksForMore()
  }

  // MARK: Trials

  /// Answers, and how well their names fit.
  struct Trial {
    var answers: TrialAnswers
    var lists: NamedValues<Value>
    var score: Score
    var paths: [RelativePath]
  }

  /// How well names fit: sound answers before others, then by paths.
  struct Score: Comparable {
    var faults = 0
    var brokenRules = 0
    var points = Int.min

    static func < (one: Score, other: Score) -> Bool {
      if one.faults != other.faults { return one.faults > other.faults }
      if one.brokenRules != other.brokenRules { return one.brokenRules > other.brokenRules }
      return one.points < other.points
    }

    /// The same where a rule across variables may be broken for the time being: what keeps to it may be
    /// the next value that is tried.
    var lenient: Score {
      if faults > 0 { return self }
      return Score(points: points - Fitting.costOfRule * brokenRules)
    }
  }

  /// What a broken rule counts, in paths that are missing.
  private static let costOfRule = 3

  /// What a path that is there counts, where one that is not takes away one: people leave out more of a
  /// document's shape than they happen to have alike.
  private static let worthOfPath = 4

  func trial(_ state: State) -> Trial {
    let (answers, lists) = answers(state)
    var trial = Trial(
      answers: answers, lists: lists,
      score: Score(faults: answers.faults, brokenRules: answers.brokenRules), paths: [])
    guard answers.faults == 0 else { return trial }
    // Each trial pays for itself: there are a few for each variable.
    var budget = layout.limits
    guard let paths = layout.filePaths(with: answers.answers, spending: &budget) else {
      trial.score.faults = 1
      return trial
    }
    let equal = paths.count(where: project.has)
    trial.paths = paths
    trial.score.points = Self.worthOfPath * equal - (paths.count - equal)
    return trial
  }

  private func answers(_ state: State) -> (TrialAnswers, NamedValues<Value>) {
    var lists = NamedValues<Value>()
    var answers = trialAnswers(state, lists)
    // Conditions of layers may depend on lists, and lists on layers that apply.
    for _ in 0..<2 {
      let before = lists
      lists = self.lists(state, answers)
      if lists.items.elementsEqual(before.items, by: { $0 == $1 }) { break }
      answers = trialAnswers(state, lists)
    }
    // What a list that grows has got by itself stays in it, whether it is there or not.
    for variable in manifest.variables where variable.isGrowing && !isGiven(variable) {
      guard let list = grown(variable, state, lists, answers) else { continue }
      lists[variable.name] = list
      answers = trialAnswers(state, lists)
    }
    return (answers, lists)
  }

  private func trialAnswers(_ state: State, _ lists: NamedValues<Value>) -> TrialAnswers {
    var budget = layout.limits
    return TrialAnswers(
      for: manifest, given: given + found(state, lists), directory: directory,
      spending: &budget)
  }

  /// What was found as answers. Who has a role in a list is left out where the list is another one by
  /// now.
  func found(_ state: State, _ lists: NamedValues<Value>) -> [GivenAnswer] {
    manifest.variables.compactMap { variable in
      if isGiven(variable) { return nil }
      if let list = lists[variable.name] { return variable.answer(list) }
      guard let value = state.values[variable.name]?.value else { return nil }
      guard let list = variable.list, case .list(let items)? = lists[list] else {
        return variable.answer(value)
      }
      guard case .list(let holders) = value else {
        return items.contains(value) ? variable.answer(value) : nil
      }
      guard holders.allSatisfy(items.contains) else { return nil }
      return variable.answer(.list(items.filter(holders.contains)))
    }
  }
}
