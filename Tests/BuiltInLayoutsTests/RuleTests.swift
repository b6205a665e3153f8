import BuiltInLayouts
import Documents
import FileSystems
import FileTrees
import Foundation
import Rules
import Templating
import TestSupport
import Testing

@testable import Layouts

@Suite("The rules of a built-in layout")
struct RuleTests {
  /// Answers in which projects of a layout differ most: all combinations of what each row has.
  static let variants: [String: [[[String: String]]]] = [
    "ops-k8s": [
      ["kafka", "kinesis", "pubsub", "kafka,pubsub", "kafka,kinesis", "kafka,kinesis,pubsub"]
        .map { ["INGESTION": $0] },
      [
        ["FEATURE_STORE": "redis"],
        ["FEATURE_STORE": "redis,postgres", "ENVIRONMENTS": "dev,test,live", "LICENSE": "mit"],
        ["FEATURE_STORE": "postgres", "ENVIRONMENTS": "production", "REGISTRY": "r.example/a"],
      ].map { $0.merging($0["LICENSE"] == nil ? [:] : ["COPYRIGHT": "2026 Ann"]) { $1 } },
      flags("EXAMPLE"),
    ],
    "orchestrator-config": [
      [
        ["VARIANT": "minimal"], ["VARIANT": "recommended"],
        ["VARIANT": "recommended", "COMPLEX_DOMAINS": "", "DOMAINS": "orders"],
        ["VARIANT": "multi-env", "COMPLEX_DOMAINS": "stock,user_management"],
        ["VARIANT": "multi-env", "ENVIRONMENTS": "only", "PRODUCTION": "only"],
        ["VARIANT": "multi-env", "ENVIRONMENTS": "local,live,dr", "PRODUCTION": "live,dr"],
      ],
      flags("EXAMPLE"),
    ],
    "src-namespace": [
      flags("EXAMPLE"), flags("SLACK"),
      [[:], ["ROUTES": "POST /orders"], ["ROUTES": "POST /orders,GET /orders,DELETE /orders/all"]],
    ],
    "staged-docker": [
      flags("EXAMPLE"), flags("RUNNERS"),
      [
        [:], ["PORT_BLOCK": "990"],
        ["STEPS": "clean,load,serve,score", "INGEST": "load", "ENGINE": "serve"],
      ],
    ],
    "tiered": [
      [
        ["TIER": "mvp"], ["TIER": "core"], ["TIER": "full"],
        ["TIER": "core", "SECURITY_LIBRARIES": "pyjwt-pwdlib"],
        ["TIER": "full", "SECURITY_LIBRARIES": "pyjwt-pwdlib"],
      ],
      flags("EXAMPLE"), [[:], ["MODELS": "category,warehouse_reservation"]],
    ],
  ]

  private static func flags(_ name: String) -> [[String: String]] {
    ["true", "false"].map { [name: $0] }
  }

  @Test(
    "are kept by whatever name an item may have: those of the layout's own files are refused",
    arguments: [
      ("DOMAINS", "database"), ("COMPLEX_DOMAINS", "database"), ("COMPLEX_DOMAINS", "domains"),
      ("ENVIRONMENTS", "base"), ("ENVIRONMENTS", "domains"), ("ENVIRONMENTS", "integrations"),
    ])
  func ownNames(_ variable: String, _ word: String) throws {
    let layout = try #require(BuiltInLayouts.all.first { $0.name == "orchestrator-config" })
    func answers(_ word: String) throws {
      let given = ["VARIANT": "multi-env", variable: "one,\(word)"]
      _ = try Answers(
        for: Layout(embedded: layout).manifest,
        given: given.map { GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key) },
        directory: "demo")
    }
    #expect(throws: Never.self) { try answers("other") }
    let fault = #expect(throws: Diagnostics.self) { try answers(word) }
    let message = fault?.all.first?.message ?? ""
    #expect(message.hasPrefix("\(variable): “\(word)” is refused: "), "\(message)")
  }

  static let layouts = BuiltInLayouts.all.map(\.name)

  @Test("find nothing in a project of the layout", arguments: layouts)
  func generated(_ name: String) throws {
    var projects = try Projects(of: name)
    let combined = try #require(Self.variants[name]).reduce([[:]]) { variants, row in
      variants.flatMap { variant in row.map { variant.merging($0) { $1 } } }
    }
    for answers in combined {
      let project = try projects.project(answers)
      for finding in try project.findings(in: project.files) {
        Issue.record("\(answers): \(finding.rule) \(finding.path):\(finding.line ?? 0) \(finding)")
      }
    }
  }

  @Test("find what breaks them, and nothing in other forms that keep them", arguments: layouts)
  func breaks(_ name: String) throws {
    var projects = try Projects(of: name)
    for change in try RuleBreak.all(of: name) {
      let project = try projects.project(change.answers ?? [:])
      let (files, places) = try change.applied(to: project.files)
      let all = try project.findings(in: files)
      let own = all.filter { $0.rule == "\(name)/\(change.rule)" }
      #expect(
        own.map { "\($0.path)" + ($0.line.map { ":\($0)" } ?? "") } == places, "\(change)\n\(all)")
      if change.finds.isEmpty { #expect(all == [], "\(change)") }
    }
  }

  @Test("are all broken by a change that is listed", arguments: layouts)
  func everyRule(_ name: String) throws {
    let rules = try Projects(of: name).layout.manifest.rules.map(\.id)
    let broken = try RuleBreak.all(of: name).filter { !$0.finds.isEmpty }.map(\.rule)
    #expect(!rules.isEmpty)
    #expect(Set(rules).symmetricDifference(broken) == [])
  }

  /// The projects of a layout, each made once.
  struct Projects {
    let layout: Layout
    private let book: RuleBook
    private var made: [[String: String]: Project] = [:]

    init(of name: String) throws {
      let disk = try LocalFileSystem(opening: templatesFolder.appending(path: name).path)
      layout = try Layout(folder: disk, name: name) { () throws(FileSystemError) in
        try LocalFileSystem(opening: templatesFolder.path)
      }
      book = RuleBook(layout.manifest.rules, layout: name)
    }

    mutating func project(_ given: [String: String]) throws -> Project {
      if let known = made[given] { return known }
      let answers = try Answers(
        for: layout.manifest,
        given: given.sorted { $0.key < $1.key }.map {
          GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key)
        }, directory: "demo")
      let rendered = try layout.rendered(with: answers)
      var contents = rendered.renderedContents
      var files: [String: String] = [:]
      for entry in rendered.tree.entries {
        guard let number = entry.leaf else {
          if entry.path != .root { files[entry.path.string + "/"] = "" }
          continue
        }
        guard case .bytes(let bytes) = try contents.content(ofFile: number) else { continue }
        files[entry.path.string] = String(decoding: bytes, as: UTF8.self)
      }
      let project = Project(book: book, values: Scope(answers.values), files: files)
      made[given] = project
      return project
    }
  }

  struct Project {
    let book: RuleBook
    let values: Scope
    let files: [String: String]

    func findings(in files: [String: String]) throws -> [Finding] {
      var check = RuleCheck(book, scope: values, project: try InMemoryFileSystem(files))
      return try check.findings()
    }
  }
}
