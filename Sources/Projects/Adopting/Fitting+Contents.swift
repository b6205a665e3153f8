import Documents
import FileTrees
import Layouts
import Templating

// What the contents of files say.

extension Fitting {
  /// Reads values from lines: where a line of a template has one variable in it, and text around that,
  /// a line of the project's file of the same form has its value. The value of most lines counts.
  mutating func readContents() {
    let trial = trial(state)
    guard trial.answers.faults == 0,
      let rendered = try? layout.rendered(with: trial.answers.answers)
    else { return }
    var votes: [String: [Value: Int]] = [:]
    let scope = trial.answers.answers.scope
    let sought = Set(trial.answers.applying.filter { isOpen($0, trial) }.map(\.name))
    if sought.isEmpty { return }
    for entry in rendered.tree.entries {
      guard let number = entry.leaf, project.has(entry.path) else { continue }
      let forms = rendered.lines(ofFile: number).filter { form in
        form.fixedCount >= Self.leastFixed && form.names.count == 1
          && sought.contains(form.names[0])
      }
      guard !forms.isEmpty, let text = contents.file(at: entry.path)?.text else { continue }
      for (name, value) in values(of: forms, in: text, scope) {
        votes[name, default: [:]][value, default: 0] += 1
      }
    }
    for variable in manifest.variables {
      guard let counts = votes[variable.name] else { continue }
      take(counts, for: variable, scope[variable.name])
    }
  }

  /// Bytes that a line has besides the value: with fewer, too much is of its form.
  private static let leastFixed = 2

  /// Whether contents may tell a variable: what paths tell is told, and what nobody is asked for is
  /// made of other answers, whatever somebody has edited.
  private func isOpen(_ variable: Variable, _ trial: Trial) -> Bool {
    guard variable.isAsked, !isGiven(variable), !variable.kind.isList,
      trial.lists[variable.name] == nil
    else { return false }
    switch state.values[variable.name]?.origin {
    case .paths?, .contents?: return false
    case .defaults?, .given?, nil: return true
    }
  }

  /// One value for each form that the text has, where all lines of that form agree.
  private func values(
    of forms: [TextForm], in text: [UInt8], _ scope: Scope
  ) -> [(name: String, value: Value)] {
    let lines = text.split(separator: UInt8(ascii: "\n")).map { line -> ArraySlice<UInt8> in
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
    var result: [(name: String, value: Value)] = []
    for form in forms {
      guard let variable = manifest.variable(named: form.names[0]) else { continue }
      if let value = value(of: variable, form, in: lines, scope) {
        result.append((variable.name, value))
      }
    }
    return result
  }

  private func value(
    of variable: Variable, _ form: TextForm, in lines: [ArraySlice<UInt8>], _ scope: Scope
  ) -> Value? {
    let present = scope[variable.name].map { [$0] } ?? []
    var found: [Value]?
    for line in lines where line.count <= Self.longestLine {
      for capture in form.captures(in: line) ?? [] {
        let values = capture.values(in: scope, trying: present).filter { variable.accepts($0) }
        found = found.map { $0.filter(values.contains) } ?? values
      }
      if found?.isEmpty == true { return nil }
    }
    return found?.first
  }

  /// In bytes; a longer one is none that somebody wrote.
  private static let longestLine = 4096

  private mutating func take(_ counts: [Value: Int], for variable: Variable, _ present: Value?) {
    let most = counts.values.max() ?? 0
    let best = counts.filter { $0.value == most }.map(\.key)
    let value: Value
    if let present, best.contains(present) {
      value = present
    } else if best.count == 1 {
      value = best[0]
    } else {
      return
    }
    var other = state
    other.values[variable.name] = State.Found(value: value, origin: .contents)
    // A value that breaks a rule together with others is none.
    let (before, after) = (trial(state), trial(other))
    if after.score >= before.score { state = other }
  }

  // MARK: Choices

  /// Takes for each variable that names leave open the value that makes contents most alike.
  mutating func chooseByContents() {
    var best = trial(state)
    for variable in manifest.variables where !isGiven(variable) {
      let applies = best.answers.applying.contains { $0.name == variable.name }
      guard applies, variable.isAsked, variable.isChosen(in: best.answers.answers) else { continue }
      switch state.values[variable.name]?.origin {
      case .paths?, .contents?: continue
      case .defaults?, .given?, nil: break
      }
      var likeness = self.likeness(best)
      var isTold = false
      for next in alternatives(to: variable, best) {
        let other = trial(next)
        guard other.score >= best.score else { continue }
        let othersLikeness = self.likeness(other)
        if othersLikeness != likeness { isTold = true }
        if othersLikeness > likeness { (best, state, likeness) = (other, next, othersLikeness) }
      }
      guard isTold, let value = best.answers.answers.values[variable.name] else { continue }
      state.values[variable.name] = State.Found(value: value, origin: .contents)
    }
  }

  /// What all files that are there have in common with what the layout gives.
  private mutating func likeness(_ trial: Trial) -> Int {
    guard let rendered = try? layout.rendered(with: trial.answers.answers) else { return .min }
    var rest = rendered.renderedContents
    var sum = 0
    for entry in rendered.tree.entries {
      guard let number = entry.leaf, project.has(entry.path),
        let file = contents.file(at: entry.path)
      else { continue }
      let blob = rendered.files[number].blob
      if file.blob == blob.id {
        sum += Self.worthOfEqual
      } else if let known = likenesses[LikenessKey(path: entry.path, blob: blob.id)] {
        sum += known
      } else if case .bytes(let text)? = try? rest.content(ofFile: number) {
        let likeness = contents.likeness(of: entry.path, to: text)
        likenesses[LikenessKey(path: entry.path, blob: blob.id)] = likeness
        sum += likeness
      }
    }
    return sum
  }

  /// More than all lines alike, in another order or with other blanks.
  private static let worthOfEqual = 1100

  struct LikenessKey: Hashable {
    let path: RelativePath
    let blob: GitObjectID
  }

  // MARK: Orders

  /// Lists of more items are left in the order that paths give them.
  private static let mostOrdered = 12

  /// Puts the items of lists into the order that makes contents most alike, as far as no number in a
  /// path has told it.
  mutating func orderByContents() {
    var best = trial(state)
    for variable in manifest.variables {
      guard case .list(var items)? = best.lists[variable.name], items.count > 1,
        items.count <= Self.mostOrdered, !evidence.hasPlaces(in: variable.name)
      else { continue }
      var likeness = self.likeness(best)
      var isBetter = true
      var rounds = items.count
      while isBetter, rounds > 0 {
        isBetter = false
        rounds -= 1
        for index in 1..<items.count {
          var swapped = items
          swapped.swapAt(index - 1, index)
          var next = state
          next.orders[variable.name] = swapped
          let other = trial(next)
          guard other.score >= best.score, other.lists[variable.name] == .list(swapped) else {
            continue
          }
          let othersLikeness = self.likeness(other)
          if othersLikeness > likeness {
            (best, state, items, likeness) = (other, next, swapped, othersLikeness)
            isBetter = true
          }
        }
      }
    }
  }
}

extension Variable {
  /// Whether its values are few enough to be tried.
  fileprivate func isChosen(in answers: Answers) -> Bool {
    options(in: answers) != nil || itemOptions(in: answers) != nil
  }
}
