import Foundation
import TestSupport
import Testing

/// The documents in which people read about the repository.
@Suite("A document")
struct DocumentTests {
  static let documents = [
    "README.md", "Sources/ARCHITECTURE.md", "Templates/README.md",
    "Tests/GeneratedProjects/README.md", "Tests/Packages/README.md", ".github/CHANGELOG.md",
    ".github/CONTRIBUTING.md", ".github/SECURITY.md",
  ]

  @Test("links to what is there", arguments: documents)
  func links(_ document: String) throws {
    let folder = document.split(separator: "/").dropLast().map(String.init)
    for match in try text(of: document).matches(of: /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/) {
      let path = match.output.1
      var target = document
      if !path.isEmpty {
        var components = folder
        for part in path.split(separator: "/") {
          if part == ".." { components.removeLast() } else { components.append(String(part)) }
        }
        target = components.joined(separator: "/")
      }
      #expect(Repository.holds(target), "\(document): \(path)")
      guard let anchor = match.output.2 else { continue }
      #expect(
        try Self.anchors(in: text(of: target)).contains(String(anchor)), "\(document): #\(anchor)")
    }
  }

  /// In code between backticks; where words stand for others (`NAME`, `*`), it is no path.
  @Test("names files and folders that are there", arguments: documents)
  func paths(_ document: String) throws {
    let text = try text(of: document).replacing(/(?ms)^```.*?^```/, with: "")
    for match in text.matches(of: /`((?:Sources|Tests|Templates|\.github|\.ci)\/[^`\s]*)`/) {
      let path = match.output.1.prefix { $0 != ":" }
      if path.contains(/\bNAME\b|[*<…{]/) { continue }
      #expect(Repository.holds(String(path)), "\(document): \(path)")
    }
  }

  /// There, paths are below `Sources` and begin with a module.
  @Test("of the architecture names files and folders that are there")
  func pathsOfModules() throws {
    let modules = try Set(PackageTarget.all().map(\.name))
    let text = try text(of: "Sources/ARCHITECTURE.md")
    let paths = text.matches(of: /`((\w+)\/[^`\s]*)`/).filter {
      modules.contains(String($0.output.2))
    }
    #expect(paths.count > 10)
    for path in paths {
      #expect(Repository.holds("Sources/\(path.output.1)"), "\(path.output.1)")
    }
  }

  @Test("has lines of at most 100 characters, but for tables", arguments: documents)
  func width(_ document: String) throws {
    for (number, line) in try text(of: document).split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() where !line.hasPrefix("|") {
      #expect(line.count <= 100, "\(document):\(number + 1)")
    }
  }

  @Test(
    "names the Swift that Package.swift wants", arguments: ["README.md", ".github/CONTRIBUTING.md"])
  func swift(_ document: String) throws {
    let package = try text(of: "Package.swift")
    let version = try #require(package.firstMatch(of: /swift-tools-version: ([\d.]+)/)?.output.1)
    #expect(try text(of: document).contains("Swift \(version) or later"))
  }

  @Test(
    "says that there is no licence as long as there is none",
    arguments: ["README.md", ".github/CONTRIBUTING.md"])
  func licence(_ document: String) throws {
    let words = try text(of: document).split(whereSeparator: \.isWhitespace)
    let isTold = words.joined(separator: " ").lowercased()
      .contains("until then nobody is given a right")
    #expect(isTold != Repository.holds("LICENSE"))
    let about = try text(of: "Tests/Packages/packages/about.py")
    #expect(isTold == about.contains("\nLICENCE: str | None = None\n"))
  }

  /// What comments of sources cite.
  @Test("is where a source says that it is")
  func cited() throws {
    for file in Repository.files(below: "Sources", ending: ".swift") {
      for match in try text(of: file).matches(of: /\b[\w\/.]+\.md\b/) {
        let name = String(match.output)
        #expect(
          Repository.holds(name) || Self.documents.contains { $0.hasSuffix("/" + name) },
          "\(file): \(name)")
      }
    }
  }

  private func text(of path: String) throws -> String { try Repository.text(of: path) }

  /// The anchors that GitHub makes of a document's headings.
  private static func anchors(in text: String) -> [String] {
    text.matches(of: /(?m)^#+ (.+)$/).map { match in
      String(
        match.output.1.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
          .map { $0 == " " ? "-" : $0 })
    }
  }
}
