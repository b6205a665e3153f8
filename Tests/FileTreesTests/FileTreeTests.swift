import FileTrees
import TestSupport
import Testing

@Suite("A file tree")
struct FileTreeTests {
  /// `PATH against EXISTING`, or nil when `path` can be put beside `present`.
  private func conflict(_ present: String, _ path: String) throws -> String? {
    var tree = try tree(present)
    let path = try RelativePath(validating: path)
    do throws(TreeConflict) {
      try tree.insertFile(leaf: 1, at: path)
      return nil
    } catch {
      return "\(error.path) against \(error.existing)"
    }
  }

  @Test("makes the directories above a file, and finds both again")
  func inserts() throws {
    let tree = try tree("a/d.txt", "a/b/c.txt")
    #expect(tree.paths == ["a/", "a/b/", "a/b/c.txt", "a/d.txt"])
    guard case .file(let file)? = tree[try RelativePath(validating: "a/b/c.txt")],
      case .directory(let directory)? = tree[try RelativePath(validating: "a")],
      case .directory? = tree[.root]
    else {
      Issue.record("not found")
      return
    }
    #expect(file.leaf == 1)
    #expect(directory.children.map(\.name) == ["b", "d.txt"])
    for absent in ["b", "a/b/c", "a/b/c.txt/d", "a/c.txt", "A"] {
      let node = tree[try RelativePath(validating: absent)]
      #expect(node == nil, "\(absent)")
    }
  }

  @Test("says the number of a file that is there, which stays, and takes the new note")
  func replaces() throws {
    var tree = FileTree()
    let path = try RelativePath(validating: "a/b")
    #expect(try tree.insertFile(leaf: 3, note: "first", at: path) == nil)
    #expect(try tree.insertFile(leaf: 4, note: "second", at: path) == 3)
    #expect(try tree.insertFile(leaf: 5, at: path) == 3)
    guard case .file(let file)? = tree[path] else {
      Issue.record("not found")
      return
    }
    #expect(file.leaf == 3)
    #expect(file.note == nil)
    #expect(tree.paths == ["a/", "a/b"])
  }

  @Test("says the number of a directory that is there, unless it was made for what it holds")
  func numbersDirectories() throws {
    var root = try tree("a/b/c").root
    func number(of name: String, _ number: Int) throws -> (Int?, isNew: Bool) {
      let taken = try root.takeDirectory(number: number, named: name)
      root.putBack(taken)
      return (taken.number, taken.isNew)
    }
    #expect(try number(of: "a", 1) == (nil, isNew: false))
    #expect(try number(of: "a", 2) == (nil, isNew: false))
    #expect(try number(of: "d", 3) == (3, isNew: true))
    #expect(try number(of: "d", 4) == (3, isNew: false))
  }

  @Test("fills a directory that is taken out of it, and has it again")
  func takesDirectories() throws {
    var root = try tree("a/b", "c").root
    var taken = try root.takeDirectory(note: "more", named: "a")
    #expect(try taken.directory.insertFile(leaf: 7, named: "x") == nil)
    #expect(try taken.directory.insertFile(leaf: 8, named: "x") == 7)
    root.putBack(taken)
    var tree = FileTree()
    tree.root = root
    #expect(tree.paths == ["a/", "a/b", "a/x", "c"])
    #expect(throws: NameConflict.self) { try root.takeDirectory(named: "c") }
    #expect(throws: NameConflict.self) { try root.insertFile(leaf: 9, named: "a") }
    #expect(throws: NameConflict.self) { try root.insertFile(leaf: 9, named: "C") }
  }

  @Test("keeps a directory that is made again, and its note unless there is a new one")
  func keepsDirectories() throws {
    var tree = try tree("a/b")
    let path = try RelativePath(validating: "a")
    func note() -> String? {
      if case .directory(let directory)? = tree[path] { directory.note } else { "no directory" }
    }
    try tree.insertDirectory(at: path)
    #expect(note() == nil)
    try tree.insertDirectory(note: "first", at: path)
    try tree.insertDirectory(at: path)
    #expect(note() == "first")
    try tree.insertDirectory(note: "second", at: path)
    #expect(note() == "second")
    try tree.insertDirectory(at: .root)
    #expect(tree.paths == ["a/", "a/b"])
  }

  @Test("orders children by the bytes of their names")
  func orders() throws {
    // Above U+FFFF the order by UTF-16 would be another one.
    let expected = ["0", "B", "a/x", "a-b", "a.b", "ab", "c", "é", "\u{FF5E}", "😀"]
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20 {
      var tree = FileTree()
      for name in expected.shuffled(using: &generator) { try tree.insert(name) }
      #expect(tree.files == expected)
    }
  }

  @Test(
    "refuses what a careless file system takes for a name that is there, and says both",
    arguments: [
      ("Readme.md", "README.md", "README.md against Readme.md"),
      ("src/a.txt", "SRC/b.txt", "SRC/b.txt against src"),
      ("a/Src/x", "a/src/x/y", "a/src/x/y against a/Src"),
      // Composed and decomposed, and both at once with letter case.
      ("caf\u{E9}", "cafe\u{301}", "cafe\u{301} against caf\u{E9}"),
      ("CAF\u{C9}", "cafe\u{301}", "cafe\u{301} against CAF\u{C9}"),
      ("stra\u{DF}e", "STRASSE", "STRASSE against stra\u{DF}e"),
      ("\u{3A3}", "\u{3C2}", "\u{3C2} against \u{3A3}"),
      // The sign for Kelvin.
      ("k", "\u{212A}", "\u{212A} against k"),
    ])
  func refusesCollisions(present: String, path: String, expected: String) throws {
    let found = try conflict(present, path)
    #expect(found?.utf8.elementsEqual(expected.utf8) == true, "\(found ?? "no conflict")")
  }

  @Test(
    "refuses a file where a directory is, and the other way round",
    arguments: [
      ("a/b", "a", "a against a"), ("a", "a/b", "a/b against a"), ("a", "a/b/c", "a/b/c against a"),
      ("a/b", "a/b/c/d", "a/b/c/d against a/b"), ("a/b/c", "a/b", "a/b against a/b"),
    ])
  func refusesOtherKinds(present: String, path: String, expected: String) throws {
    #expect(try conflict(present, path) == expected)
  }

  @Test("refuses a directory where a file is")
  func refusesDirectories() throws {
    var tree = try tree("a/b")
    let path = try RelativePath(validating: "a/b")
    let conflict = #expect(throws: TreeConflict.self) { try tree.insertDirectory(at: path) }
    #expect(conflict?.existing == path)
  }

  @Test(
    "lets names stand side by side that every file system tells apart",
    arguments: [("a", "b"), ("a.txt", "a.txt2"), ("a/x", "b/X"), ("e", "é"), ("ae", "æ")])
  func keepsApart(present: String, path: String) throws {
    #expect(try conflict(present, path) == nil)
  }

  @Test("stays as it was when a path is refused")
  func staysAfterConflict() throws {
    var tree = try tree("a/B/c", "a/d")
    let before = tree.paths
    for refused in ["a/b/x", "a/d/x", "A", "a"] {
      let path = try RelativePath(validating: refused)
      #expect(throws: TreeConflict.self) { try tree.insertFile(leaf: 2, at: path) }
    }
    #expect(tree.paths == before)
    try tree.insert("a/B/x")
    #expect(tree.paths == ["a/", "a/B/", "a/B/c", "a/B/x", "a/d"])
  }

  @Test("refuses what collides, however many names there are", arguments: [1, 64, 200])
  func collidesAmongMany(count: Int) throws {
    var tree = try tree("D/Readme")
    for index in 0..<count { try tree.insert("D/File\(index)") }
    func collides(_ name: String) throws -> Bool {
      var copy = tree
      do {
        try copy.insert("D/" + name)
        return false
      } catch let conflict as TreeConflict {
        #expect(conflict.existing.name.lowercased() == name.lowercased())
        return true
      }
    }
    #expect(try collides("README"))
    #expect(try collides("file0"))
    #expect(try !collides("File\(count)"))
    #expect(try !collides("Rea[me"))
    try tree.insert("D/Éa")
    #expect(try collides("e\u{301}A"))
    #expect(try collides("FILE\(count - 1)"))
    #expect(try !collides("Ea"))
  }

  @Test("is a value: a change to a copy leaves the original")
  func isAValue() throws {
    let original = try tree("a/b")
    var copy = original
    try copy.insert("a/c")
    #expect(original.paths == ["a/", "a/b"])
    #expect(copy.paths == ["a/", "a/b", "a/c"])
  }

  @Test("holds as many levels as a path can have, and many files beside each other")
  func isLarge() throws {
    let deep = Array(repeating: "d", count: 500).joined(separator: "/")
    var tree = try tree(deep)
    #expect(tree.files == [deep])
    #expect(tree.paths.count == 500)
    for index in 0..<2000 {
      try tree.insert("e/\(index % 50)/f\(index)", leaf: index)
    }
    #expect(tree.files.count == 2001)
    #expect(Set(tree.files).count == 2001)
    let numbered = tree.entries.filter { $0.leaf.map { $0 % 50 == 7 } ?? false }
    #expect(numbered.map(\.path.string) == tree.files.filter { $0.hasPrefix("e/7/") })
  }
}
