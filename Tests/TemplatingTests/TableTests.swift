import Testing

/// The table of examples in `Sources/ARCHITECTURE.md`, line by line.
@Suite struct TableTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let number: Int
    let template: String
    /// What it renders to, or `error: ` and its complaint.
    let outcome: String

    init(_ number: Int, _ template: String, _ outcome: String? = nil) {
      self.number = number
      self.template = template
      self.outcome = outcome ?? template
    }

    var testDescription: String { "line \(number): \(template)" }
  }

  static let lines = [
    Line(1, "cat <<EOF >>log"),
    Line(
      2, "cat <<EOF>>log",
      "error: 1:5: “EOF” is not declared (declare it in layout.json; "
        + #"if it is meant as text, write <<@"<<EOF>>">>)"#),
    Line(3, #"cat <<\EOF>> ~/.bashrc"#),
    Line(4, #"cat <<@"<<EOF>>">>log"#, "cat <<EOF>>log"),
    Line(5, #"%DIR%\<<PROJECT_NAME>>.sln"#, #"%DIR%\demo.sln"#),
    Line(6, "<<AUTHOR>> <<<EMAIL>>>", "Ann <a@b.c>"),
    Line(7, "Array<<<PROJECT_NAME|pascal>>>", "Array<Demo>"),
    Line(8, "k<<<N>>>(x); cout<<X>>y;"),
    Line(9, "<<: *base"),
    Line(10, "{:ok, <<raw>>} -> <<A>> <<b::8>>"),
    Line(11, "state E <<end>>"),
    Line(12, "<<if $g > 5>>a<<else>>b<<endif>>"),
    Line(13, "return B<<A|B>>>32-A"),
    Line(14, "see <<REF_A,Ref A>>"),
    Line(15, "<<<<<<< HEAD\n>>>>>>> main"),
    Line(
      16, "<<PROJECT_NAM>>",
      "error: 1:1: “PROJECT_NAM” is not declared (did you mean “PROJECT_NAME”?)"),
    Line(
      17, "<<PROJECT_NAME|snak>>",
      "error: 1:16: unknown filter “snak” (did you mean “snake”?)"),
    Line(18, "<<TITLE>>|<<TITLE|json>>", #"say <<EMAIL>> "hi"|"say <<EMAIL>> \"hi\"""#),
    Line(
      19, #"[<<@for STEP in STEPS>>"<<STEP>>"<<@if not STEP_LAST>>, <<@end>><<@end>>]"#,
      #"["topic1", "topic2"]"#),
    Line(
      20, #"3<<PORT_BLOCK|plus(1)|pad(4)>> <<STEPS|json|join(">>")>>"#,
      #"30101 "topic1">>"topic2""#),
    Line(21, "x\n  <<@if TIER >= core>>\ny\n  <<@end>>\nz", "x\ny\nz"),
    Line(22, "a<<@if CELERY>>b<<@elif TIER == mvp>>c<<@else>>d<<@end>>e", "ade"),
    Line(
      23, "<<@raw>>\n${{ x }} <<NAME>> <<@if q>>\n<<@end>>\nz",
      "${{ x }} <<NAME>> <<@if q>>\nz"),
  ]

  @Test("gives what the table says", arguments: lines)
  func givesWhatTheTableSays(_ line: Line) {
    #expect(rendered(line.template) == line.outcome)
  }
}
