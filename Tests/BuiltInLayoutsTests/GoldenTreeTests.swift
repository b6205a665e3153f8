import BuiltInLayouts
import FileSystems
import FileTrees
import Foundation
import Layouts
import Projects
import TestSupport
import Testing

/// One snapshot for each layout and variant: mode, blob id and path of every file, and the tree as
/// it is drawn. `RECORD_SNAPSHOTS=1 swift test` rewrites them, and fails the run that recorded.
@Suite("The tree of a built-in layout")
struct GoldenTreeTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    var layout: String
    /// The snapshot's name, and the directory that the project goes to.
    var name: String
    var answers: [String: String] = [:]

    var testDescription: String { "\(layout), \(name)" }
  }

  static let variants = [
    Variant(layout: "ops-k8s", name: "default"),
    Variant(
      layout: "ops-k8s", name: "minimal",
      answers: [
        "PROJECT_NAME": "churn-2", "PYTHON_VERSION": "3.13", "INGESTION": "kafka",
        "FEATURE_STORE": "postgres", "REGISTRY": "registry.example.com:5000/team/churn",
        "ENVIRONMENTS": "production", "EXAMPLE": "false", "LICENSE": "apache-2.0",
        "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
    Variant(layout: "orchestrator-config", name: "default"),
    Variant(
      layout: "orchestrator-config", name: "recommended", answers: ["VARIANT": "recommended"]),
    Variant(
      layout: "orchestrator-config", name: "multi-env",
      answers: [
        "VARIANT": "multi-env", "DOMAINS": "orders", "COMPLEX_DOMAINS": "stock,user_management",
        "ENVIRONMENTS": "local,live,dr", "PRODUCTION": "live,dr", "EXAMPLE": "false",
        "PORT": "9000", "PYTHON_VERSION": "3.13",
      ]),
    Variant(layout: "src-namespace", name: "default"),
    Variant(
      layout: "src-namespace", name: "no-slack",
      answers: [
        "PROJECT_NAME": "my-desk", "PYTHON_VERSION": "3.13", "SLACK": "false", "EXAMPLE": "false",
        "AWS_REGION": "eu-central-1", "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
    Variant(
      layout: "src-namespace", name: "routes",
      answers: [
        "ROUTES": "POST /orders/cancel,GET /orders,DELETE /orders/all-of_them", "SLACK": "false",
      ]),
    Variant(layout: "staged-docker", name: "default"),
    Variant(
      layout: "staged-docker", name: "four-steps",
      answers: [
        "STEPS": "clean,load,serve,score", "INGEST": "load", "ENGINE": "serve", "EXAMPLE": "false",
        "PYTHON_VERSION": "3.13", "PORT_BLOCK": "200",
        "RUNNERS": "false",
      ]),
    Variant(layout: "tiered", name: "default"),
    Variant(
      layout: "tiered", name: "core",
      answers: ["TIER": "core", "EXAMPLE": "false", "SECURITY_LIBRARIES": "pyjwt-pwdlib"]),
    Variant(
      layout: "tiered", name: "full",
      answers: [
        "TIER": "full", "MODELS": "category,warehouse_reservation",
        "MIGRATIONS": "category,4c1f5dd887ce", "LICENSE": "mit", "COPYRIGHT": "2026 Ann Example",
        "PYTHON_VERSION": "3.13",
        "PORT": "9001", "DESCRIPTION": ##"it's "quoted": \# {x}"##,
      ]),
  ]

  @Test("is the one in the snapshot", arguments: variants)
  func golden(_ variant: Variant) throws {
    let text = try text(of: plan(variant))
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Snapshots/\(variant.layout).\(variant.name).txt")
    #expect(
      try text == recorded(in: file, found: text), "RECORD_SNAPSHOTS=1 rewrites the snapshots")
  }

  @Test("has a snapshot for each layout")
  func everyLayoutHasOne() {
    #expect(Set(Self.variants.map(\.layout)) == Set(BuiltInLayouts.all.map(\.name)))
  }

  @Test("is the same whenever it is rendered", arguments: variants)
  func isPure(_ variant: Variant) throws {
    #expect(try text(of: plan(variant)) == text(of: plan(variant)))
  }

  @Test("tells each file by a template that the layout has, and no two by one", arguments: variants)
  func templates(_ variant: Variant) throws {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == variant.layout })
    let (layout, answers) = try answered(variant)
    let rendered = try layout.rendered(with: answers)
    let templates = rendered.files.indices.map { rendered.template(ofFile: $0) }
    let paths = Set(embedded.files().map(\.path))
    for template in templates { #expect(paths.contains(template.path), "\(template.text)") }
    #expect(Set(templates.map(\.text)).count == templates.count)
    if variant.name == "four-steps" {
      #expect(templates.contains { $0.items == ["score"] && $0.text == $0.path + ":score" })
    }
  }

  private func answered(_ variant: Variant) throws -> (Layout, Answers) {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == variant.layout })
    let layout = Layout(embedded: embedded)
    let given = variant.answers.sorted { $0.key < $1.key }.map { name, value in
      GivenAnswer(name: name, input: .text(value), origin: name)
    }
    return (layout, try Answers(for: layout.manifest, given: given, directory: variant.name))
  }

  private func plan(_ variant: Variant) throws -> Plan {
    let (layout, answers) = try answered(variant)
    return try Plan(
      creating: CreateRequest(
        layout: layout, answers: answers,
        target: Target(
          fileSystem: InMemoryFileSystem(), path: RelativePath(validating: variant.name),
          displayName: variant.name),
        onConflict: .fail, directory: variant.name))
  }

  /// The record is left out of the ids: it holds the digest of the layout, which every change of a
  /// template changes.
  private func text(of plan: Plan) -> String {
    var text = ""
    for change in plan.changes where !change.isDirectory {
      let blob =
        change.path.string == Layout.recordName ? "-" : change.file?.blob.id.description ?? ""
      text += "\(change.permissions.recorded) \(blob.prefix(12)) \(change.path)\n"
    }
    return text + "\n" + TreeDrawing(plan.tree, title: plan.target.displayName).text + "\n"
  }
}
