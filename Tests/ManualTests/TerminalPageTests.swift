import Console
import Documents
import TestSupport
import Testing

@testable import Manual

@Suite("A document on a terminal")
struct TerminalPageTests {
  private func text(_ markdown: String, width: Int, colour: Bool = false) -> String {
    TerminalPage(style: Style(isEnabled: colour), width: width) { anchor in
      anchor == "#b" ? "tool help b" : nil
    }.text(Markdown(markdown).blocks)
  }

  private let sample = """
    # A title

    Some text with `code of it`, and [a part](#b), that is longer than a line.

    - one that is longer than a line of forty columns
    - two

    ```
    x   y
    ```

    | key | value |
    | --- | --- |
    | `name`, `kind` | what it is called, and what it is |
    | `k` | one |
    """

  @Test("has no characters but ASCII's where the locale has no others")
  func ascii() {
    let markdown = """
      # “A”

      One “word … more”, `A,B,…`

      - a – b

      ```
      ├── x/…
      ```

      | key | value |
      | --- | --- |
      | `…` | “x” |
      """
    let page = TerminalPage(style: Style(charset: .ascii), width: 60)
    let text = page.text(Markdown(markdown).blocks)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("|-- x/...") && text.contains("\"word ... more\""))
  }

  @Test("is wrapped, with tables as columns")
  func columns() {
    #expect(
      text(sample, width: 60) == """
        A title
        Some text with `code of it`, and a part (`tool help b`),
        that is longer than a line.

        - one that is longer than a line of forty columns
        - two

            x   y

          key         value
          name, kind  what it is called, and what it is
          k           one

        """)
  }

  @Test("has the right column below the left one where it is narrow")
  func narrow() {
    #expect(
      text(sample, width: 24) == """
        A title
        Some text with `code of
        it`, and a part (`tool
        help b`), that is longer
        than a line.

        - one that is longer
          than a line of forty
          columns
        - two

            x   y

          key
            value
          name, kind
            what it is called,
            and what it is
          k
            one

        """)
  }

  @Test("has colours where these are wanted, and then no backticks")
  func colours() {
    let text = text("# A\n\n`b c`\n\n| | |\n| --- | --- |\n| `d` | e |\n", width: 80, colour: true)
    #expect(
      text == """
        \u{1B}[1mA\u{1B}[0m
        \u{1B}[36mb\u{1B}[0m \u{1B}[36mc\u{1B}[0m

          \u{1B}[32md\u{1B}[0m  e

        """)
  }

  @Test(
    "has no line over the width but for a word, and loses none", arguments: [20, 33, 40, 80, 200])
  func widths(width: Int) throws {
    let markdown = try Repository.text(of: "Templates/README.md")
    let text = text(markdown, width: width)
    let code = Set(
      Markdown(markdown).blocks.flatMap { block -> [String] in
        if case .code(let lines) = block { lines.map { "    " + $0 } } else { [] }
      })
    for line in text.split(separator: "\n").map(String.init) where !code.contains(line) {
      let isWord = !line.drop { $0 == " " }.contains(" ")
      #expect(line.cells <= min(width, 100) || isWord, "\(line)")
    }
    func words(_ text: String) -> [Substring] {
      text.split { " \n".contains($0) }
    }
    #expect(words(text) == words(self.text(markdown, width: 100)))
  }
}
