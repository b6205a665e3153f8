import Foundation
import TestSupport
import Testing

@testable import Git

@Suite("A conflict")
struct ConflictTests {
  private let room: Room

  init() throws {
    room = try Room()
  }

  static let styles: [(Merge.Style, String)] = [
    (.merge, "a\n<<<<<<< yours\nB\n=======\nC\n>>>>>>> tiered 2.1.0\ne\n"),
    (
      .diff3,
      """
      a
      <<<<<<< yours
      x
      B
      ||||||| tiered 2.0.0
      d
      =======
      x
      C
      >>>>>>> tiered 2.1.0
      e

      """
    ),
    (
      .zdiff3,
      """
      a
      x
      <<<<<<< yours
      B
      ||||||| tiered 2.0.0
      d
      =======
      C
      >>>>>>> tiered 2.1.0
      e

      """
    ),
  ]

  @Test("is shown in the style that is asked for", arguments: styles)
  func style(style: Merge.Style, expected: String) throws {
    let merge = Merge("a\nd\ne\n", "a\nx\nB\ne\n", "a\nx\nC\ne\n", style: style)
    let expected = style == .merge ? expected.replacing("a\n<", with: "a\nx\n<") : expected
    let line = style == .diff3 ? 2 : 3
    #expect(try room.git().merged([merge]) == [.conflict(expected, at: line)])
  }

  @Test("of a git that does not know zdiff3 is shown as diff3")
  func olderGit() throws {
    let git = try room.git().path
    try room.putFirst(
      "git", #"for word; do [ "$word" = --zdiff3 ] && exit 129; done; exec \#(git) "$@""#)
    let texts = ("a\nd\ne\n", "a\nx\nB\ne\n", "a\nx\nC\ne\n")
    let results = try room.git().merged([
      Merge("a\nd\ne\n", "a\nd\nE\n", "A\nd\ne\n"),
      Merge(texts.0, texts.1, texts.2, style: .zdiff3),
      Merge(texts.0, texts.1, texts.2, style: .merge),
      Merge("a\nb\n", "a\n", "c\nb\n", style: .zdiff3),
    ])
    #expect(results[0] == .merged("A\nd\nE\n"))
    #expect(results[1] == .conflict(Self.styles[1].1, at: 2))
    #expect(results[2].conflicts == [3])
    #expect(results[3].conflicts == [1])
    #expect(try room.leftovers == [])
  }

  @Test("without a base shows none", arguments: Merge.Style.allCases)
  func withoutBase(style: Merge.Style) throws {
    let merge = Merge("", "a\nb\nc\n", "a\nX\nc\n", style: style)
    #expect(
      try room.git().merged([merge]) == [
        .conflict("a\n<<<<<<< yours\nb\n=======\nX\n>>>>>>> tiered 2.1.0\nc\n", at: 2)
      ])
  }

  /// A text about git, and a heading in reStructuredText.
  @Test(
    "is not mistaken for what the file itself holds",
    arguments: [
      ("<<<<<<< yours", 8), ("=======", 8), (">>>>>>> tiered 2.1.0", 8), ("|||||||\t", 8),
      ("=======\n========", 9), ("==========", 7), ("=======x", 7), (" =======", 7), ("<<<<<<", 7),
    ])
  func ownMarkers(line: String, size: Int) throws {
    func marker(_ mark: String) -> String { String(repeating: mark, count: size) }
    let clean = Merge("a\n\(line)\nb\nc\n", "A\n\(line)\nb\nc\n", "a\n\(line)\nb\nC\n")
    let both = Merge("a\n\(line)\nb\nc\n", "a\n\(line)\nb\nB\n", "a\n\(line)\nb\nX\n")
    let begin = 4 + line.split(separator: "\n").count - 1
    #expect(
      try room.git().merged([clean, both]) == [
        .merged("A\n\(line)\nb\nC\n"),
        .conflict(
          """
          a
          \(line)
          b
          \(marker("<")) yours
          B
          \(marker("="))
          X
          \(marker(">")) tiered 2.1.0

          """, at: begin),
      ])
  }

  @Test("has labels of one line", arguments: ["a\nb", "a\u{1B}[1mb", "-p", "é \"x\""])
  func labels(label: String) throws {
    let result = try room.git().merged([Merge("a\n", "b\n", "c\n", label: label)])
    #expect(result[0].conflicts == [1])
    let shown = label.replacing("\n", with: "\\n").replacing("\u{1B}", with: "\\e")
    #expect(
      result[0].text
        == "<<<<<<< yours\nb\n=======\nc\n>>>>>>> \(shown)\n")
  }

  @Test("is found again by its label, whatever its size")
  func found() {
    let text = """
      <<<<<<< yours
      <<<<<<< mine
      <<<<<<<< yours\r
       <<<<<<< yours
      <<<<<< yours
      <<<<<<< yours and more
      >>>>>>> yours
      <<<<<<< yours
      """
    #expect(ConflictMarkers.beginnings(in: Array(text.utf8), label: "yours") == [1, 3, 8])
  }

  @Test(
    "of a merge is found by its three markers, in their order and of git's size",
    arguments: [
      ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", [1]),
      ("a\n<<<<<<< HEAD\r\n||||||| base\r\n=======\r\n>>>>>>> other", [2]),
      ("<<<<<<< HEAD\n<<<<<<< ours\n=======\n>>>>>>> other\n", [2]),
      ("<<<<<<< HEAD\n<<<<<<<< yours\n========\n>>>>>>>> x 1\n=======\n>>>>>>> other\n", [1]),
      ("<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n", [1, 4]),
      ("", []), ("<<<<<<< HEAD\n=======\n", []), ("<<<<<<< HEAD\n>>>>>>> other\n", []),
      ("=======\n<<<<<<< HEAD\n>>>>>>> other\n", []),
      (">>>>>>> other\n=======\n<<<<<<< HEAD\n", []),
      (" <<<<<<< HEAD\n=======\n>>>>>>> other\n", []),
      ("<<<<<<< HEAD\n======= x\n>>>>>>> other\n", []),
      ("<<<<<<< HEAD\n========\n>>>>>>> other\n", []),
      ("<<<<<<<\n=======\n>>>>>>>\n", []),
    ] as [(String, [Int])])
  func ofMerge(text: String, lines: [Int]) {
    #expect(ConflictMarkers.conflictsOfMerge(in: Array(text.utf8)) == lines)
  }

  @Test("of a merge is found as git leaves it", arguments: ["merge", "diff3", "zdiff3"])
  func left(style: String) throws {
    let name = "project/a.txt"
    try room.write("[user]\n  name = x\n  email = x@example.com\n", to: "home/.gitconfig")
    try room.run("init", "-q", "-b", "main", room.path("project"))
    func commit(_ text: String) throws {
      try room.write(text, to: name)
      try room.run("add", "-A", in: "project")
      try room.run("commit", "-qm", "x", in: "project")
    }
    try commit("one\ntwo\n")
    try room.run("checkout", "-qb", "other", in: "project")
    try commit("one\nthree\n")
    try room.run("checkout", "-q", "main", in: "project")
    try commit("one\nfour\n")
    // A merge that ends in a conflict fails.
    let merge = "!git -c merge.conflictStyle=\(style) merge -q other || true"
    try room.run("-c", "alias.merged=\(merge)", "merged", in: "project")
    let text = try String(contentsOfFile: room.path(name), encoding: .utf8)
    #expect(ConflictMarkers.conflictsOfMerge(in: Array(text.utf8)) == [2], "\(text)")
  }

  @Test(
    "is shown as the user has set it",
    arguments: [
      ("", Merge.Style.merge), ("zdiff3", .zdiff3), ("diff3", .diff3), ("merge", .merge),
      ("other", .merge),
    ])
  func setting(value: String, style: Merge.Style) throws {
    try room.run("init", "-q", room.path("project"))
    if !value.isEmpty {
      try room.write("[merge]\n  conflictStyle = \(value)\n", to: "home/.gitconfig")
    }
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("project")) == style)
    // Not one of these leads elsewhere.
    room.environment["GIT_CONFIG_COUNT"] = "1"
    room.environment["GIT_CONFIG_KEY_0"] = "merge.conflictStyle"
    room.environment["GIT_CONFIG_VALUE_0"] = style == .diff3 ? "zdiff3" : "diff3"
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("project")) == style)
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("home")) == style)
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("absent")) == .merge)
    #expect(try room.leftovers == [])
  }

  @Test("is shown as the repository has it set")
  func repositorySetting() throws {
    try room.run("init", "-q", room.path("project"))
    try room.run("config", "merge.conflictStyle", "zdiff3", in: "project")
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("project")) == .zdiff3)
    // As in a hook of another repository.
    room.environment["GIT_DIR"] = room.path("project/.git")
    #expect(try room.git().conflictStyle(inRepositoryOf: room.path("home")) == .merge)
  }

  @Test(
    "of modes is none where git has found the disk to keep none",
    arguments: [("true", true), ("false", false), ("no", false), ("odd", nil)])
  func modes(value: String, keepsModes: Bool?) throws {
    try room.run("init", "-q", room.path("project"))
    #expect(try room.git().keepsModes(inRepositoryOf: room.path("project")) == true)
    try room.run("config", "core.fileMode", value, in: "project")
    #expect(try room.git().keepsModes(inRepositoryOf: room.path("project")) == keepsModes)
    #expect(try room.git().keepsModes(inRepositoryOf: room.path("absent")) == nil)
  }
}
