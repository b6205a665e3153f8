import Documents
import FileTrees
import Testing

@Suite("A tree on a terminal")
struct TreeFittingTests {
  private func example() throws -> [TreeDrawing.Line] {
    var tree = FileTree()
    try tree.insert("src/", note: "The program and what it needs to run anywhere")
    try tree.insert("src/main.py", leaf: 0, note: "Where it begins")
    try tree.insert("src/a_module_with_a_long_name.py", leaf: 1, note: "Long name, long note here")
    try tree.insert("src/日本語のファイル名.txt", leaf: 2, note: "Wide")
    try tree.insert("README.md", leaf: 3, note: "What it is")
    return TreeDrawing(tree, title: "demo") { $0.leaf == 0 ? "kept" : nil }.lines
  }

  private func text(_ lines: [TreeDrawing.Line]) -> String {
    lines.map(\.text).joined(separator: "\n")
  }

  @Test("is as it was where there is room")
  func wide() throws {
    let lines = try example()
    #expect(text(lines.fitted(into: 200)) == text(lines))
  }

  @Test("has its notes cut, and below the names where none is left beside them")
  func golden() throws {
    #expect(
      text(try example().fitted(into: 60)) == """
        demo/
        ├── src/         # The program and what it needs to run any…
        │   ├── a_module_with_a_long_name.py  # Long name, long not…
        │   ├── main.py  # kept · Where it begins
        │   └── 日本語のファイル名.txt  # Wide
        └── README.md    # What it is
        """)
    #expect(
      text(try example().fitted(into: 30)) == """
        demo/
        ├── src/  # The program and w…
        │   ├── a_module_with_a_long_…
        │   │     # Long name, long n…
        │   ├── main.py  # kept
        │   └── 日本語のファイル名.txt
        │         # Wide
        └── README.md  # What it is
        """)
  }

  @Test("is never wider than it, and has every mark", arguments: Array(12...120))
  func width(width: Int) throws {
    for charset in [Charset.unicode, .ascii] {
      let lines = try example().fitted(into: width, charset).drawn(in: charset)
      #expect(lines.contains { $0.mark == "kept" })
      for line in text(lines).split(separator: "\n") {
        #expect(String(line).cells <= width, "\(line)")
      }
    }
  }

  @Test("keeps within it however deep it is")
  func deep() throws {
    var tree = FileTree()
    try tree.insert("a/b/c/d/e/f/g/h/i/j.txt", note: "far in")
    for line in text(TreeDrawing(tree, title: "x").lines.fitted(into: 20)).split(separator: "\n") {
      #expect(String(line).cells <= 20, "\(line)")
    }
  }

  @Test("is ASCII where the locale is, but for the names")
  func ascii() throws {
    #expect(
      text(try example().drawn(in: .ascii)) == """
        demo/
        |-- src/                              # The program and what it needs to run anywhere
        |   |-- a_module_with_a_long_name.py  # Long name, long note here
        |   |-- main.py                       # kept - Where it begins
        |   `-- 日本語のファイル名.txt        # Wide
        `-- README.md                         # What it is
        """)
  }
}
