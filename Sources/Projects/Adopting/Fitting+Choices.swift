import Documents
import FileTrees
import Layouts
import Templating

// Variables with few values, of which each is tried.

extension Fitting {
  /// More often than this nothing is tried again.
  private static let mostRounds = 4

  /// Takes for each variable the value with which names fit best, as long as that makes any better. Of
  /// equal ones the first is kept, which is the default.
  mutating func chooseByNames() {
    var best = trial(state)
    climb(from: &best) { $0.lenient < $1.lenient }
    climb(from: &best, by: <)
    markWhatNamesTell(best)
  }

  private mutating func climb(from best: inout Trial, by isWorse: (Score, Score) -> Bool) {
    let open = manifest.variables.filter { places($0) && !isGiven($0) }
    // Whether a list is what paths say is asked last: who has a role in it may first have to get it.
    let isList = { [evidence] (variable: Variable) in evidence.items[variable.name] != nil }
    let order = open.filter { !isList($0) } + open.filter(isList)
    for _ in 0..<Self.mostRounds {
      var isBetter = false
      for variable in order {
        for next in alternatives(to: variable, best) {
          let other = trial(next)
          if isWorse(best.score, other.score) {
            (best, state) = (other, next)
            isBetter = true
          }
        }
      }
      if !isBetter { return }
    }
  }

  /// States that differ in one value of one variable.
  func alternatives(to variable: Variable, _ trial: Trial) -> [State] {
    let answers = trial.answers.answers
    let present = answers.values[variable.name]
    if let options = variable.options(in: answers) {
      return options.filter { $0 != present }.map { with($0, for: variable) }
    }
    if let options = variable.itemOptions(in: answers), case .list(let items)? = present {
      return selections(of: options, besides: items).map { with(.list($0), for: variable) }
    }
    guard evidence.items[variable.name] != nil else { return [] }
    var other = state
    if other.defaultLists.remove(variable.name) == nil { other.defaultLists.insert(variable.name) }
    return [other]
  }

  /// Of few options every selection is tried, of others each that has one more or one less.
  private func selections(of options: [Value], besides items: [Value]) -> [[Value]] {
    guard options.count <= Self.mostSelected else {
      return options.map { option in
        options.filter { ($0 == option) != items.contains($0) }
      }
    }
    return (1..<1 << options.count).map { bits in
      options.indices.filter { bits >> $0 & 1 == 1 }.map { options[$0] }
    }.filter { $0 != items }
  }

  private static let mostSelected = 4

  private func with(_ value: Value, for variable: Variable) -> State {
    var other = state
    other.values[variable.name] = State.Found(value: value, origin: .paths)
    return other
  }

  /// A value is told by names where any other one gives names that fit worse.
  private mutating func markWhatNamesTell(_ best: Trial) {
    for variable in manifest.variables where !isGiven(variable) {
      guard
        variable.options(in: best.answers.answers) != nil
          || variable.itemOptions(in: best.answers.answers) != nil
      else { continue }
      let applies = best.answers.applying.contains { $0.name == variable.name }
      // What a rule forbids tells nothing.
      let others =
        applies && places(variable)
        ? alternatives(to: variable, best).map { trial($0).score }.filter {
          $0.faults == best.score.faults && $0.brokenRules <= best.score.brokenRules
        } : []
      let isTold = !others.isEmpty && others.allSatisfy { $0 < best.score }
      if isTold, let value = best.answers.answers.values[variable.name] {
        state.values[variable.name] = State.Found(value: value, origin: .paths)
      } else if !isTold, state.values[variable.name] != nil {
        state.values[variable.name]?.origin = .defaults
      }
    }
  }
}
