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
    for unpacked in unpacked(template, bytes, location) {
      #expect(outcome(unpacked, scope) == outcome(template, scope))
      #expect(unpacked.names == template.names)
    }
    return try template.rendered(in: scope)
  } catch {
    throw Complaint(description: described(error))
  }
}

/// The template as the binary has it, which must be the same: with its text where that is UTF-8, and
/// without.
private func unpacked(
  _ template: Template, _ bytes: [UInt8], _ location: Documents.SourceLocation
) -> [Template] {
  guard String(validating: bytes, as: UTF8.self) != nil else { return [] }
  var writer = PackedCoder()
  _ = Template(coding: template, of: bytes, at: location, with: &writer)
  var reader = PackedCoder(reading: writer.text)
  let withoutText = Template(coding: nil, of: bytes, at: location, with: &reader)
  #expect(reader.isAtEnd)
  let withText = Template(packed: template.packed)
  #expect(withText.packed == template.packed)
  return [withText, withoutText]
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
