import BuiltInLayouts
import Console
import Foundation
import Layouts
import TestSupport
import Testing

@testable import Prompts
@testable import scaffold

/// How the questions of the built-in layouts look. `RECORD_SNAPSHOTS=1 swift test` rewrites the files
/// in `Screens/`, and fails the run that recorded.
@Suite("The screen of")
struct QuestionScreenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Screens")

  private static let catalogue = Catalogue(builtIn: BuiltInLayouts.all)

  /// What it shows, below a line with a name and where its cursor is.
  private static func text(
    of prompt: Prompt, _ name: String, width: Int = 80, height: Int = 24, isASCII: Bool = false
  ) -> String {
    var form = Form(prompt)
    let look = Look(style: Style(isEnabled: false), isASCII: isASCII)
    let screen = form.screen(width: width, height: height, look)
    let cursor = screen.cursor.map { ", cursor at \($0.row + 1):\($0.column + 1)" } ?? ""
    let lines = screen.rows.map { row in
      "|" + row.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
    }
    return "== \(name)\(cursor)\n" + lines.joined(separator: "\n") + "\n\n"
  }

  /// What is asked of whoever creates a project of a layout.
  ///
  /// - Parameter word: the answer to a variable that is a choice.
  private func prompts(
    _ layout: String, _ answers: [String: ScriptedPrompter.Step] = [:]
  ) throws -> [Prompt] {
    let asking = try Asking()
    defer { asking.remove() }
    let prompter = ScriptedPrompter { prompt in
      // What has no default gets a word.
      answers[prompt.question] ?? (prompt.check(prompt.initial) == nil ? .take : .text("Ann"))
    }
    do throws(Failure) {
      _ = try asking.agree([layout, "shop"], prompter)
    } catch {
      // An answer may be one that another rules out.
      if error.ending != .code(.difference) || answers.isEmpty { throw error }
    }
    // Without the review, or the question that could not be answered.
    return prompter.prompts.dropLast()
  }

  /// What is asked in a run that takes the defaults, and in those that answer a choice or a flag with
  /// each word there is, and all else with the defaults.
  private func allPrompts(_ layout: String) throws -> [(question: String, prompt: Prompt)] {
    var found: [(question: String, prompt: Prompt)] = []
    var rest: [[String: ScriptedPrompter.Step]] = [[:]]
    while let answers = rest.popLast() {
      for prompt in try prompts(layout, answers)
      where !found.contains(where: { $0.question == prompt.question }) {
        found.append((prompt.question, prompt))
        switch prompt.field {
        case .one(let items, _):
          for item in items {
            rest.append(answers.merging([prompt.question: .one(item.name)]) { $1 })
          }
        case .flag(let initial):
          rest.append(answers.merging([prompt.question: .flag(!initial)]) { $1 })
        default: break
        }
      }
    }
    return found
  }

  @Test("every question of a built-in layout, at 80 columns", arguments: catalogue.names)
  func layouts(_ name: String) throws {
    let found = try allPrompts(name)
    let variables = try #require(Self.catalogue.layout(builtIn: name)).manifest.variables
      .filter(\.isAsked)
    var text = ""
    for variable in variables {
      let one = found.first { $0.question == variable.question }
      let prompt = try #require(one?.prompt, "\(variable.name) was not asked for in any run")
      text += Self.text(of: prompt, variable.name)
    }
    let file = Self.folder.appending(path: "\(name).txt")
    #expect(try text == recorded(in: file, found: text), "RECORD_SNAPSHOTS=1 rewrites the screens")
  }

  @Test("the other questions, at 20, 40, 80 and 200 columns, in ASCII, and on few rows")
  func widths() throws {
    let asking = try Asking()
    defer { asking.remove() }
    let prompter = ScriptedPrompter([.one("orchestrator-config"), .text("shop")]) {
      $0.question == "Variant" ? .one("multi-env") : .take
    }
    _ = try asking.agree([], prompter)
    let shown = [
      "Layout", "Directory", "Project name", "Variant", "Domains", "Strict environments",
      "With the example", "Write it?",
    ]
    var text = ""
    for (width, height) in [(80, 24), (20, 24), (40, 16), (200, 50), (80, 6)] {
      for prompt in prompter.prompts where shown.contains(prompt.question) {
        text += Self.text(
          of: prompt, "\(prompt.question), \(width) × \(height)", width: width, height: height)
      }
    }
    for prompt in prompter.prompts where shown.contains(prompt.question) {
      text += Self.text(of: prompt, "\(prompt.question), in ASCII", isASCII: true)
    }
    let file = Self.folder.appending(path: "widths.txt")
    #expect(try text == recorded(in: file, found: text), "RECORD_SNAPSHOTS=1 rewrites the screens")
  }

  @Test("a layout: there is one of each, and of nothing else")
  func files() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(Self.catalogue.names.map { "\($0).txt" } + ["widths.txt"]))
  }
}
