import Documents
import FileTrees
import Layouts
import Templating

// What paths say by themselves.

extension Fitting {
  /// Takes the values that stand in paths: `src/<<PACKAGE>>/app.py`.
  mutating func readPaths() {
    for variable in manifest.variables where variable.isFree && !isGiven(variable) {
      guard let value = evidence.value(of: variable.name) else { continue }
      state.values[variable.name] = State.Found(value: value, origin: .paths)
    }
  }

  /// The items that paths give the lists for which layers are repeated.
  ///
  /// - Parameter answers: decide which layers apply.
  func lists(_ state: State, _ answers: TrialAnswers) -> NamedValues<Value> {
    var result = NamedValues<Value>()
    var shares: [String: [Value: Share]] = [:]
    for variable in manifest.variables
    where !isGiven(variable) && !variable.isGrowing
      && !state.defaultLists.contains(variable.name)
    {
      guard let items = evidence.items[variable.name] else { continue }
      var found: [Value: Share] = [:]
      for item in items { found[item.value] = share(of: item, in: variable, answers.answers.scope) }
      shares[variable.name] = found
    }
    for variable in manifest.variables {
      guard var found = shares[variable.name] else {
        // Or what lines have told.
        if case .list(let items)? = state.values[variable.name]?.value, variable.list == nil,
          variable.itemOptions(in: answers.answers) == nil
        {
          result[variable.name] = .list(inOrder(items, of: variable, state) ?? items)
        }
        continue
      }
      // What can be in one of two lists is in the one that has more of it.
      for other in manifest.variables
      where other.name == variable.distinctFrom || other.distinctFrom == variable.name {
        guard let others = shares[other.name] else { continue }
        found = found.filter { value, share in
          others[value].map { share.isMore(than: $0, isFirst: variable.distinctFrom == nil) }
            ?? true
        }
      }
      let items = likely(found)
      if items.isEmpty { continue }
      let list = accepted(
        inOrder(items, of: variable, state) ?? ordered(items, of: variable, answers.answers),
        by: variable)
      if !list.isEmpty { result[variable.name] = .list(list) }
    }
    return result
  }

  /// A list that gets by itself what it lacks: that, and what paths have besides.
  func grown(
    _ variable: Variable, _ state: State, _ lists: NamedValues<Value>, _ answers: TrialAnswers
  ) -> Value? {
    guard let items = evidence.items[variable.name],
      case .list(let own)? = answers.answers.values[variable.name]
    else { return nil }
    var found: [Value: Share] = [:]
    for item in items where !own.contains(item.value) {
      found[item.value] = share(of: item, in: variable, answers.answers.scope)
    }
    let others = ordered(found.filter(\.value.isEnough).map(\.key), of: variable, answers.answers)
    let all = own + others
    let list = accepted(inOrder(all, of: variable, state) ?? all, by: variable)
    return list.isEmpty ? nil : .list(list)
  }

  /// The items in the order that contents have told, where it is one of these.
  private func inOrder(_ items: [Value], of list: Variable, _ state: State) -> [Value]? {
    state.orders[list.name].flatMap { Set($0) == Set(items) ? $0 : nil }
  }

  /// How much there is of what the layers would give an item.
  private struct Share {
    var matched = 0
    var all = 0

    /// Whether there is enough of it: a third. A name that is in two places may be a helper's.
    var isEnough: Bool { 3 * matched >= all && matched > 0 }

    func isMore(than other: Share, isFirst: Bool) -> Bool {
      let (one, another) = (matched * other.all, other.matched * all)
      return one == another ? isFirst : one > another
    }
  }

  private func share(of item: PathEvidence.Item, in list: Variable, _ scope: Scope) -> Share {
    var share = Share()
    var applying: [Int: Bool] = [:]
    for (number, form) in evidence.forms.enumerated() {
      guard let loop = form.loops.first(where: { $0.list == list.name }) else { continue }
      let applies: Bool
      if let known = applying[form.layerIndex] {
        applies = known
      } else {
        let inner = scope.binding(ItemNames(loop.item), to: 0, of: [item.value])
        applies = form.layer.when?.holds(in: inner) ?? true
        applying[form.layerIndex] = applies
      }
      guard applies else { continue }
      share.all += 1
      if item.places[number] != nil { share.matched += 1 }
    }
    return share
  }

  /// Those of which there is enough; where there is none, those of which there is most.
  private func likely(_ found: [Value: Share]) -> [Value] {
    let enough = found.filter(\.value.isEnough).map(\.key)
    if !enough.isEmpty { return enough }
    let most = found.values.map(\.matched).max() ?? 0
    return most == 0 ? [] : found.filter { $0.value.matched == most }.map(\.key)
  }

  /// By the numbers in paths; else as the default has them, then by their names.
  private func ordered(_ items: [Value], of list: Variable, _ answers: Answers) -> [Value] {
    var defaults: [Value] = []
    if case .list(let items)? = answers.values[list.name] { defaults = items }
    var keys: [Value: (Int, Int, String)] = [:]
    for item in evidence.items[list.name] ?? [] {
      let places = item.places.values.compactMap { $0 }
      keys[item.value] = (
        places.min() ?? .max, defaults.firstIndex(of: item.value) ?? .max, item.value.word
      )
    }
    let last = (Int.max, Int.max, "")
    return items.sorted { (keys[$0] ?? last) < (keys[$1] ?? last) }
  }

  /// As many of the items as can stand beside each other.
  private func accepted(_ items: [Value], by list: Variable) -> [Value] {
    if list.accepts(.list(items)) { return items }
    var result: [Value] = []
    var rest = list
    guard case .list(let kind, let count) = list.kind else { return [] }
    rest.kind = .list(of: kind, count: 0...count.upperBound)
    for item in items where rest.accepts(.list(result + [item])) { result.append(item) }
    return list.accepts(.list(result)) ? result : []
  }
}

extension Value {
  /// What a list is sorted by, and what files call an item.
  var word: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .flag, .list: ""
    }
  }
}
