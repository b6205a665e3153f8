import Testing

@testable import Templating

/// What is text passes untouched; what is nearly a placeholder is decided as
/// `Sources/ARCHITECTURE.md` says.
@Suite struct TextTests {
  @Test(
    "text that only resembles a placeholder is left alone",
    arguments: [
      "", "<", "<<", "<<<", "<<@", "<<@>>", "<<|>>", "<<P", "<<P>>", "<<_NAME>>", "<<1A>>",
      "<<PROJECT_NAME", "<<PROJECT_NAME>", "<<PROJECT_NAME >>", "<< PROJECT_NAME>>",
      "<<PROJECT_NAME\n>>", "<<project_name>>", "<<UNKNOWN_NAME|", "<<UNKNOWN_NAME|json",
      "<<UNKNOWN_NAME|json(>>", "<<UNKNOWN_NAME|nosuch>>", "<<UNKNOWN_NAME|json|nosuch>>",
      "<<UNKNOWN_NAME|nosuch(\"x\", 1, AB)>>", "<<@iffy>>", "<<@ if A>>", "<<@If A>>",
      "<<@endif>>", "<<@rawx>>", "<<@if_x>>", "<<@for-each>>", "cat <<'EOF'", "cat <<-EOF",
      "std::cout << name << std::endl;", "1 << 2 >> 1", "@startuml\nA <<stereotype>> B\n@enduml",
      "kernel<<<grid, block>>>(a)", "<<~HEREDOC", "[[A->B]] <<set $x to 1>>", "${{ github.ref }}",
      "{{ .Values.x }}", "<<\"a\">>", "a\r\nb\rc\n",
    ])
  func leavesTextAlone(_ text: String) {
    #expect(rendered(text) == text)
  }

  @Test(
    "a declared name followed by a bar must be complete",
    arguments: [
      (
        "<<AUTHOR|",
        "1:10: “<<AUTHOR|” is not a complete placeholder: expected a filter's name, found the end "
          + "of the line (if it is meant as text, write <<@\"<<AUTHOR|\">>)"
      ),
      (
        "<<AUTHOR|json",
        "1:14: “<<AUTHOR|json” is not a complete placeholder: expected “|” or “>>”, found the end "
          + "of the line (if it is meant as text, write <<@\"<<AUTHOR|json\">>)"
      ),
      (
        "<<AUTHOR| json>>",
        "1:10: “<<AUTHOR|” is not a complete placeholder: expected a filter's name, found a blank "
          + "(if it is meant as text, write <<@\"<<AUTHOR|\">>)"
      ),
      (
        "<<STEPS|join(\", \">>",
        "1:18: “<<STEPS|join(\", \"” is not a complete placeholder: expected “,” or “)”, found "
          + "“>>” (if it is meant as text, write <<@\"<<STEPS|join(\\\", \\\"\">>)"
      ),
      (
        "<<STEPS|join(\", )>>",
        "1:14: the string is not closed on its line (close it with \")"
      ),
    ])
  func declaredMustBeComplete(_ template: String, _ complaint: String) {
    #expect(complaints(template) == complaint)
  }

  @Test(
    "of three angle brackets the inner two count",
    arguments: [
      ("<<<AUTHOR>>>", "<Ann>"), ("<<<<AUTHOR>>>>", "<<Ann>>"),
      ("<<AUTHOR>>>>x", "Ann>>x"), ("a<<<<<AUTHOR", "a<<<<<AUTHOR"),
      ("<<<@if CELERY>>x<<@else>>y<<@end>>>", "<y>"), ("<<@\"<<\">>>", "<<>"),
      ("<<AUTHOR>><<EMAIL>>", "Anna@b.c"), ("<<X<<AUTHOR>>", "<<XAnn"),
      ("<<@<<AUTHOR>>", "<<@Ann"), ("<<EOF<<AUTHOR>>", "<<EOFAnn"),
    ])
  func innerTwoCount(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test("values are never parsed again")
  func valuesAreNotParsed() {
    let scope = Scope(["AUTHOR": .text("<<EMAIL>><<@if CELERY>>")])
    #expect(rendered("<<AUTHOR>>", scope: scope) == "<<EMAIL>><<@if CELERY>>")
  }

  @Test("bytes that are no UTF-8 survive")
  func invalidBytesSurvive() throws {
    let junk: [UInt8] = [0xFF, 0x00, 0xC3, 0x28, 0x0D, 0x80]
    let template = junk + Array("<<AUTHOR>>".utf8) + junk
    #expect(try render(template) == junk + Array("Ann".utf8) + junk)
  }

  @Test(
    "a literal stands for its string",
    arguments: [
      (#"<<@"<<AUTHOR>>">>"#, "<<AUTHOR>>"), (#"<<@"">>"#, ""),
      (#"<<@"\"\\\n\t">>"#, "\"\\\n\t"), (#"<<@"<<@end>>">>"#, "<<@end>>"),
      ("  <<@\"\">>  \nx", "    \nx"),
    ])
  func literals(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test(
    "a broken literal is an error",
    arguments: [
      ("<<@\"a\nb\">>", "1:4: the string is not closed on its line (close it with \")"),
      (#"<<@"a\x">>"#, #"1:6: unknown escape in a string (the escapes are \" \\ \n \t)"#),
      (#"<<@"a" >>"#, "1:7: expected “>>” after the string, found a blank"),
    ])
  func brokenLiterals(_ template: String, _ complaint: String) {
    #expect(complaints(template) == complaint)
  }

  @Test("a name takes values and literals only")
  func namesTakeValuesOnly() {
    #expect(rendered("<<PROJECT_NAME|snake>>_test.py", in: .name) == "demo_test.py")
    #expect(rendered("a<<@b", in: .name) == "a<<@b")
    #expect(rendered("<<@\"<<UNKNOWN>>\">>-<<AUTHOR>>.md", in: .name) == "<<UNKNOWN>>-Ann.md")
    for tag in ["<<@if CELERY>>", "<<@raw>>", "<<@for STEP in STEPS>>", "<<@end>>"] {
      #expect(
        complaints("a" + tag, in: .name).hasPrefix("1:2: a name takes values and literals only"),
        "\(tag)")
    }
  }
}
