import Console
import Foundation
import TestSupport
import Testing

@testable import Prompts

/// What every form looks like, recorded in `Screens`.
@Suite("Screens of forms")
struct ScreenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var prompt: Prompt
    var keys: [Key] = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "one", prompt: Examples.layouts),
    Case(name: "one-filtered", prompt: Examples.layouts, keys: [.scalar("s"), .scalar("e")]),
    Case(name: "one-nothing", prompt: Examples.layouts, keys: [.scalar("z"), .scalar("z")]),
    Case(name: "one-short", prompt: Examples.licence),
    Case(name: "one-short-filtered", prompt: Examples.licence, keys: [.scalar("n"), .down]),
    Case(name: "text", prompt: Examples.name),
    Case(
      name: "text-wrong", prompt: Examples.name,
      keys: [.paste(" A Name That Is Much Longer Than A Row Of Twenty Cells"), .left]),
    Case(name: "items", prompt: Examples.steps),
    Case(
      name: "items-many", prompt: Examples.steps,
      keys: [.paste((1...30).map { "step \($0)" }.joined(separator: "\n")), .up, .up]),
    Case(name: "several", prompt: Examples.environments),
    Case(
      name: "several-moved", prompt: Examples.environments, keys: [.pageDown, .scalar(" "), .down]),
    Case(name: "flag", prompt: Examples.database, keys: [.right]),
    Case(name: "review", prompt: Examples.review, keys: [.pageDown]),
  ]

  static let sizes = [(20, 6), (20, 24), (40, 10), (80, 24), (200, 50)]

  private func file(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens/\(name).txt")
  }

  @Test("are as they were recorded, at every width", arguments: cases)
  func recordedScreens(_ one: Case) throws {
    var text = ""
    for (width, height) in Self.sizes {
      var form = Form(one.prompt)
      for key in one.keys {
        _ = form.screen(width: width, height: height, .plain)
        _ = form.handle(key)
      }
      text += "-- \(width) × \(height)\n" + form.screen(width: width, height: height, .plain).text
    }
    let expected = try recorded(in: file(one.name), found: text)
    #expect(text == expected)
  }

  @Test("have no signs but those of ASCII where there are no others", arguments: cases)
  func ascii(_ one: Case) {
    var form = Form(one.prompt)
    _ = form.type(one.keys)
    for row in form.screen(width: 79, height: 24, .ascii).rows {
      let foreign = row.unicodeScalars.filter { !$0.isASCII }
      // What people gave passes through.
      #expect(foreign.allSatisfy { "“”├─名前日本語の説明\u{301}".unicodeScalars.contains($0) })
    }
  }

  @Test("say without colours what they say with them", arguments: cases)
  func colours(_ one: Case) {
    var form = Form(one.prompt)
    _ = form.type(one.keys)
    let plain = form.screen(width: 80, height: 24, .plain)
    let coloured = form.screen(width: 80, height: 24, .coloured)
    #expect(coloured.cursor == plain.cursor)
    #expect(coloured.rows.map(Self.withoutStyles) == plain.rows)
    #expect(coloured.rows != plain.rows)
  }

  static func withoutStyles(_ row: String) -> String {
    var text = String.UnicodeScalarView()
    var isStyle = false
    for scalar in row.unicodeScalars {
      if scalar == "\u{1B}" {
        isStyle = true
      } else if isStyle, !"[0123456789;m".unicodeScalars.contains(scalar) {
        text.append("\u{1B}")
        isStyle = false
      }
      if !isStyle { text.append(scalar) }
      if isStyle, scalar == "m" { isStyle = false }
    }
    return String(text)
  }

  @Test("show what came from outside so that no terminal obeys it")
  func hostile() {
    let text = "a\u{1B}[2Jb\u{7}\u{202E}c\rd"
    let prompts = [
      Prompt(text, help: text, .text(initial: text), answered: [Prompt.Answered(text, text)]) {
        _ in Prompt.Complaint(text, help: text)
      },
      Prompt("?", .one(of: [Prompt.Item(text, text)], initial: 0)),
      Prompt("?", .several(of: [Prompt.Item(text, text)], initial: [0])),
      Prompt("?", .items(initial: [text, text])),
      Prompt("?", .review(document: [text], actions: [Prompt.Action("a", text)])),
    ]
    for prompt in prompts {
      for (width, height) in Self.sizes {
        var form = Form(prompt)
        for look: Look in [.plain, .coloured] {
          for row in form.screen(width: width, height: height, look).rows {
            let unsafe = Self.withoutStyles(row).unicodeScalars.filter(\.isUnsafeToPrint)
            #expect(unsafe.isEmpty)
          }
        }
      }
    }
  }

  @Test("are drawn row by row, from anywhere, and leave nothing of what was there")
  func drawing() {
    let screen = Screen(rows: ["ab", "c"], cursor: Screen.Place(row: 1, column: 1))
    #expect(
      screen.drawing()
        == "\u{1B}[?25l\u{1B}[?7l\u{1B}[1;1H\u{1B}[Kab\u{1B}[2;1H\u{1B}[Jc\u{1B}[?7h"
        + "\u{1B}[2;2H\u{1B}[?25h")
    #expect(!Screen(rows: ["ab"]).drawing().contains("\u{1B}[?25h"))
  }
}
