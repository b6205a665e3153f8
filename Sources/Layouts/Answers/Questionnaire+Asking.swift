import Documents
import Templating

/// What whoever asks a person has to know beside the questions.
extension Questionnaire {
  /// What is wrong with the values that were given, whatever the other answers will be.
  package var wrongValues: Diagnostics {
    var questionnaire = self
    for variable in manifest.variables {
      // Those of another project's record may not apply, and are left out then.
      if let answer = given[variable.name], !answer.isCarried {
        questionnaire.check(answer, for: variable)
      }
    }
    return questionnaire.diagnostics
  }

  /// The variables that a person has to be asked for, since nothing was given and the default is none
  /// or does not do; nil where anything else is at fault, which no answer to these would mend.
  package var missing: [Variable]? {
    var questionnaire = self
    do {
      _ = try questionnaire.answers()
      return []
    } catch {
      let missing = questionnaire.unanswered
      return error.count == missing.count && missing.allSatisfy(\.isAsked) ? missing : nil
    }
  }

  /// The variables that apply in any case, were not given, and have no default.
  package var required: [Variable] {
    var questionnaire = self
    questionnaire.settleAll()
    return questionnaire.unanswered.filter { $0.defaultTemplate == nil }
  }

  /// What is at fault, whatever will be answered next.
  package struct Fault: Sendable {
    /// Every complaint.
    package let diagnostics: Diagnostics
    /// The variables with a question that the first complaint comes from, and `DIRECTORY` where it
    /// does.
    package let names: [String]
  }

  /// Nil where all is well so far.
  package var fault: Fault? {
    var questionnaire = self
    do {
      if questionnaire.next() == nil {
        _ = try questionnaire.answers()
      } else {
        questionnaire.checkRules()
        try questionnaire.diagnostics.throwIfAny()
      }
      return nil
    } catch {
      return Fault(
        diagnostics: error, names: questionnaire.questions(behind: questionnaire.complainedOf))
    }
  }

  /// Of the answers so far; nil for what has none yet.
  package func answer(to variable: Variable) -> [String]? {
    applies(variable) ? scope[variable.name].map(Answers.texts) : nil
  }

  /// What was asked for where `names` are not: a derived variable comes from what its default and its
  /// condition use.
  private func questions(behind names: [String]) -> [String] {
    var (result, rest) = ([String](), names)
    var seen = NamedValues<Bool>()
    while let name = rest.popLast() {
      if seen[name] != nil { continue }
      seen[name] = true
      guard let variable = variable(named: name), !variable.isAsked else {
        result.append(name)
        continue
      }
      rest += variable.defaultTemplate?.names ?? []
      rest += variable.when?.names ?? []
      for template in variable.additions { rest += template.names }
    }
    return result
  }
}
