import Documents
import Testing

@testable import Templating

@Suite("A template that is rendered in pieces")
struct PiecesTests {
  private func template(_ text: String) throws -> Template {
    try Template(
      parsing: Array(text.utf8), at: Documents.SourceLocation(file: "f", line: 1, column: 1),
      declarations: Example.declarations)
  }

  private static let filler = String(repeating: "text without tags, a line of it\n", count: 20_000)

  @Test(
    "gives what it gives in one",
    arguments: [
      "<<AUTHOR>>\n" + filler + filler + filler + "<<AUTHOR>>",
      filler + "<<@sort>>\n" + filler + "b\na\n<<@end>>\n" + filler + filler,
      filler + filler + "f(<<@fit 12>>a, <<AUTHOR>><<@else>>\n  a,\n<<@end>>)" + filler + filler,
      filler + filler + "and more: f(<<@fit 12>>a, <<AUTHOR>><<@else>>\n  a,\n<<@end>>)",
      "<<@for STEP in STEPS>>" + filler + "<<STEP>>\n" + filler + "<<@end>>" + filler,
      "<<@if CELERY>>" + filler + "<<@else>><<AUTHOR>><<@end>>", "<<AUTHOR>>",
    ])
  func isWhole(_ text: String) throws {
    let template = try template(text)
    var budget = Budget()
    let whole = try template.rendered(in: Example.scope, spending: &budget)
    var pieces: [[UInt8]] = []
    var alike = Budget()
    let count = try template.pieces(in: Example.scope, spending: &alike) { piece in
      pieces.append(Array(piece))
      return true
    }
    #expect(Array(pieces.joined()) == whole && count == whole.count)
    #expect(whole.count < 1 << 20 || pieces.count > 1)
    for resource in Budget.Resource.allCases {
      #expect(alike.left(of: resource) == budget.left(of: resource))
    }
  }

  @Test("stops where nobody takes more of it")
  func stops() throws {
    let template = try template("<<AUTHOR>>" + String(repeating: Self.filler, count: 8))
    var budget = Budget()
    var calls = 0
    try template.pieces(in: Example.scope, spending: &budget) { _ in
      calls += 1
      return false
    }
    #expect(calls == 1)
  }
}
