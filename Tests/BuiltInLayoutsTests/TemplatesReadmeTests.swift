import BuiltInLayouts
import Documents
import Rules
import TestSupport
import Testing

@testable import Layouts
@testable import Templating

@Suite("Templates/README.md")
struct TemplatesReadmeTests {
  private let text: String
  private let manifest: MarkdownTable
  private let variables: MarkdownTable

  init() throws {
    text = try Repository.text(of: "Templates/README.md")
    let keys = MarkdownTable.all(in: text).filter { $0.header.first == "key" }
    try #require(keys.count == 2)
    (manifest, variables) = (keys[0], keys[1])
  }

  @Test("names the keys of a manifest, and no others")
  func manifestKeys() throws {
    let told = Array(manifest.code(inColumn: 0).joined())
    #expect(Set(told + ["$schema"]) == Set(ManifestReader.keys))
    #expect(told.count == Set(told).count)
    #expect(text.contains("`\"$schema\": "))
  }

  @Test("names the keys of a layer, and no others")
  func layerKeys() throws {
    let layers = try #require(manifest.row("`layers`")?.last)
    let told = layers.matches(of: /"([a-z]+)":/).map { String($0.output.1) }
    #expect(Set(told) == Set(ManifestReader.layerKeys))
  }

  @Test("names the keys of a component, and no others")
  func componentKeys() throws {
    let components = try #require(manifest.row("`components`")?.last)
    let told = components.matches(of: /"([a-z]+)": ["…]/).map { String($0.output.1) }
    #expect(told == ComponentReader.keys)
  }

  @Test("names the keys of a command, and no others")
  func commandKeys() throws {
    let table = try #require(MarkdownTable.first("of a command", in: text))
    #expect(Array(table.code(inColumn: 0).joined()) == NextStepReader.keys)
  }

  @Test("names the keys of a variable, and no others")
  func variableKeys() throws {
    let told = Array(variables.code(inColumn: 0).joined())
    #expect(Set(told) == Set(VariableReader.keys))
    #expect(told.count == Set(told).count)
  }

  @Test("names the keys of a rule and of its demands, and no others")
  func ruleKeys() throws {
    func told(_ header: String) throws -> [String] {
      Array(try #require(MarkdownTable.first(header, in: text)).code(inColumn: 0).joined())
    }
    #expect(Set(try told("of a rule") + told("demand")) == Set(RuleReader.keys))
    #expect(try told("demand") == RuleReader.demandKeys)
    #expect(try told("of `data`") == RuleReader.dataKeys)
    let demands = try #require(MarkdownTable.first("demand", in: text))
    let numbers = try #require(demands.row("`numbers`"))
    #expect(RuleReader.numberKeys.allSatisfy { numbers[1].contains("`\($0)`") })
    let lines = try #require(demands.row("`lines`"))
    #expect(RuleReader.lineKeys.allSatisfy { lines[1].contains("`\($0)`") })
  }

  /// Every example of a demand, in a rule around it.
  @Test("shows demands that can be used as they stand")
  func demands() throws {
    let demands = try #require(MarkdownTable.first("demand", in: text)).rows.map {
      "\($0[0].replacing("`", with: "\"")): \(MarkdownTable.code(in: $0[2])[0])"
    }
    let rules = demands.map { demand in
      let subject = demand.begins(with: "\"data\"") ? "{NAME}.yml" : "{NUMBER}-{NAME}"
      return "{\"id\": \"r\", \"that\": \"T\", \"why\": \"W\", \"each\": \"\(subject)\", \(demand)}"
    }
    #expect(rules.count == RuleReader.demandKeys.count)
    for text in rules {
      let document = try JSONDocument(parsing: Array("[\(text)]".utf8), file: "README.md")
      var reader = RuleReader(json: JSONReader(document), declarations: Declarations())
      #expect(reader.read(document.root).count == 1, "\(text)")
      #expect(reader.json.diagnostics.isEmpty, "\(reader.json.diagnostics)")
    }
  }

  @Test("names the kinds, those of a list's items, and the sets of words, in their order")
  func words() throws {
    func told(_ key: String) throws -> [String] {
      let cell = try #require(variables.row("`\(key)`")?.last)
      let list = try #require(cell.split(separator: ":", maxSplits: 1).last)
      return MarkdownTable.code(in: String(list))
    }
    #expect(try told("kind") == Variable.Kind.Keyword.allCases.map(\.rawValue))
    let items = try told("of")
    #expect(items == Variable.Kind.Keyword.ofItems.map(\.rawValue))
    #expect(
      try told("reserved").filter { $0.contains("-") } == ReservedWords.allCases.map(\.rawValue))
  }

  @Test("names the filters, in their order")
  func filters() throws {
    let table = try #require(MarkdownTable.first("filters", in: text))
    let told = table.code(inColumn: 0).joined().map { call in String(call.prefix { $0 != "(" }) }
    #expect(told == Filters.names)
  }

  @Test("shows the directives, and no others")
  func directives() throws {
    let table = try #require(MarkdownTable.first("in a file", in: text))
    let told = table.rows.flatMap { $0[0].matches(of: /<<@([a-z]+)/) }.map { String($0.output.1) }
    #expect(Set(told) == Set(Directive.allCases.map(\.rawValue)))
  }

  /// Every placeholder of the advice on free text.
  @Test("shows placeholders that can be used as they stand")
  func placeholders() throws {
    let table = try #require(MarkdownTable.first("where", in: text))
    let shown = Array(table.code(inColumn: 1).joined())
    #expect(shown.count == table.rows.count)
    for placeholder in shown {
      #expect(throws: Never.self, "\(placeholder)") {
        _ = try Template(
          parsing: Array(placeholder.utf8),
          at: SourceLocation(file: "Templates/README.md", line: 1, column: 1),
          declarations: Declarations(["TEXT": .text]))
      }
    }
  }

  @Test("and README.md know the layouts in the binary")
  func layouts() throws {
    let readme = try Repository.text(of: "README.md")
    let table = try #require(MarkdownTable.first("layout", in: readme))
    #expect(Array(table.code(inColumn: 0).joined()) == BuiltInLayouts.all.map(\.name))
    let versions = try #require(
      MarkdownTable.first("what", in: readme)?.row("the built-in layouts"))
    for layout in BuiltInLayouts.all {
      #expect(versions[1].contains(Layout(embedded: layout).manifest.version))
    }
  }
}
