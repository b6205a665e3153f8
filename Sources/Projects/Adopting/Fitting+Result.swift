import Documents
import Layouts
import Templating

extension Fitting {
  /// What was found, without what a default gives by itself where nobody is asked: what is derived stays
  /// derived.
  func worthTelling(_ trial: Trial) -> [GivenAnswer] {
    let all = found(state, trial.lists)
    return all.filter { answer in
      guard let variable = manifest.variable(named: answer.name), !variable.isAsked else {
        return true
      }
      var budget = layout.limits
      let others = all.filter { $0.name != answer.name }
      let without = TrialAnswers(
        for: manifest, given: given + others, directory: directory, spending: &budget)
      let values = (without.answers.values[answer.name], trial.answers.answers.values[answer.name])
      return values.0 != values.1
    }
  }

  /// Where each answer comes from.
  func origins(_ trial: Trial) -> [Fit.Answer] {
    trial.answers.applying.compactMap { variable in
      guard let value = trial.answers.answers.values[variable.name] else { return nil }
      let origin: Fit.Origin
      if isGiven(variable) {
        origin = .given
      } else if trial.lists[variable.name] != nil {
        origin = .paths
      } else {
        origin = state.values[variable.name]?.origin ?? .defaults
      }
      guard variable.isAsked || origin != .defaults else { return nil }
      return Fit.Answer(variable: variable, value: value, origin: origin)
    }
  }

  /// Where a value that was chosen has something asked for that nothing tells, the value was no good
  /// guess: a file `LICENSE` is not the layout's because it is there.
  mutating func takeBackWhatAsksForMore() {
    let unanswered = trial(state).answers.unanswered
    for name in unanswered {
      guard let condition = manifest.variable(named: name)?.when else { continue }
      for other in condition.names { state.values[other] = nil }
    }
  }
}
