import Console
import Testing

@testable import Prompts

@Suite("A line's editor")
struct LineEditorTests {
  /// “|” is the cursor.
  private func shown(_ editor: LineEditor) -> String {
    editor.parts.before + "|" + editor.parts.behind
  }

  private func edited(_ text: String, _ keys: [Key]) -> String {
    let halves = text.split(separator: "|", omittingEmptySubsequences: false)
    var editor = LineEditor(halves.joined(), cursor: halves[0].count)
    for key in keys {
      let isTaken = editor.handle(key)
      #expect(isTaken)
    }
    return shown(editor)
  }

  @Test(
    "does what each key says",
    arguments: [
      ("ab|", [.left], "a|b"), ("|ab", [.left], "|ab"), ("a|b", [.right], "ab|"),
      ("ab|", [.right], "ab|"), ("ab|cd", [.home], "|abcd"), ("ab|cd", [.end], "abcd|"),
      ("ab|cd", [.control("a")], "|abcd"), ("ab|cd", [.control("e")], "abcd|"),
      ("ab|cd", [.control("u")], "|cd"), ("ab|cd", [.control("k")], "ab|"),
      ("ab|cd", [.backspace], "a|cd"), ("|cd", [.backspace], "|cd"), ("ab|cd", [.delete], "ab|d"),
      ("ab|", [.delete], "ab|"), ("ab|cd", [.control("d")], "ab|d"),
      ("one two  |", [.control("w")], "one |"), ("one two|", [.wordLeft], "one |two"),
      ("|one two", [.wordRight], "one| two"), ("one t|wo", [.deleteWord], "one |wo"),
      ("a|c", [.scalar("b")], "ab|c"), ("a|c", [.paste("x\ny\n")], "ax y|c"),
    ] as [(String, [Key], String)])
  func keys(_ before: String, _ keys: [Key], _ after: String) {
    #expect(edited(before, keys) == after)
  }

  @Test("takes no other key, and Ctrl-D only while there is text")
  func others() {
    var editor = LineEditor()
    for key: Key in [.enter, .tab, .backTab, .escape, .up, .pageDown, .control("d")] {
      let isTaken = editor.handle(key)
      #expect(!isTaken)
    }
    #expect(editor == LineEditor())
  }

  @Test("puts scalars together, and moves by what is one character")
  func characters() {
    #expect(edited("|", [.scalar("e"), .scalar("\u{301}"), .scalar("x")]) == "e\u{301}x|")
    #expect(edited("ae\u{301}|", [.left, .delete]) == "a|")
    #expect(edited("|👩‍👧x", [.right, .backspace]) == "|x")
    // A mark that is typed behind a letter which stands behind the cursor's old place.
    #expect(edited("e|x", [.scalar("\u{301}"), .backspace]) == "|x")
    // What is left may join.
    #expect(edited("🇩x|🇪", [.backspace, .left]) == "|🇩🇪")
  }

  private static let look = Look(style: Style(isEnabled: false), isASCII: false)

  @Test(
    "shows the part around the cursor where the row is too short",
    arguments: [
      ("abcdefghij|", 11, "abcdefghij", 10), ("abcdefghij|", 10, "…efghij", 7),
      ("|abcdefghijkl", 10, "abcdefghi…", 0), ("abcdefgh|ijkl", 10, "…efghijkl", 5),
      ("abcdefg|hijklmnopq", 10, "abcdefghi…", 7), ("日本語日本語|", 10, "…本語", 5),
      ("a\u{202E}b|", 20, "a\\u{202e}b", 10), ("abcdefghij|", 4, "hij", 3), ("ab|", 1, "", 0),
      ("|", 1, "", 0),
    ])
  func rows(_ text: String, _ width: Int, _ row: String, _ cursor: Int) {
    let halves = text.split(separator: "|", omittingEmptySubsequences: false)
    let editor = LineEditor(halves.joined(), cursor: halves[0].count)
    let shown = editor.row(width: width, Self.look)
    #expect(shown.text == row)
    #expect(shown.cursor == cursor)
  }

  @Test("keeps the cursor within the row, and the row within its width, wherever it stands")
  func everyPlace() {
    let text = "ab日本語 e\u{301}🎉\u{202E}cdefg 日本語 hijklmno 🇩🇪 pq"
    for width in 1...60 {
      for cursor in 0...text.count {
        let row = LineEditor(text, cursor: cursor).row(width: width, Self.look)
        #expect(Rows.cells(row.text) <= width)
        #expect((0..<width).contains(row.cursor))
      }
    }
  }
}
