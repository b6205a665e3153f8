import Documents
import Testing

@testable import Templating

/// Whatever a template asks for, rendering ends soon and says where it became too much.
@Suite struct LimitTests {
  private func fault(
    _ text: String, _ values: NamedValues<Value>, _ types: [String: ValueType],
    upTo most: Int = .max, fraction: Int = 16
  ) -> String {
    var budget = Budget(fraction: fraction)
    do throws(Diagnostics) {
      let template = try Template(
        parsing: Array(text.utf8), at: SourceLocation(file: "f", line: 1, column: 1),
        declarations: Declarations(types))
      return
        "\(try template.rendered(in: Scope(values), upTo: most, "it", spending: &budget).count) bytes"
    } catch {
      return error.all.map { "\($0.location.map { "\($0)" } ?? ""): \($0.message)" }.joined()
    }
  }

  private static let long = Value.text(String(repeating: "x", count: Budget.longestValue))

  @Test("a value that is repeated too often is told where it stands")
  func repeated() {
    let text = String(repeating: "<<VALUE>>\n", count: 1000)
    #expect(
      fault(text, ["VALUE": Self.long], ["VALUE": .text])
        == "f:32:1: with this, it has more than 2 MiB of templates and rendered text")
    #expect(
      fault(text, ["VALUE": .text("x")], ["VALUE": .text], upTo: 9)
        == "f:5:10: with this, it has more than 9 bytes")
  }

  @Test("filters that make a value ever longer are told where they stand")
  func growing() {
    let filters = String(repeating: "|json", count: 40)
    #expect(
      fault("<<VALUE\(filters)>>", ["VALUE": .text("\"")], ["VALUE": .text], fraction: 1)
        == "f:1:99: “json” makes more than 1 MiB of “VALUE”")
  }

  @Test("filters that look at much are told, also when nothing comes out")
  func work() {
    let text = String(repeating: "<<VALUE|snake>>", count: 1000)
    let dashes = Value.text(String(repeating: "-", count: Budget.longestValue))
    #expect(
      fault(text, ["VALUE": dashes], ["VALUE": .text])
        == "f:1:136: with this, it takes more than 625000 steps")
  }

  @Test("comparisons that look at much are told")
  func comparisons() {
    let text = String(repeating: "<<@if VALUE == OTHER>>\n<<@end>>\n", count: 1000)
    let found = fault(
      text, ["VALUE": Self.long, "OTHER": Self.long], ["VALUE": .text, "OTHER": .text])
    #expect(found.hasSuffix("with this, it takes more than 625000 steps"), "\(found)")
  }

  @Test("loops within loops that give nothing are told where they stand")
  func loops() {
    let list = Value.list((1...1000).map { .integer($0) })
    #expect(
      fault(
        "<<@for AA in LIST>>\n<<@for BB in LIST>>\n<<@for CC in LIST>>\n<<@end>>\n<<@end>>\n<<@end>>",
        ["LIST": list], ["LIST": .list(of: .integer)])
        == "f:3:1: with this, it takes more than 625000 steps")
  }

  @Test("what one template has used is not there for the next")
  func shared() throws {
    let template = try Template(
      parsing: Array("<<VALUE>>".utf8), at: SourceLocation(file: "f", line: 1, column: 1),
      declarations: Declarations(["VALUE": .text]))
    var budget = Budget(fraction: 16)
    var count = 0
    while (try? template.rendered(in: Scope(["VALUE": Self.long]), spending: &budget)) != nil {
      count += 1
    }
    #expect(count == 32)
  }

  @Test("more placeholders than any file has are told")
  func tags() {
    let text = String(repeating: "<<VALUE>>\n", count: Budget.Resource.tags.most + 10)
    #expect(
      fault(text, ["VALUE": .text("x")], ["VALUE": .text])
        == "f:100002:1: with this, the layout has more than 100000 placeholders and directives")
  }

  @Test("a name that is not declared is told once, with the way to make the whole file text")
  func undeclared() {
    func faults(_ text: String) -> [String] {
      do throws(Diagnostics) {
        var warnings = Diagnostics()
        var known: KnownTags?
        _ = try Template(
          parsing: Array(text.utf8), at: SourceLocation(file: "scan.l", line: 1, column: 1),
          declarations: Declarations(["AUTHOR": .text]), knowing: &known, verbatim: "src/scan.l",
          warnings: &warnings)
        return []
      } catch {
        return error.told.map { "\($0.message): \($0.help ?? "")" }
      }
    }
    let text = String(repeating: "<<EOF>> {\n", count: 19)
    #expect(
      faults(text + "<<AUTHR>><<AUTHR>>") == [
        "“EOF” is not declared (and stands 18 times more here): declare it in layout.json; if it is"
          + " meant as text, write <<@\"<<EOF>>\">>; for the whole file: \"verbatim\": [\"src/scan.l\"]",
        "“AUTHR” is not declared (and stands once more here): did you mean “AUTHOR”?",
      ])
    #expect(
      faults("<<EOF>>") == [
        "“EOF” is not declared: declare it in layout.json; if it is meant as text, write"
          + " <<@\"<<EOF>>\">>"
      ])
    // A loop over it or a condition with it is one more use.
    #expect(faults("<<@if EOF>><<@end>><<@for AA in EOF>><<@end>>").count == 1)
  }

  @Test("what looks like a misspelt placeholder is looked up as often as there may be placeholders")
  func nearMisses() throws {
    let names = (0..<640).map { ("NAME_\($0)", ValueType.text) }
    func parse(_ text: String, mostTags: Int) throws -> Diagnostics {
      var warnings = Diagnostics()
      var known: KnownTags?
      _ = try Template(
        parsing: Array(text.utf8), at: SourceLocation(file: "f", line: 1, column: 1),
        declarations: Declarations(Dictionary(uniqueKeysWithValues: names)), knowing: &known,
        mostTags: mostTags, warnings: &warnings)
      return warnings
    }
    let other = String(repeating: "<< other >>\n", count: 20)
    #expect(try parse(other, mostTags: 220).isEmpty)
    #expect(throws: Diagnostics.self) { try parse(other + "<<", mostTags: 219) }
    // What is told is looked up twice, and cut off like any complaint.
    let text = String(repeating: "<< name_1 >>\n", count: 30)
    #expect(try parse(text, mostTags: 660).told.last?.message == "… and 10 more of this kind")
  }

  @Test("thousands of names that are not declared end the search")
  func manyUndeclared() {
    let text = (0..<5000).map { "<<NAME_\($0)>>" }.joined()
    do {
      _ = try Template(
        parsing: Array(text.utf8), at: SourceLocation(file: "f", line: 1, column: 1),
        declarations: Declarations())
      Issue.record("it has faults")
    } catch {
      #expect(error.told.count == Diagnostics.mostOfAKind + 2)
      #expect(error.count == Diagnostics.most)
    }
  }
}
