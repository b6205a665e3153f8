import FileTrees
import TestSupport
import Testing

@testable import Git

@Suite("A difference")
struct DiffTests {
  private let room: Room

  init() throws {
    room = try Room()
  }

  private func side(_ path: String, _ text: String, _ isExecutable: Bool = false) throws
    -> Difference.Side
  {
    Difference.Side(
      path: try RelativePath(validating: path), content: Array(text.utf8),
      isExecutable: isExecutable)
  }

  private func diff(
    _ files: Difference..., isColoured: Bool = false, form: DiffForm = .patch
  ) throws -> String {
    let output = try room.git().diff(files, isColoured: isColoured, form: form)
    #expect(try room.leftovers == [])
    return String(decoding: output, as: UTF8.self)
  }

  @Test("of no files, and of equal ones, is nothing")
  func nothing() throws {
    #expect(try diff() == "")
    #expect(
      try diff(Difference(old: try side("a", "x"), new: try side("a", "x"))) == "")
  }

  @Test("holds all that git needs to apply it, in a patch")
  func patch() throws {
    let text = try diff(
      Difference(old: try side("a", "a\0b"), new: try side("a", "a\0c")), form: .patch)
    #expect(text.contains("GIT binary patch\n"))
    #expect(!text.contains("Binary files"))
  }

  @Test("is as git prints it, in the order of paths")
  func kinds() throws {
    let text = try diff(
      Difference(old: nil, new: try side("src/new.txt", "new")),
      Difference(old: try side("gone", "gone\n", true), new: nil),
      Difference(old: try side("run", "a\n"), new: try side("run", "a\n", true)),
      Difference(old: try side("both", "a\n"), new: try side("both", "b\n", true)),
      Difference(old: try side("binary", "a\0b"), new: try side("binary", "a\0c")),
      Difference(old: nil, new: try side("new-binary", "\0")),
      Difference(old: try side("empty", ""), new: nil),
      Difference(old: try side("a/b", "1\n"), new: nil),
      Difference(old: nil, new: try side("a", "1\n")), form: .lines)
    #expect(
      text == """
        diff --git a/a b/a
        new file mode 100644
        index 0000000..d00491f
        --- /dev/null
        +++ b/a
        @@ -0,0 +1 @@
        +1
        diff --git a/a/b b/a/b
        deleted file mode 100644
        index d00491f..0000000
        --- a/a/b
        +++ /dev/null
        @@ -1 +0,0 @@
        -1
        diff --git a/binary b/binary
        index 20b5be9..88f3700 100644
        Binary files a/binary and b/binary differ
        diff --git a/both b/both
        old mode 100644
        new mode 100755
        index 7898192..6178079
        --- a/both
        +++ b/both
        @@ -1 +1 @@
        -a
        +b
        diff --git a/empty b/empty
        deleted file mode 100644
        index e69de29..0000000
        diff --git a/gone b/gone
        deleted file mode 100755
        index 286c5f5..0000000
        --- a/gone
        +++ /dev/null
        @@ -1 +0,0 @@
        -gone
        diff --git a/new-binary b/new-binary
        new file mode 100644
        index 0000000..f76dd23
        Binary files /dev/null and b/new-binary differ
        diff --git a/run b/run
        old mode 100644
        new mode 100755
        diff --git a/src/new.txt b/src/new.txt
        new file mode 100644
        index 0000000..3e5126c
        --- /dev/null
        +++ b/src/new.txt
        @@ -0,0 +1 @@
        +new
        \\ No newline at end of file

        """)
  }

  @Test("of a file that was moved is beside it, and pairs no others")
  func moved() throws {
    let text = String(repeating: "line\n", count: 10)
    let output = try diff(
      Difference(old: try side("old/a", text + "a\n"), new: try side("new/a", text + "b\n")),
      Difference(old: try side("old/b", text), new: try side("new/b", text)),
      Difference(old: try side("one", text), new: nil),
      Difference(old: nil, new: try side("two", text)))
    let headers = output.split(separator: "\n").filter {
      $0.hasPrefix("diff") || $0.contains("rename") || $0.contains("similarity")
    }
    #expect(
      headers == [
        "diff --git a/one b/one", "diff --git a/two b/two",
        "diff --git a/old/a b/new/a", "similarity index 96%", "rename from old/a",
        "rename to new/a", "diff --git a/old/b b/new/b", "similarity index 100%",
        "rename from old/b", "rename to new/b",
      ])
    #expect(output.contains("--- a/old/a\n+++ b/new/a\n@@ -8,4 +8,4 @@"))
  }

  @Test(
    "has paths of any characters",
    arguments: [
      ("a b", "a/a b\t"), ("a\"b", #""a/a\"b""#), ("é", #""a/\303\251""#), ("a'b", "a/a'b"),
      ("-p", "a/-p"), ("a;b&c", "a/a;b&c"), ("%s", "a/%s"), ("$HOME", "a/$HOME"),
      ("日本/語", #""a/\346\227\245\346\234\254/\350\252\236""#),
    ])
  func paths(path: String, shown: String) throws {
    let output = try diff(Difference(old: try side(path, "a\n"), new: try side(path, "b\n")))
    #expect(output.contains("--- \(shown)\n"))
  }

  /// The rules of paths let none of these in, but the stream does not rely on that.
  @Test("quotes in its stream what would end a path")
  func quoting() {
    #expect(ImportStream.quoted("a\"b\\c\nd") == #""a\"b\\c\nd""#)
  }

  @Test("is coloured where that is asked for")
  func colours() throws {
    let file = Difference(old: try side("a", "a\n"), new: try side("a", "b\n"))
    #expect(try diff(file, isColoured: true).contains("\u{1B}[31m-a\u{1B}[m"))
    #expect(try !diff(file, isColoured: false).contains("\u{1B}"))
  }

  @Test("heeds no attributes of the files themselves")
  func attributes() throws {
    let output = try diff(
      Difference(old: nil, new: try side(".gitattributes", "* -diff\n")),
      Difference(old: try side("a", "a\n"), new: try side("a", "b\n")))
    #expect(output.contains("-a\n+b\n"))
    #expect(!output.contains("Binary"))
  }
}
