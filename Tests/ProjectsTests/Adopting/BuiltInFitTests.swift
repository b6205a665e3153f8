import BuiltInLayouts
import Documents
import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

/// Projects that the built-in layouts have made, whose records are gone: the answers are found again.
@Suite("The answers of a project that has lost its record")
struct BuiltInFitTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    var layout: String
    var answers: [String: String] = [:]

    var testDescription: String {
      let answers = answers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(layout) \(answers.joined(separator: " "))"
    }
  }

  static let variants = [
    Variant(layout: "ops-k8s"),
    Variant(
      layout: "ops-k8s",
      answers: [
        "PROJECT_NAME": "churn-2", "PYTHON_VERSION": "3.13", "INGESTION": "kafka",
        "FEATURE_STORE": "postgres", "REGISTRY": "registry.example.com:5000/team/churn",
        "ENVIRONMENTS": "production", "EXAMPLE": "false", "LICENSE": "apache-2.0",
        "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
    Variant(
      layout: "ops-k8s",
      answers: [
        "ENVIRONMENTS": "dev,test,live", "PRODUCTION": "test,live", "INGESTION": "kinesis,pubsub",
        "FEATURE_STORE_BACKEND": "postgres",
      ]),
    Variant(layout: "orchestrator-config"),
    Variant(
      layout: "orchestrator-config", answers: ["VARIANT": "recommended", "DOMAINS": "b,a"]),
    Variant(
      layout: "orchestrator-config",
      answers: [
        "VARIANT": "multi-env", "DOMAINS": "orders", "COMPLEX_DOMAINS": "stock,user_management",
        "ENVIRONMENTS": "local,live,dr", "PRODUCTION": "live,dr", "EXAMPLE": "false",
        "PORT": "9000", "PYTHON_VERSION": "3.13",
      ]),
    Variant(
      layout: "orchestrator-config",
      answers: [
        "VARIANT": "multi-env", "LOCAL": "staging", "LICENSE": "bsd-3-clause",
        "COPYRIGHT": "2026 A",
      ]),
    Variant(layout: "src-namespace"),
    Variant(
      layout: "src-namespace",
      answers: [
        "PROJECT_NAME": "my-desk", "PYTHON_VERSION": "3.13", "SLACK": "false", "EXAMPLE": "false",
        "AWS_REGION": "eu-central-1", "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
    Variant(layout: "src-namespace", answers: ["PACKAGE": "desk", "EXAMPLE": "false"]),
    Variant(layout: "src-namespace", answers: ["ROUTES": "POST /orders,GET /orders/open"]),
    Variant(layout: "staged-docker"),
    Variant(
      layout: "staged-docker",
      answers: [
        "STEPS": "clean,load,serve,score", "INGEST": "load", "ENGINE": "serve", "EXAMPLE": "false",
        "PYTHON_VERSION": "3.13", "PORT_BLOCK": "200", "RUNNERS": "false",
      ]),
    Variant(
      layout: "staged-docker",
      answers: ["STEPS": "a_b,c,d,e,f,g,h,i,j,k,l", "LICENSE": "mit", "COPYRIGHT": "2026 B"]),
    Variant(layout: "tiered"),
    Variant(
      layout: "tiered",
      answers: ["TIER": "core", "EXAMPLE": "false", "SECURITY_LIBRARIES": "pyjwt-pwdlib"]),
    Variant(
      layout: "tiered",
      answers: [
        "TIER": "full", "MODELS": "category,warehouse_reservation",
        "LICENSE": "mit", "COPYRIGHT": "2026 Ann Example", "PYTHON_VERSION": "3.13",
        "PORT": "9001", "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
    Variant(layout: "tiered", answers: ["TIER": "core", "MODELS": "order,item,customer"]),
    Variant(layout: "tiered", answers: ["MODELS": "shipment,box"]),
  ]

  @Test("are found where nothing was changed", arguments: variants)
  func untouched(_ variant: Variant) throws {
    let (layout, answers, disk) = try project(variant)
    let fit = try Fit(layout, given: [], to: disk, directory: "elsewhere")
    #expect(text(fit.answers) == text(answers))
    #expect(fit.comparison.different == [])
    #expect(fit.comparison.missing == [])
    #expect(fit.comparison.own == [])
  }

  @Test("are found where files were edited, removed and added", arguments: variants)
  func worked(_ variant: Variant) throws {
    let (layout, answers, disk) = try project(variant)
    var edited: [RelativePath] = []
    var removed: [RelativePath] = []
    for (number, path) in try disk.snapshot().filter({ $0.value.kind == .file }).keys.sorted()
      .enumerated()
    {
      // Nothing else in the layouts has what these two say.
      if path.string == "LICENSE" { continue }
      if number % 7 == 3 {
        try disk.remove(path)
        removed.append(path)
      } else if number % 4 == 1 {
        let content = try disk.contents(of: path)
        try disk.remove(path)
        try disk.createFile(path, .regular, .bytes(Array("# mine\n".utf8) + content))
        edited.append(path)
      }
    }
    try disk.createDirectories(to: path("src/mine"))
    try disk.createFile(path("src/mine/own.py"), .regular, .bytes(Array("own = 1\n".utf8)))
    let fit = try Fit(layout, given: [], to: disk, directory: "elsewhere")
    #expect(text(fit.answers) == text(answers))
    #expect(fit.comparison.different.sorted() == edited)
    #expect(fit.comparison.missing.sorted() == removed)
    #expect(fit.comparison.own.map(\.string) == ["src/mine/own.py"])
  }

  /// What the layout makes, without the record.
  private func project(_ variant: Variant) throws -> (Layout, Answers, InMemoryFileSystem) {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == variant.layout })
    let layout = Layout(embedded: embedded)
    let given = variant.answers.sorted { $0.key < $1.key }.map { name, value in
      GivenAnswer(name: name, input: .text(value), origin: name)
    }
    let disk = InMemoryFileSystem()
    let answers = try Answers(for: layout.manifest, given: given, directory: "elsewhere")
    try create(
      CreateRequest(
        layout: layout, answers: answers, target: try locate("elsewhere", in: disk),
        onConflict: .fail,
        directory: "."))
    try disk.remove(path("elsewhere/" + Layout.recordName))
    let project = try disk.directory(at: path("elsewhere"))
    return (layout, answers, try #require(project as? InMemoryFileSystem))
  }

  private func text(_ answers: Answers) -> String {
    JSON.object(answers.recordedMembers).pretty
  }
}
