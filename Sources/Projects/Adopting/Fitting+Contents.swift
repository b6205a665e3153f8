import Documents
import FileTrees
import Layouts
import Templating

// What the contents of files say.

extension Fitting {
  /// Reads values from lines: where a line of a template has one variable in it that is not known, and
  /// text around that, a line of the project's file of the same form has its value. The value of most
  /// lines counts. Lines in loops tell items of lists in the same way.
  mutating func readContents() {
    let trial = trial(state)
    let sought = Set(trial.answers.applying.filter { isOpen($0, trial) }.map(\.name))
    guard !sought.isEmpty, trial.answers.faults == 0,
      let rendered = try? layout.rendered(with: trial.answers.answers)
    else { return }
    let scope = trial.answers.answers.scope
    let known = Set(manifest.variables.filter { isTold($0) }.map(\.name))
    var votes = Votes()
    for entry in rendered.tree.entries {
      guard let number = entry.leaf, project.has(entry.path) else { continue }
      let lines = rendered.lines(ofFile: number, open: sought).filter { line in
        sought.contains(line.loop?.list ?? "") || line.form.names.contains(where: sought.contains)
      }
      guard !lines.isEmpty, let text = contents.file(at: entry.path)?.text else { continue }
      let own = Self.lines(of: text)
      for line in lines { count(line, among: own, scope, known, sought, in: &votes) }
    }
    for variable in manifest.variables where sought.contains(variable.name) {
      take(votes, for: variable, scope[variable.name])
    }
  }

  /// What lines speak for.
  private struct Votes {
    var values: [String: [Value: Int]] = [:]
    /// Items of lists, in the order in which they were found.
    var items: [String: [(value: Value, count: Int)]] = [:]
  }

  /// Bytes that a line has besides the value: with fewer, too much is of its form.
  private static let leastFixed = 2

  /// Whether contents may tell a variable: what paths tell is told, and what nobody is asked for is
  /// made of other answers, whatever somebody has edited.
  private func isOpen(_ variable: Variable, _ trial: Trial) -> Bool {
    if isTold(variable) || trial.lists[variable.name] != nil { return false }
    guard case .list = variable.kind else { return variable.isAsked && !variable.kind.isList }
    return variable.list == nil && !variable.isGrowing && (variable.isAsked || hasLayers(variable))
  }

  /// Whether layers are repeated for the items of a list.
  private func hasLayers(_ list: Variable) -> Bool {
    manifest.layers.contains { $0.loops.contains { $0.list == list.name } }
  }

  /// Whether it was given, or found.
  private func isTold(_ variable: Variable) -> Bool {
    if isGiven(variable) { return true }
    return switch state.values[variable.name]?.origin {
    case .paths?, .contents?: true
    case .defaults?, .given?, nil: false
    }
  }

  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      if line.count > longestLine { return nil }
      return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
  }

  private func count(
    _ line: TemplateLine, among lines: [ArraySlice<UInt8>], _ scope: Scope,
    _ known: Set<String>, _ sought: Set<String>, in votes: inout Votes
  ) {
    guard let form = line.form.knowing(known, in: scope), form.names.count == 1,
      form.fixedCount >= Self.leastFixed
    else { return }
    let name = form.names[0]
    if let loop = line.loop, loop.item == name {
      guard let list = manifest.variable(named: loop.list), sought.contains(list.name) else {
        return
      }
      for value in items(of: list, form, in: lines, scope) {
        var items = votes.items[list.name] ?? []
        if let index = items.firstIndex(where: { $0.value == value }) {
          items[index].count += 1
        } else {
          items.append((value, 1))
        }
        votes.items[list.name] = items
      }
    } else if sought.contains(name), let variable = manifest.variable(named: name),
      let value = value(of: variable, form, in: lines, scope)
    {
      votes.values[name, default: [:]][value, default: 0] += 1
    }
  }

  /// The value that all lines of a form agree on.
  private func value(
    of variable: Variable, _ form: TextForm, in lines: [ArraySlice<UInt8>], _ scope: Scope
  ) -> Value? {
    let present = scope[variable.name].map { [$0] } ?? []
    var found: [Value]?
    for line in lines {
      for capture in form.captures(in: line) ?? [] {
        let values = capture.values(in: scope, trying: present).filter { variable.accepts($0) }
        found = found.map { $0.filter(values.contains) } ?? values
      }
      if found?.isEmpty == true { return nil }
    }
    return found?.first
  }

  /// The items that the lines of a form name, each once.
  private func items(
    of list: Variable, _ form: TextForm, in lines: [ArraySlice<UInt8>], _ scope: Scope
  ) -> [Value] {
    var items: [Value] = []
    for line in lines {
      guard let captures = form.captures(in: line) else { continue }
      var found: [Value]?
      for capture in captures {
        let values = capture.values(in: scope).filter { list.accepts(item: $0) }
        found = found.map { $0.filter(values.contains) } ?? values
      }
      for value in found ?? [] where !items.contains(value) { items.append(value) }
    }
    return items
  }

  /// In bytes; a longer one is none that somebody wrote.
  private static let longestLine = 4096

  private mutating func take(_ votes: Votes, for variable: Variable, _ present: Value?) {
    let value: Value
    if var items = votes.items[variable.name] {
      // A name that is made of an item speaks for it as much as a line does.
      let answers = trial(state).answers.answers
      for index in items.indices {
        items[index].count += pathCount(of: items[index].value, in: variable, answers.scope)
      }
      let most = items.map(\.count).max() ?? 0
      // What stands in one line alone may be anything.
      guard most > 1 else { return }
      value = .list(items.filter { 2 * $0.count >= most }.map(\.value))
    } else {
      let counts = votes.values[variable.name] ?? [:]
      let most = counts.values.max() ?? 0
      let best = counts.filter { $0.value == most }.map(\.key)
      if let present, best.contains(present) {
        value = present
      } else if best.count == 1 {
        value = best[0]
      } else {
        return
      }
    }
    guard variable.accepts(value) else { return }
    var other = state
    other.values[variable.name] = State.Found(value: value, origin: .contents, isRead: true)
    // A value that breaks a rule together with others is none, nor is one that other lines speak
    // against: it was read from what stands there without it.
    let (before, after) = (trial(state), trial(other))
    if after.score >= before.score, likeness(after) >= likeness(before) { state = other }
  }

  /// How many of the paths are there that layers would give an item.
  private func pathCount(of item: Value, in list: Variable, _ scope: Scope) -> Int {
    evidence.forms.count { form in
      guard let loop = form.loops.first(where: { $0.list == list.name }) else { return false }
      let inner = scope.binding(ItemNames(loop.item), to: 0, of: [item])
      guard let name = form.form.knowing(Set(form.form.names), in: inner)?.plainText,
        let path = try? RelativePath(validating: String(decoding: name, as: UTF8.self))
      else { return false }
      return project.has(path)
    }
  }

  // MARK: Choices

  /// Takes for each variable that names leave open the value that makes contents most alike.
  mutating func chooseByContents() {
    var best = trial(state)
    for variable in manifest.variables where !isGiven(variable) {
      let applies = best.answers.applying.contains { $0.name == variable.name }
      guard applies, variable.isAsked, variable.isChosen(in: best.answers.answers) else { continue }
      let present = state.values[variable.name]
      if present?.origin == .paths || present?.isRead == true { continue }
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
  mutating func likeness(_ trial: Trial) -> Int {
    let values = manifest.variables.map { trial.answers.answers.values[$0.name] }
    if let known = likenesses[values] { return known }
    let sum = contentLikeness(trial)
    likenesses[values] = sum
    return sum
  }

  private mutating func contentLikeness(_ trial: Trial) -> Int {
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
      } else {
        sum += contents.likeness(of: entry.path, to: blob.id) {
          if case .bytes(let text)? = try? rest.content(ofFile: number) { text } else { nil }
        }
      }
    }
    return sum
  }

  /// More than all lines alike, in another order or with other blanks.
  private static let worthOfEqual = 1100
}

extension Variable {
  /// Whether its values are few enough to be tried.
  fileprivate func isChosen(in answers: Answers) -> Bool {
    options(in: answers) != nil || itemOptions(in: answers) != nil
  }
}
