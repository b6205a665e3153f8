import Foundation
import Testing

@Suite("What help says to do")
struct HelpTextTests {
  private func shell() throws -> Shell {
    let shell = try Shell()
    try FileManager.default.copyItem(
      at: TranscriptTests.folder.appending(path: "tiny"),
      to: shell.directory.appending(path: "tiny"))
    try shell.write(
      "need/layout.json",
      """
      { "name": "need", "summary": "Needs answers", "version": "1.0.0",
        "variables": [
          { "name": "AUTHOR", "kind": "text" }, { "name": "DOCKER", "kind": "flag" },
          { "name": "TAG", "kind": "name", "default": "latest", "when": "DOCKER" }],
        "layers": [{ "folder": "base" }] }
      """)
    try shell.write("need/base/file", "<<AUTHOR>>\n")
    try shell.write(
      "clash/layout.json",
      """
      { "name": "clash", "summary": "Paths that values make one", "version": "1.0.0",
        "variables": [
          { "name": "NAME", "kind": "text", "default": "a" },
          { "name": "ITEMS", "kind": "list", "of": "text", "default": "one" }],
        "layers": [
          { "folder": "base" }, { "folder": "named" },
          { "folder": "items", "each": "ITEM in ITEMS" }] }
      """)
    for path in ["base/a.txt", "named/<<NAME>>.txt", "items/item_<<ITEM|snake>>.txt"] {
      try shell.write("clash/\(path)", "x\n")
    }
    return shell
  }

  /// The commands between “ ” in `text`, with something for the words that stand for a value.
  static func commands(in text: String) -> [String] {
    text.matches(of: /“(scaffold [^”]*)”/).map { match in
      String(match.1).replacing("NAME", with: "./tiny").replacing("LAYOUT", with: "./tiny")
        .replacing("DIRECTORY", with: "new-place")
    }
  }

  @Test("leads on, in each situation where it is printed", arguments: HelpSituation.all.indices)
  func use(index: Int) throws {
    let situation = HelpSituation.all[index]
    let shell = try shell()
    defer { shell.remove() }
    let told = try shell.run(situation.command)
    let help = told.errors.split(separator: "\n").filter { $0.hasPrefix("help: ") }
      .joined(separator: "\n")
    #expect(help.contains(situation.help), "\(situation.command)\n\(told.errors)")
    for command in Self.commands(in: help) {
      let result = try shell.run(command)
      // What compares says by 1 that it found something.
      let isRight = result.code == 0 || command.hasPrefix("scaffold diff ") && result.code == 1
      #expect(isRight, "\(situation.command)\n\(command)\n\(result.errors)")
    }
    if let follow = situation.follow {
      let result = try shell.run(follow)
      #expect(result.code == 0, "\(situation.command)\n\(follow)\n\(result.errors)")
    }
  }

  @Test(
    "mends a layout, in each situation where it is printed",
    arguments: LayoutHelpSituation.all.indices)
  func layouts(index: Int) throws {
    let situation = LayoutHelpSituation.all[index]
    let shell = try Shell()
    defer { shell.remove() }
    let command = "scaffold new --dry-run --layout ./mine place"
    try situation.write(situation.faulty, shell)
    let told = try shell.run(command)
    #expect(told.errors.contains("help: \(situation.help)"), "\(situation.faulty)\n\(told.errors)")
    try situation.write(situation.mended, shell)
    let result = try shell.run(command)
    #expect(result.code == 0, "\(situation.mended)\n\(result.errors)")
    #expect(!result.errors.contains("help: \(situation.help)"), "\(result.errors)")
  }

  /// Help that no command line brings about by itself, with what holds it instead.
  private static let elsewhere = [
    "name it before all options, or after “--”":
      "needs projects whose layouts read one line in two ways",
    "wait for it to end, then look at what it made": "needs two runs at once: KillTests",
    "; run it again": "needs a race: ExistingTargetTests",
    "; name a new directory": "needs more files than a test writes: RecoveryTests",
    "; choose a directory on another disk": "needs a disk that lies: DiskProfileTests",
    "it is not needed any more: remove it": "needs a disk that fails: CleanUpTests",
    "run it again, which completes that one": "needs a run that dies meanwhile: TwoClientsTests",
    "look at what it made; nothing of it was touched": "needs a mount: TwoClientsTests",
    "” and remove it by hand": "needs a plan that is damaged: RecoveryTests",
    "look at it, and remove it if you do not know it": "needs a name that is taken: UndoTests",
    "it cannot be undone; remove “": "needs a plan that is damaged: UndoTests",
    "run it again, which goes on with it": "needs a disk that fails: UndoSweepTests",
    "there is nothing to undo; if you do not know it": "needs a copy of a project: UndoTests",
    "look at what is there; nothing of it was changed": "needs a race: NewTargetTests",
    "give other items with --": "needs items that are one without a filter, which lists refuse",
    "answer with a name, or with a number from 1 to ": "needs a terminal: PlainPrompterTests",
    ", --on-conflict ask shows each of them, and asks": "needs a terminal",
    "; --on-conflict keep leaves the files": "needs a file of another user: ExistingTargetTests",
  ]

  @Test("is tried, wherever a source has some")
  func isComplete() throws {
    let told = HelpSituation.all.map(\.help) + LayoutHelpSituation.all.map(\.help)
    let found = try SourceHelp.all()
    #expect(found.count > 60)
    for help in found {
      let isTold = told.contains { $0.contains(help.text) || help.text.contains($0) }
      let isElsewhere = Self.elsewhere.keys.contains { help.text.contains($0) }
      #expect(
        isTold || isElsewhere,
        "\(help.file): add a situation that prints “\(help.text)” to HelpSituations.swift")
    }
    for text in Self.elsewhere.keys {
      #expect(found.contains { $0.text.contains(text) }, "“\(text)” is said no more")
    }
  }
}

extension Shell {
  func write(_ path: String, _ text: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}
