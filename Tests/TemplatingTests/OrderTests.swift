import Documents
import Testing

@testable import Templating

/// Blocks that decide on the form of what is in them.
@Suite("Sorted and fitted text")
struct OrderTests {
  @Test(
    "lines are in the order of isort",
    arguments: [
      ("b\na\nc\n", "a\nb\nc\n"),
      ("b\na", "a\nb"),
      ("item10\nitem2\nitem02\n", "item02\nitem2\nitem10\n"),
      // A package stands before what is in it, and `_` behind both.
      (
        "from a.b_c import x\nfrom a.b.c import x\nfrom a.b import x\n",
        "from a.b import x\nfrom a.b.c import x\nfrom a.b_c import x\n"
      ),
      ("from a import B\nfrom a import B\n", "from a import B\n"),
      // Constants, classes, the rest; then without letter case.
      (
        "    get_db,\n    Base,\n    LIMIT,\n    User,\n    any_item,\n    X,\n",
        "    LIMIT,\n    Base,\n    User,\n    X,\n    any_item,\n    get_db,\n"
      ),
      (
        #"    "User","# + "\n" + #"    "MOST","# + "\n" + #"    "at""#,
        #"    "MOST","# + "\n" + #"    "User","# + "\n" + #"    "at""#
      ),
      ("B\nab\nA_b\n", "A_b\nB\nab\n"),
      // What is indented deeper, closes a bracket or is blank stays with the line above it.
      (
        "from b import (\n    Y,\n    X,\n)\n\nfrom a import Z\n",
        "from a import Z\nfrom b import (\n    Y,\n    X,\n)\n\n"
      ),
      ("  - b\n    of: 1\n  - a\n", "  - a\n  - b\n    of: 1\n"),
      ("b\r\na\r\n", "a\r\nb\r\n"), ("b\r\na", "a\r\nb"),
      // A name that goes on with a digit.
      (
        "from m.item10 import B\nfrom m.item import A\nfrom m.item2 import C\n",
        "from m.item import A\nfrom m.item2 import C\nfrom m.item10 import B\n"
      ),
      ("\"item2\",\n\"item\",", "\"item\",\n\"item2\","),
      ("", ""), ("é\nz\n", "z\né\n"),
    ])
  func lines(_ text: String, _ sorted: String) throws {
    #expect(try order(text) == sorted)
  }

  private func order(_ text: String) throws -> String {
    try render("<<@sort>>" + text + "<<@end>>")
  }

  private func render(_ text: String) throws -> String {
    String(decoding: try TemplatingTests.render(Array(text.utf8)), as: UTF8.self)
  }

  @Test("pieces between a separator are sorted on their line, and empty ones vanish")
  func pieces() throws {
    let text = """
      from a import <<@sort ", ">>User, <<@for STEP in STEPS>><<STEP|pascal>>, <<@end>>Base<<@end>>
      """
    #expect(try render(text) == "from a import Base, Topic1, Topic2, User")
    #expect(try render(#"<<@sort "::">>b::a:::c<<@end>>"#) == ":c::a::b")
    #expect(try render(#"[<<@sort ", ">><<@end>>]"#) == "[]")
  }

  @Test("a block's own lines vanish, and what stands around it keeps its place")
  func around() throws {
    #expect(try render("z\n<<@sort>>\nb\na\n<<@end>>\ny\n") == "z\na\nb\ny\n")
    #expect(
      try render("<<@sort>>\n<<@for STEP in STEPS>>\nx<<STEP>>\n<<@end>>\na\n<<@end>>\n")
        == "a\nxtopic1\nxtopic2\n")
  }

  @Test(
    "the first form is written where all its lines are narrow enough",
    arguments: [
      (11, "    abc(d)\n"), (10, "    abc(d)\n"), (9, "    abc(\n        d,\n    )\n"),
    ])
  func fits(_ width: Int, _ result: String) throws {
    let text = """
      <<@fit \(width)>>
          abc(d)
      <<@else>>
          abc(
              d,
          )
      <<@end>>

      """
    #expect(try render(text) == result)
  }

  @Test("a line counts from where it begins, in characters and without its end")
  func columns() throws {
    #expect(try render("ab<<@fit 4>>cd<<@else>>!<<@end>>") == "abcd")
    #expect(try render("abc<<@fit 4>>cd<<@else>>!<<@end>>") == "abc!")
    #expect(try render("wide enough\n<<@fit 2>>éé\r\n<<@else>>!<<@end>>") == "wide enough\néé\r\n")
    // Whatever is in it, one form after the other.
    #expect(
      try render(
        "<<@fit 2>><<@fit 9>>abc<<@else>>?<<@end>><<@else>>"
          + "<<@fit 1>>a<<@else>>b<<@end>><<@end>>") == "a")
    #expect(try render(#"<<@fit 5>><<@sort ",">>b,a<<@end>><<@else>>!<<@end>>"#) == "a,b")
  }

  @Test(
    "a faulty head or form is told where it stands",
    arguments: [
      (
        "<<@fit>>a<<@else>>b<<@end>>",
        "1:7: expected a number of columns after “<<@fit”, found “>>” (write <<@fit 88>>)"
      ),
      ("<<@fit 0>>a<<@else>>b<<@end>>", "1:8: “fit” takes a width from 1 to 1000, not 0"),
      (
        "<<@fit 8>>a<<@end>>",
        "1:1: “<<@fit>>” lacks the form for what is too wide "
          + "(write <<@fit …>> one form <<@else>> the other <<@end>>)"
      ),
      (
        "<<@fit 8>>a<<@elif CELERY>>b<<@end>>",
        "1:1: “<<@fit>>” lacks the form for what is too wide "
          + "(write <<@fit …>> one form <<@else>> the other <<@end>>)\n"
          + "1:12: “<<@elif” belongs to an “if”, and this block is a “fit”"
      ),
      (
        "<<@fit 8>>a<<@else>>b<<@else>>c<<@end>>",
        "1:22: “<<@else” after the “<<@else>>” of the same “fit”"
      ),
      (
        "<<@sort>>a<<@else>>b<<@end>>",
        "1:11: “<<@else” belongs to an “if”, and this block is a “sort”"
      ),
      (#"<<@sort "">>a<<@end>>"#, "1:9: “sort” takes what stands between the pieces, not nothing"),
      (
        "<<@sort",
        "1:1: “<<@sort>>” is never closed (close it with <<@end>>)\n"
          + "1:8: “<<@sort” is not closed on its line (close it with >>)"
      ),
      ("<<@sort>>a", "1:1: “<<@sort>>” is never closed (close it with <<@end>>)"),
    ])
  func faults(_ text: String, _ complaint: String) {
    #expect(throws: Complaint(description: complaint)) { try render(text) }
  }

  @Test("sorting costs steps, as all work does")
  func cost() throws {
    let text = "<<@sort>>\n" + String(repeating: "line\n", count: 1000) + "<<@end>>\n"
    let template = try Template(
      parsing: Array(text.utf8), at: .init(file: "f", line: 1, column: 1),
      declarations: Example.declarations)
    var budget = Budget()
    let before = budget.left(of: .steps)
    _ = try template.rendered(in: Example.scope, spending: &budget)
    #expect(before - budget.left(of: .steps) > 5000)
  }

  @Test(
    "the first and the last item of a list",
    arguments: [
      ("<<STEPS|first>>", "topic1"), ("<<STEPS|last>>", "topic2"),
      ("<<STEPS|last|upper>>", "TOPIC2"),
      ("<<STEPS|pascal|first>>", "Topic1"), ("<<PORTS|last|plus(1)>>", "444"),
      // Choices in the order in which they are declared.
      ("<<EXTRAS|first>>", "docs"), ("[<<MODELS|last>>]", "[]"),
    ])
  func ends(_ text: String, _ result: String) throws {
    #expect(try render(text) == result)
  }

  @Test("only a list has them")
  func endsOfNoList() {
    #expect(
      throws: Complaint(
        description: "1:16: “first” works on a list, and “PROJECT_NAME” is a text here")
    ) {
      try render("<<PROJECT_NAME|first>>")
    }
  }
}
