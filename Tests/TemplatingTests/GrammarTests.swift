import TestSupport
import Testing

@testable import Templating

/// The table of examples beside the grammar, as `Sources/ARCHITECTURE.md` has it.
@Suite("The grammar's table")
struct GrammarTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let template: String
    let outcome: String
    let isError: Bool

    var testDescription: String { template }
  }

  static let rows: [Row] = {
    let text = (try? Repository.text(of: "Sources/ARCHITECTURE.md")) ?? ""
    return MarkdownTable.first("template", in: text)?.rows.compactMap { cells in
      guard cells.count == 2, let template = MarkdownTable.code(in: cells[0]).first else {
        return nil
      }
      let outcome = MarkdownTable.code(in: cells[1]).first ?? template
      return Row(
        template: lines(template), outcome: lines(outcome), isError: cells[1].hasPrefix("error"))
    } ?? []
  }()

  private static func lines(_ text: String) -> String { text.replacing("⏎", with: "\n") }

  @Test("is there")
  func isThere() {
    #expect(Self.rows.count > 20)
  }

  @Test("says what the program does", arguments: rows)
  func isTrue(_ row: Row) {
    let result = rendered(row.template)
    if row.isError {
      #expect(result.hasPrefix("error: ") && result.contains(row.outcome), "\(result)")
    } else {
      #expect(result == row.outcome)
    }
  }
}
