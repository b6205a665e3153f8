import Documents
import Templating

/// Answers that need not be sound, so that one can be held against another while they are looked for.
package struct TrialAnswers: Sendable {
  /// What nobody has answered has a word like an example's.
  package let answers: Answers
  /// The variables of those.
  package let unanswered: [String]
  /// Values that break a rule of their own: nothing can be rendered with them.
  package let faults: Int
  /// Rules across variables that are broken.
  package let brokenRules: Int
  /// The variables that apply.
  package let applying: [Variable]

  /// - Parameters:
  ///   - given: at most one for each variable, each of a declared name.
  ///   - directory: as of `Answers`.
  ///   - budget: pays for it.
  package init(
    for manifest: Manifest, given: [GivenAnswer], directory: String,
    spending budget: inout Budget
  ) {
    var given = given
    var unanswered: [String] = []
    var questionnaire = Questionnaire(
      for: manifest, given: given, directory: directory, within: budget)
    questionnaire.settleAll()
    // One example may have others asked for.
    for _ in manifest.variables {
      budget = questionnaire.budget
      let open = questionnaire.unanswered.filter { !unanswered.contains($0.name) }
      if open.isEmpty { break }
      for variable in open {
        unanswered.append(variable.name)
        given.append(variable.exampleAnswer)
      }
      questionnaire = Questionnaire(
        for: manifest, given: given, directory: directory, within: budget)
      questionnaire.settleAll()
    }
    self.unanswered = unanswered
    faults = questionnaire.diagnostics.count
    if faults == 0 { questionnaire.checkRules() }
    brokenRules = questionnaire.diagnostics.count - faults
    answers = questionnaire.result
    applying = manifest.variables.filter(questionnaire.applies)
    budget = questionnaire.budget
  }
}
