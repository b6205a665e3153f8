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
      return isAnother(variable, than: trial)
    }
  }

  /// Where each answer comes from.
  func origins(_ trial: Trial) -> [Fit.Answer] {
    let worth = Set(worthTelling(trial).map(\.name))
    return trial.answers.applying.compactMap { variable in
      guard let value = trial.answers.answers.values[variable.name] else { return nil }
      let origin: Fit.Origin
      if isGiven(variable) {
        origin = .given
      } else if trial.lists[variable.name] != nil {
        origin = .paths
      } else {
        origin =
          state.values[variable.name].map { found in
            // One of several that fit alike, and better than the default.
            found.origin == .defaults && isAnother(variable, than: trial) ? .paths : found.origin
          } ?? .defaults
      }
      guard variable.isAsked || origin == .given || worth.contains(variable.name) else {
        return nil
      }
      return Fit.Answer(variable: variable, value: value, origin: origin)
    }
  }

  /// Whether a variable would have another value if nothing had been found for it.
  private func isAnother(_ variable: Variable, than trial: Trial) -> Bool {
    var budget = layout.limits
    let others = found(state, trial.lists).filter { $0.name != variable.name }
    let without = TrialAnswers(
      for: manifest, given: given + others, directory: directory, spending: &budget)
    let values = (without.answers.values, trial.answers.answers.values)
    return values.0[variable.name] != values.1[variable.name]
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
