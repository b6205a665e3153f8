import Console
import Documents
import Git
import Prompts

/// Asks a person what becomes of files that are in conflict, one after the other.
struct ConflictReview {
  enum Decision: CaseIterable {
    case keep
    case replace
    /// Both stand in the file, between conflict markers.
    case merge
  }

  struct File {
    /// As messages name it.
    var name: String
    /// Why it is in conflict.
    var reason: String
    /// What is there, and what would take its place; nil where that cannot be shown.
    var difference: Difference?
    /// In the order in which they are offered; the first is what no answer means.
    var decisions: [Decision]
  }

  let prompter: any Prompter
  /// What shows differences; nil where there is none.
  let git: GitProgram?
  let style: Style

  /// - Returns: a decision for each file.
  /// - Throws: `Failure`: the person wants none of it.
  func decisions(on files: [File]) throws(Failure) -> [Decision] {
    defer { prompter.close() }
    var decisions: [Decision] = []
    for (index, file) in files.enumerated() {
      switch try decision(on: file, index + 1, of: files.count) {
      case .one(let decision): decisions.append(decision)
      case .all(let decision):
        for file in files[index...] {
          decisions.append(file.decisions.contains(decision) ? decision : file.decisions[0])
        }
        return decisions
      }
    }
    return decisions
  }

  private static let stopped = Failure(
    .difference, Diagnostics(Diagnostic("stopped; nothing was changed")))

  private enum Answered {
    case one(Decision)
    case all(Decision)
  }

  /// What a key of the review means.
  private enum Deed: Equatable {
    case decide(Decision)
    case decideAll(Decision)
    case seeWhole
    case stop
  }

  private func decision(
    on file: File, _ number: Int, of count: Int
  ) throws(Failure) -> Answered {
    let deeds = deeds(for: file, isLast: number == count)
    var isWhole = false
    while true {
      let prompt = Prompt(
        "What becomes of \(Printable.text(file.name))? (\(number) of \(count))",
        help: file.reason,
        .review(document: try document(file, isWhole: isWhole), actions: deeds.map(\.action)))
      let reply: Reply
      do throws(PromptError) {
        reply = try prompter.ask(prompt)
      } catch {
        // Where nothing is answered any more, what is there stays.
        switch error {
        case .lost: return .all(.keep)
        case .cancelled: throw Self.stopped
        case .interrupted: throw Failure(error)
        }
      }
      guard case .answer(.action(let index)) = reply, deeds.indices.contains(index) else {
        continue
      }
      switch deeds[index].deed {
      case .decide(let decision): return .one(decision)
      case .decideAll(let decision): return .all(decision)
      case .seeWhole: isWhole.toggle()
      case .stop: throw Self.stopped
      }
    }
  }

  private func deeds(
    for file: File, isLast: Bool
  ) -> [(deed: Deed, action: Prompt.Action)] {
    var deeds: [(Deed, Prompt.Action)] = file.decisions.map { decision in
      switch decision {
      case .keep: (.decide(.keep), Prompt.Action("k", "keep"))
      case .replace: (.decide(.replace), Prompt.Action("r", "replace"))
      case .merge: (.decide(.merge), Prompt.Action("m", "merge"))
      }
    }
    if file.difference != nil { deeds.append((.seeWhole, Prompt.Action("w", "see whole"))) }
    if !isLast {
      deeds.append((.decideAll(.keep), Prompt.Action("K", "keep all")))
      if file.decisions.contains(.replace) {
        deeds.append((.decideAll(.replace), Prompt.Action("R", "replace all")))
      }
    }
    return deeds + [(.stop, Prompt.Action("s", "stop"))]
  }

  // MARK: What is shown

  private func document(_ file: File, isWhole: Bool) throws(Failure) -> [String] {
    guard let difference = file.difference, let git else { return [] }
    let bytes: [UInt8]
    do throws(GitError) {
      bytes = try git.diff([difference], isColoured: false, form: isWhole ? .whole : .lines)
    } catch {
      throw Failure(.unwritableTarget, Diagnostics(Diagnostic("\(error)")))
    }
    var lines: [String] = []
    var isInside = false
    for line in String(decoding: bytes, as: UTF8.self).parts(between: "\n") {
      if line.begins(with: "@@") { isInside = true }
      lines.append(painted(Self.shown(line), isInside: isInside))
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// As git has it, where the user has no other colours.
  private func painted(_ line: String, isInside: Bool) -> String {
    if !isInside { return style.bold(line) }
    switch line.utf8.first {
    case UInt8(ascii: "+"): return style.green(line)
    case UInt8(ascii: "-"): return style.red(line)
    case UInt8(ascii: "@"): return style.cyan(line)
    default: return line
    }
  }

  /// What a file holds must not act on the terminal; tabs are blanks there.
  private static func shown(_ line: String) -> String {
    guard line.holds("\t") else { return Printable.text(line) }
    var text = ""
    for (index, part) in line.parts(between: "\t").enumerated() {
      if index > 0 {
        // The first column is git's.
        let column = max(0, text.cells - 1)
        text += String(repeating: " ", count: 8 - column % 8)
      }
      text += Printable.text(part)
    }
    return text
  }
}
