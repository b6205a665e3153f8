import Documents
import TestSupport
import Testing

@testable import Prompts

@Suite("Any keys at any size")
struct FuzzTests {
  private static let prompts = [
    Examples.layouts, Examples.name, Examples.steps, Examples.environments, Examples.database,
    Examples.review, Prompt("", .one(of: [], initial: 0)),
    Prompt("", .several(of: [], initial: [])),
    Prompt("", .review(document: [], actions: [])), Prompt("", .text(initial: "\u{301}")),
    Prompt("", .items(initial: ["", "日"])),
  ]

  private static let keys: [Key] = [
    .enter, .tab, .backspace, .delete, .deleteWord, .up, .down, .left, .right, .wordLeft,
    .wordRight, .home, .end, .pageUp, .pageDown, .control("u"), .control("k"), .control("d"),
    .control("a"), .scalar(" "), .scalar("e"), .scalar("X"), .scalar("日"), .scalar("\u{301}"),
    .scalar("\u{200D}"), .scalar("👩"), .scalar("🇩"), .scalar("\u{FE0F}"), .scalar("y"),
    .paste("a\n日本語\n\n e\u{301}"), .paste(""), .paste("x y z"),
  ]

  @Test("trap nothing, and every screen fits", arguments: 0..<UInt64(prompts.count))
  func random(_ index: UInt64) {
    for seed in 0..<8 {
      var generator = SeededGenerator(seed: index << 32 | UInt64(seed))
      var prompt = Self.prompts[Int(index)]
      prompt.answered += [Prompt.Answered("日本語の質問", "👩‍👧 e\u{301}")]
      var form = Form(prompt)
      for _ in 0..<60 {
        if let key = Self.keys.randomElement(using: &generator) { _ = form.handle(key) }
        let width = Int.random(in: 1...90, using: &generator)
        let height = Int.random(in: 1...30, using: &generator)
        let look: Look = Bool.random(using: &generator) ? .coloured : .ascii
        let screen = form.screen(width: width, height: height, look)
        #expect(screen.rows.count <= height, "seed \(seed), \(width) × \(height)")
        for row in screen.rows {
          let cells = ScreenTests.withoutStyles(row).cells
          #expect(cells <= width, "seed \(seed), \(width) × \(height): \(row.debugDescription)")
        }
        if let cursor = screen.cursor {
          #expect(screen.rows.indices.contains(cursor.row), "seed \(seed), \(width) × \(height)")
          #expect((0..<width).contains(cursor.column), "seed \(seed), \(width) × \(height)")
        }
      }
    }
  }
}
