import Foundation
import TestSupport
import Testing

/// What a release takes its name, its date and its notes from.
@Suite("The version")
struct ReleaseTests {
  /// Where a file, a command or an address has the version in its name.
  private static let documents = [
    "README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", "Tests/Packages/README.md",
  ]

  private let version: String
  private let date: String
  private let sections: [Section]

  init() throws {
    let program = try Repository.text(of: "Sources/scaffold/Program/Program.swift")
    func value(_ name: String) throws -> String {
      let found = program.matches(of: /static let (\w+) = "([^"]*)"/).filter {
        $0.output.1 == name
      }
      try #require(found.count == 1, "\(name)")
      return String(found[0].output.2)
    }
    version = try value("version")
    date = try value("date")
    sections = try Section.all(in: Repository.text(of: ".github/CHANGELOG.md"))
  }

  @Test("is three numbers, and its date a day")
  func form() throws {
    #expect(version.wholeMatch(of: /(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)/) != nil)
    let day = try Date.ISO8601FormatStyle().year().month().day().parse(date)
    #expect(day.formatted(.iso8601.year().month().day()) == date)
  }

  @Test("is the newest of the changelog, with its date")
  func newest() throws {
    var titles = sections.map(\.title)
    // What comes next may be gathered above it.
    if titles.first == "Unreleased" { titles.removeFirst() }
    #expect(titles.first == "\(version) — \(date)")
    for section in sections.suffix(titles.count) { #expect(section.isNumbered, "\(section.title)") }
  }

  @Test("comes after those before it in the changelog, and no sooner")
  func order() {
    let numbered = sections.filter(\.isNumbered)
    for (later, earlier) in zip(numbered, numbered.dropFirst()) {
      #expect(earlier.numbers.lexicographicallyPrecedes(later.numbers), "\(earlier.title)")
      #expect(earlier.date <= later.date, "\(earlier.title)")
    }
  }

  @Test("has something to say in the changelog, as do those before it, below each heading")
  func text() throws {
    #expect(!sections.isEmpty)
    for section in sections {
      for part in section.parts { #expect(!part.text.isEmpty, "\(section.title), \(part.title)") }
    }
  }

  @Test("is what a tag of this commit says")
  func tag() throws {
    for tag in try Self.tags(["--points-at", "HEAD"]) { #expect(tag == "v\(version)") }
  }

  @Test("is in the documents that name a file or a command with it", arguments: documents)
  func names(_ document: String) throws {
    let named =
      #/
      (?: scaffold[\-_\s:] | scaffold_layouts- | Packages\/build\s
        | (?: download\/ | git\stag\s | check-tag\s | origin\s ) v )
      (\d+\.\d+\.\d+)
      /#
    for match in try Repository.text(of: document).matches(of: named) {
      #expect(String(match.output.1) == version, "\(document): \(match.output.0)")
    }
  }

  @Test("is in the README's table of what has a version")
  func table() throws {
    let table = try #require(MarkdownTable.first("what", in: Repository.text(of: "README.md")))
    #expect(table.row("the program")?[1] == version)
  }

  /// Before the first release all say so; from its tag on, none does.
  @Test("is said not to be released where it is not")
  func unreleased() throws {
    let documents = ["README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"]
    let saying = try documents.filter { document in
      let words = try Repository.text(of: document).split(whereSeparator: \.isWhitespace)
      return words.joined(separator: " ").lowercased().contains("there are no releases yet")
    }
    #expect(saying.isEmpty || saying == documents)
    let tags = try Self.tags(["--list"])
    #expect(saying.isEmpty || tags.isEmpty, "there is \(tags)")
  }

  /// The tags of releases. None where there is no git or no repository, or a copy without tags.
  private static func tags(_ options: [String]) throws -> [String] {
    let result = try SpawnedProgram(
      ["git", "tag"] + options, in: Repository.root,
      environment: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    ).run()
    guard result.code == 0 else { return [] }
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("v") }
  }
}

/// What stands below a heading of the changelog.
private struct Section {
  var title: String
  /// What stands above the first smaller heading, if something does, and below each of them.
  var parts: [(title: String, text: String)] = []

  static func all(in text: String) -> [Section] {
    var sections: [Section] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") {
        sections.append(Section(title: String(line.dropFirst(3))))
      } else if line.hasPrefix("#"), !sections.isEmpty {
        sections[sections.count - 1].parts.append((String(line), ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].add(line)
      }
    }
    return sections.map { $0.parts.isEmpty ? Section(title: $0.title, parts: [("", "")]) : $0 }
  }

  private mutating func add(_ line: Substring) {
    if parts.isEmpty { parts.append(("", "")) }
    parts[parts.count - 1].text += line
  }

  private var found: Regex<(Substring, Substring, Substring)>.Match? {
    title.wholeMatch(of: /(\d+\.\d+\.\d+) — (\d{4}-\d\d-\d\d)/)
  }

  var isNumbered: Bool { found != nil }
  var numbers: [Int] { found?.output.1.split(separator: ".").compactMap { Int($0) } ?? [] }
  var date: String { found.map { String($0.output.2) } ?? "" }
}
