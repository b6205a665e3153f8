import Documents
import Testing

@testable import Templating

/// A faulty template as a test sees it: `line:column: message (help)`.
struct Complaint: Error, Equatable, CustomStringConvertible {
  let description: String
}

/// The declarations and values of the table of examples in `Sources/ARCHITECTURE.md`.
enum Example {
  static let declarations = Declarations([
    "PROJECT_NAME": .text, "AUTHOR": .text, "EMAIL": .text, "TITLE": .text,
    "STEPS": .list(of: .text), "TIER": .choice(["mvp", "core", "full"]), "CELERY": .flag,
    "PORT_BLOCK": .integer, "MODELS": .list(of: .text),
    "EXTRAS": .list(of: .choice(["docs", "lint", "ci"])), "PORTS": .list(of: .integer),
    "PYTHON": .choice(["3.11", "3.12", "3.13"]),
  ])

  static let scope = Scope([
    "PROJECT_NAME": .text("demo"), "AUTHOR": .text("Ann"), "EMAIL": .text("a@b.c"),
    "TITLE": .text(#"say <<EMAIL>> "hi""#), "STEPS": .list([.text("topic1"), .text("topic2")]),
    "TIER": .text("core"), "CELERY": .flag(false), "PORT_BLOCK": .integer(100),
    "MODELS": .list([]), "EXTRAS": .list([.text("ci"), .text("docs")]),
    "PORTS": .list([.integer(80), .integer(443)]), "PYTHON": .text("3.12"),
  ])
}

func render(
  _ bytes: [UInt8], in place: Template.Place = .content,
  declarations: Declarations = Example.declarations, scope: Scope = Example.scope
) throws(Complaint) -> [UInt8] {
  do throws(Diagnostics) {
    let location = Documents.SourceLocation(file: "f", line: 1, column: 1)
    let template = try Template(
      parsing: bytes, at: location, in: place, declarations: declarations)
    if let unpacked = unpacked(template, bytes) {
      #expect(outcome(unpacked, scope) == outcome(template, scope))
      #expect(unpacked.names == template.names)
    }
    try expectSharing(bytes, place, declarations, scope, isLike: template)
    return try template.rendered(in: scope)
  } catch {
    throw Complaint(description: described(error))
  }
}

/// The template as the binary has it, which must be the same; nil where its text is not UTF-8.
private func unpacked(_ template: Template, _ bytes: [UInt8]) -> Template? {
  guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
  let unpacked = Template(packed: template.packed)
  #expect(unpacked.packed == template.packed)
  return unpacked
}

/// Templates that share their tags, and what these stand for, are what each is by itself, and cost the
/// same.
private func expectSharing(
  _ bytes: [UInt8], _ place: Template.Place, _ declarations: Declarations, _ scope: Scope,
  isLike template: Template
) throws(Diagnostics) {
  var known: KnownTags? = KnownTags()
  var values = TagValues()
  var alone = Budget()
  let expected = outcome(template, scope, spending: &alone)
  for _ in 0..<2 {
    var ignored = Diagnostics()
    let location = Documents.SourceLocation(file: "f", line: 1, column: 1)
    let shared = try Template(
      parsing: bytes, at: location, in: place, declarations: declarations, knowing: &known,
      warnings: &ignored)
    #expect(shared.names == template.names && shared.tags == template.tags)
    var budget = Budget()
    var output: [UInt8] = Array("what was there before".utf8)
    do throws(Diagnostics) {
      try shared.render(in: scope, &values, into: &output, spending: &budget)
      #expect(String(decoding: output, as: UTF8.self) == expected)
    } catch {
      #expect(described(error) == expected)
    }
    for resource in Budget.Resource.allCases {
      #expect(budget.left(of: resource) == alone.left(of: resource))
    }
  }
}

private func outcome(
  _ template: Template, _ scope: Scope, spending budget: inout Budget
) -> String {
  do throws(Diagnostics) {
    return String(
      decoding: try template.rendered(in: scope, spending: &budget), as: UTF8.self)
  } catch {
    return described(error)
  }
}

private func outcome(_ template: Template, _ scope: Scope) -> String {
  do throws(Diagnostics) {
    return String(decoding: try template.rendered(in: scope), as: UTF8.self)
  } catch {
    return described(error)
  }
}

func render(
  _ text: String, in place: Template.Place = .content,
  declarations: Declarations = Example.declarations, scope: Scope = Example.scope
) throws(Complaint) -> String {
  let bytes = try render(Array(text.utf8), in: place, declarations: declarations, scope: scope)
  return String(decoding: bytes, as: UTF8.self)
}

/// What is wrong with a template, one complaint a line; empty when nothing is.
func complaints(
  _ text: String, in place: Template.Place = .content,
  declarations: Declarations = Example.declarations, scope: Scope = Example.scope
) -> String {
  do throws(Complaint) {
    _ = try render(text, in: place, declarations: declarations, scope: scope)
    return ""
  } catch {
    return error.description
  }
}

/// What a template renders to, or `error: ` and what is wrong with it.
func rendered(
  _ text: String, in place: Template.Place = .content,
  declarations: Declarations = Example.declarations, scope: Scope = Example.scope
) -> String {
  do throws(Complaint) {
    return try render(text, in: place, declarations: declarations, scope: scope)
  } catch {
    return "error: " + error.description
  }
}

/// The value of a condition, or what is wrong with it.
func outcome(
  _ condition: String, declarations: Declarations = Example.declarations,
  scope: Scope = Example.scope
) -> String {
  do throws(Diagnostics) {
    let location = Documents.SourceLocation(file: "f", line: 1, column: 1)
    let parsed = try Condition(parsing: condition, at: location, declarations: declarations)
    let unpacked = Condition(packed: parsed.packed)
    #expect(unpacked.holds(in: scope) == parsed.holds(in: scope))
    #expect(unpacked.names == parsed.names && unpacked.packed == parsed.packed)
    return String(parsed.holds(in: scope))
  } catch {
    return described(error)
  }
}

private func described(_ diagnostics: Diagnostics) -> String {
  diagnostics.all.map { diagnostic in
    let place = diagnostic.location.map { "\($0.line):\($0.column): " } ?? ""
    let help = diagnostic.help.map { " (\($0))" } ?? ""
    return place + diagnostic.message + help
  }.joined(separator: "\n")
}
