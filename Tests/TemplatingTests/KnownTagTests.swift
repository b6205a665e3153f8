import Documents
import Testing

@testable import Templating

@Suite("A tag that another template has too")
struct KnownTagTests {
  @Test("is at fault in each template, however often it was met")
  func faults() {
    var known: KnownTags? = KnownTags()
    for text in ["<<@if NOPE>>a<<@end>><<@if NOPE>>b<<@end>>", "<<@if NOPE>>c<<@end>>", "<<NOPE>>"]
    {
      #expect(throws: Diagnostics.self) {
        var ignored = Diagnostics()
        _ = try Template(
          parsing: Array(text.utf8), at: Documents.SourceLocation(file: "f", line: 1, column: 1),
          declarations: Example.declarations, knowing: &known, warnings: &ignored)
      }
    }
  }

  @Test("is told from one that cannot be known by its bytes")
  func numbers() throws {
    let text = #"<<STEPS|join(">>")>> <<AUTHOR>> <<STEPS|join(">> ")>> <<EMAIL>>"#
    #expect(try render(text) == "topic1>>topic2 Ann topic1>> topic2 a@b.c")
  }

  @Test("stands for what it has in its own scope: an item is another one each time")
  func loops() throws {
    let text = "<<@for STEP in STEPS>><<STEP|upper>> <<@if STEP_LAST>>.<<@end>><<@end>><<AUTHOR>>"
    #expect(try render(text) == "TOPIC1 TOPIC2 .Ann")
  }
}
