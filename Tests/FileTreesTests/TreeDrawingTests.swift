import FileTrees
import Testing

@Suite("A drawn tree")
struct TreeDrawingTests {
  /// A tree of notes by path, its files numbered as they come; the empty note is none, and a path that ends in `/` is a directory.
  private func noted(_ notes: KeyValuePairs<String, String>) throws -> FileTree {
    var tree = FileTree()
    for (number, (path, text)) in notes.enumerated() {
      try tree.insert(path, leaf: number, note: text.isEmpty ? nil : text)
    }
    return tree
  }

  @Test("shows directories first, with branches and each note in one column")
  func golden() throws {
    let tree = try noted([
      "README.md": "Start here", "src/": "The program", "src/main.swift": "",
      "src/Parts/one.swift": "First part", "src/Parts/two.swift": "", ".gitignore": "",
      "zeta/last.txt": "", "alpha.txt": "",
    ])
    #expect(
      TreeDrawing(tree, title: "demo").text == """
        demo/
        ├── src/               # The program
        │   ├── Parts/
        │   │   ├── one.swift  # First part
        │   │   └── two.swift
        │   └── main.swift
        ├── zeta/
        │   └── last.txt
        ├── .gitignore
        ├── README.md          # Start here
        └── alpha.txt
        """)
  }

  @Test("shows a tree without anything as its title")
  func empty() {
    #expect(TreeDrawing(FileTree(), title: "demo").text == "demo/")
  }

  @Test("shows the root's note beside the title")
  func rootNote() throws {
    var tree = try noted(["a-long-name.txt": "note"])
    tree.root.note = "All of it"
    #expect(
      TreeDrawing(tree, title: "demo").text == """
        demo/                # All of it
        └── a-long-name.txt  # note
        """)
  }

  @Test("shows a directory that only `.gitkeep` keeps as empty")
  func keptDirectories() throws {
    let tree = try noted([
      "empty/.gitkeep": "", "noted/": "Filled later", "noted/.gitkeep": "", "bare/": "",
      "full/.gitkeep": "", "full/a.txt": "",
    ])
    #expect(
      TreeDrawing(tree, title: "demo").text == """
        demo/
        ├── bare/   # (empty)
        ├── empty/  # (empty)
        ├── full/
        │   ├── .gitkeep
        │   └── a.txt
        └── noted/  # Filled later (empty)
        """)
  }

  @Test("stops at a depth and counts the files below")
  func depth() throws {
    let tree = try noted([
      "a/": "Noted", "a/1.txt": "", "a/b/2.txt": "", "a/b/3.txt": "", "c/4.txt": "",
      "empty/.gitkeep": "", "top.txt": "",
    ])
    #expect(
      TreeDrawing(tree, title: "demo", depth: 1).text == """
        demo/
        ├── a/      # Noted (3 files)
        ├── c/      # (1 file)
        ├── empty/  # (empty)
        └── top.txt
        """)
    #expect(
      TreeDrawing(tree, title: "demo", depth: 2).text == """
        demo/
        ├── a/      # Noted
        │   ├── b/  # (2 files)
        │   └── 1.txt
        ├── c/
        │   └── 4.txt
        ├── empty/  # (empty)
        └── top.txt
        """)
  }

  @Test("hides nothing below its depth that is always to be drawn")
  func always() throws {
    let tree = try noted([
      "a/": "Noted", "a/1.txt": "", "a/b/2.txt": "", "a/b/3.txt": "", "c/4.txt": "",
      "empty/.gitkeep": "", "kept/.gitkeep": "", "top.txt": "",
    ])
    let always = try ["a/b/3.txt", "kept/.gitkeep", "top.txt"].map { path throws in
      try RelativePath(validating: path)
    }
    let drawing = TreeDrawing(tree, title: "demo", depth: 1, always: always) { file in
      file.leaf == 3 ? "kept" : nil
    }
    #expect(
      drawing.text == """
        demo/
        ├── a/             # Noted (3 files)
        │   └── b/         # (2 files)
        │       └── 3.txt  # kept
        ├── c/             # (1 file)
        ├── empty/         # (empty)
        ├── kept/          # (1 file)
        │   └── .gitkeep
        └── top.txt
        """)
  }

  @Test("sets marks before notes")
  func marks() throws {
    let tree = try noted(["a.txt": "A note", "b.txt": "", "c.txt": "Other"])
    let drawing = TreeDrawing(tree, title: "demo") { file in
      file.leaf == 2 ? nil : "new"
    }
    #expect(
      drawing.text == """
        demo/
        ├── a.txt  # new · A note
        ├── b.txt  # new
        └── c.txt  # Other
        """)
  }

  @Test("lets one very long name stand out instead of pushing all notes away")
  func longNames() throws {
    let long = String(repeating: "x", count: 60)
    let tree = try noted(["a.txt": "A", "\(long)": "Long"])
    #expect(
      TreeDrawing(tree, title: "demo").text == """
        demo/
        ├── a.txt  # A
        └── \(long)  # Long
        """)
  }

  @Test("gives its lines in pieces that make up the text")
  func pieces() throws {
    let drawing = TreeDrawing(try noted(["a/b.txt": "B"]), title: "demo")
    #expect(drawing.lines.map(\.path.string) == ["", "a", "a/b.txt"])
    #expect(drawing.lines.map(\.isDirectory) == [true, true, false])
    #expect(drawing.lines.map(\.name) == ["demo/", "a/", "b.txt"])
    #expect(drawing.lines.map(\.branches) == ["", "└── ", "    └── "])
    #expect(drawing.lines.last?.text == "    └── b.txt  # B")
  }
}
