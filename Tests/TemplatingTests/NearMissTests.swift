import Documents
import Testing

@testable import Templating

/// What is text and was probably meant as a tag is told, and nothing else is.
@Suite struct NearMissTests {
  private static let declarations = Declarations([
    "PROJECT_NAME": .text, "NAME": .text, "TITLE": .text, "TIER": .choice(["mvp", "core"]),
    "STEPS": .list(of: .text), "TREE": .text, "CI": .choice(["github", "gitlab"]),
    // Words that other languages have between brackets as well.
    "INTERFACE": .text, "DATA": .text, "SIZE": .integer, "PORT": .integer, "SERVICE": .text,
    "EOF": .text, "SQL": .text, "GRID": .text, "CHUNK": .text, "SECTION": .text, "SHIFT": .integer,
    "PIPELINE": .text, "PARAMETERS": .text, "HEAD": .text, "SET": .text, "ITEM": .text,
  ])

  /// `line:column: text (what to write)`, one a line.
  private func warnings(
    _ text: String, file: String = "README", in place: Template.Place = .content
  ) throws -> String {
    var warnings = Diagnostics()
    let template = try Template(
      parsing: Array(text.utf8), at: .init(file: file, line: 1, column: 1), in: place,
      declarations: Self.declarations, warnings: &warnings)
    warnings.isExhaustive = true
    // A warning changes nothing.
    if template.pieces.isEmpty { #expect(template.isPlain) }
    return warnings.told.map { warning in
      let place = warning.location.map { "\($0.line):\($0.column)" } ?? ""
      let tag = warning.message.replacing(" is no placeholder and stays as it is", with: "")
      let remedy = warning.help?.split(separator: ";").first ?? ""
      return "\(place): \(tag) (\(remedy))"
    }.joined(separator: "\n")
  }

  @Test(
    "values that are nearly placeholders",
    arguments: [
      ("<< PROJECT_NAME >>", "<<PROJECT_NAME>>"), ("<<PROJECT_NAME >>", "<<PROJECT_NAME>>"),
      ("<<\tPROJECT_NAME>>", "<<PROJECT_NAME>>"),
      ("<<PROJECT_NAME | upper>>", "<<PROJECT_NAME|upper>>"),
      ("<< PROJECT_NAME|upper >>", "<<PROJECT_NAME|upper>>"),
      ("<< NAME | snake_case | json(\"inside\") >>", "<<NAME|snake|json(\"inside\")>>"),
      ("<<project_name>>", "<<PROJECT_NAME>>"), ("<<name>>", "<<NAME>>"),
      ("<<Name>>", "<<NAME>>"), ("<<projectName>>", "<<PROJECT_NAME>>"),
      ("<<project-name|Kebab>>", "<<PROJECT_NAME|kebab>>"),
      ("<<PROJECT-NAME>>", "<<PROJECT_NAME>>"), ("<<PROJECTNAME >>", "<<PROJECT_NAME>>"),
      ("<<PROJECT_NAME.upper>>", "<<PROJECT_NAME|upper>>"),
      ("<<PROJECT_NAME.value>>", "<<PROJECT_NAME>>"),
      ("<<project_name.Upper>>", "<<PROJECT_NAME|upper>>"),
    ])
  func values(_ text: String, _ meant: String) throws {
    #expect(try warnings(text) == "1:1: “\(text)” (write \(meant))")
    #expect(try warnings("a\n b: " + text + " c\n") == "2:5: “\(text)” (write \(meant))")
    #expect(try warnings(text, in: .name) == "1:1: “\(text)” (write \(meant))")
  }

  @Test(
    "directives that are nearly ones",
    arguments: [
      ("<<@elsif CI == gitlab>>", "write <<@elif CI == gitlab>>"),
      ("<<@elseif CI>>", "write <<@elif CI>>"), ("<<@Else>>", "write <<@else>>"),
      ("<<@ else>>", "write <<@else>>"), ("<<@ if CI >>", "write <<@if CI>>"),
      ("<<@If CI>>", "write <<@if CI>>"), ("<<@endif>>", "write <<@end>>"),
      ("<<@end_if>>", "write <<@end>>"), ("<<@END>>", "write <<@end>>"),
      ("<<@endfor>>", "write <<@end>>"), ("<<@rwa>>", "write <<@raw>>"),
      ("<<@foreach STEP in STEPS>>", "write <<@for ITEM in LIST>>"),
      ("<<@include \"x\">>", "the directives are if, elif, else, for, sort, fit, end and raw"),
      ("<<@set X = 3>>", "the directives are if, elif, else, for, sort, fit, end and raw"),
    ])
  func directives(_ text: String, _ remedy: String) throws {
    #expect(try warnings(text) == "1:1: “\(text)” (\(remedy))")
    #expect(try warnings("<<@if CI>>\n" + text + "\n<<@end>>") == "2:1: “\(text)” (\(remedy))")
  }

  @Test(
    "nothing that other languages write",
    arguments: [
      // Shifts, streams, templates, launches.
      ("a.cpp", "x = 1 << SIZE >> 1; y = a << SHIFT>> b; std::cout << NAME << \"x\" >> z;"),
      ("a.cc", "std::vector<std::map<NAME, DATA>> v; kernel<<< GRID, SIZE >>>(x);"),
      ("a.cu", "kernel<<< GRID >>>(data); k<<<grid>>>(size);"),
      ("a.java", "int x = a << size >> b; List<List<Data>> l;"),
      ("a.go", "x := 1 << size >> shift; y >>= 2; z <<= size"),
      // Here-documents.
      ("a.sh", "cat << EOF >> log\ncat <<SQL >>\"$log\"\ncat <<eof >> ~/.bashrc\ncat <<-'SQL' >>f"),
      ("a.rb", "text = <<~SQL\nlist <<@items\nlist << name >> other"),
      ("a.php", "$x = <<<EOF\n$x = <<<'SQL'"),
      // Erlang and Elixir.
      ("a.erl", "f(<<Data>>) -> << Data >>; g(<<Size:8, Data/binary>>) -> <<NAME:SIZE>>."),
      ("a.ex", "<<name>> = <<data>>; << size >> <> <<port::16>>"),
      // Diagrams.
      ("a.puml", "class A <<Interface>>\nA <<service>> B\nstate E <<end>>"),
      ("a.mmd", "class Shape\n<<interface>> Shape"),
      ("a.md", "```mermaid\nclassDiagram\n<<interface>> Shape\n```\n"),
      ("a.md", "~~~ {.plantuml}\n~~~\n\n```erlang\n<<Data>>\n```\n"),
      // Cross references, chunks, macros.
      ("a.adoc", "see <<section>>, <<Section,the section>> and << Section >>"),
      ("a.Rnw", "<<chunk>>=\nx\n@\n<<chunk>>"), ("a.txt", "<<chunk>>="),
      ("a.tw", "<<set $x to 1>> <<name>> <<if $g>>a<<else>>b<<endif>>"),
      ("a.pp", "File <<| tag == 'x' |>> Service <<| |>>"),
      // Others.
      ("a.yml", "x: << pipeline.number >> << parameters.port >> <<include(x)>>\n<<: *data"),
      ("a.txt", "<<<<<<< HEAD\n>>>>>>> main"), ("a.html", "{{ name }} ${{ github.name }} <<tree>>"),
      ("a.txt", "<<other>> << OTHER >> <<other | upper>> <<@iffy>> <<@if_x>> <<@ >> <<@x y>>"),
      ("a.txt", "<<name\n>> <<@elsif CI\n>> << NAME > > <<name,title>> <<name title>>"),
    ])
  func othersLanguages(_ file: String, _ text: String) throws {
    #expect(try warnings(text, file: file) == "", "\(file)")
  }

  @Test("what other languages have does not hide what they have not")
  func besides() throws {
    #expect(try warnings("<<project_name | upper>>", file: "a.erl") != "")
    #expect(try warnings("// << NAME >>\n", file: "a.cpp") != "")
    #expect(try warnings("```mermaid\n```\n<<interface>>", file: "a.md") != "")
  }

  @Test("nothing in raw text, in literals, and of what is a placeholder")
  func rawAndLiterals() throws {
    let text = """
      <<@raw>><< NAME >> <<@elsif x>><<@end>> <<@"<< NAME >>">> <<NAME|upper>> <<@if CI == github>>x<<@end>>
      """
    #expect(try warnings(text) == "")
  }

  @Test("an item of a loop, inside of the loop")
  func items() throws {
    #expect(
      try warnings("<<@for STEP in STEPS>><< STEP >><<@end>><< STEP >>")
        == "1:23: “<< STEP >>” (write <<STEP>>)")
  }

  @Test(
    "a block that a near miss was to open or to close is told at the near miss",
    arguments: [
      (
        "a\n<<@if CI>>\nx\n<<@endif>>\n",
        "4:1: “<<@if>>” is never closed: “<<@endif>>” does not close it (write <<@end>>)"
      ),
      (
        "<<@If CI>>x<<@end>>",
        "1:1: “<<@If CI>>” opens no block, and what follows goes on with one (write <<@if CI>>)"
      ),
      (
        "<<@If CI>>x<<@else>>y<<@end>>",
        "1:1: “<<@If CI>>” opens no block, and what follows goes on with one (write <<@if CI>>)"
      ),
      (
        "<<@foreach STEP in STEPS>>x<<@end>>",
        "1:1: “<<@foreach STEP in STEPS>>” opens no block, and what follows goes on with one"
          + " (write <<@for ITEM in LIST>>)"
      ),
      (
        "<<@if CI>><<@if TIER>>x<<@endif>><<@fi>>",
        """
        1:24: “<<@if>>” is never closed: “<<@endif>>” does not close it (write <<@end>>)
        1:34: “<<@if>>” is never closed: “<<@fi>>” does not close it (write <<@end>>)
        """
      ),
      ("<<@if CI>>x", "1:1: “<<@if>>” is never closed (close it with <<@end>>)"),
      ("x<<@end>>", "1:2: “<<@end>>” without a block that it closes"),
    ])
  func blame(_ text: String, _ expected: String) {
    #expect(complaints(text, declarations: Self.declarations) == expected)
  }

  @Test(
    "a filter that is nearly one is told with the one that was meant",
    arguments: [
      ("Upper", "upper"), ("PascalCase", "pascal"), ("snake_case", "snake"), ("UPPER", "upper"),
      ("kebabcase", "kebab"), ("capitalize", "title"), ("snak", "snake"),
    ])
  func filters(_ written: String, _ meant: String) {
    #expect(
      complaints("<<NAME|\(written)>>", declarations: Self.declarations)
        == "1:8: unknown filter “\(written)” (did you mean “\(meant)”?)")
  }

  @Test("a text of many near misses takes no more than its length")
  func isLinear() throws {
    let text = String(repeating: "x << NAME >> y\n```\n", count: 2000)
    let told = try warnings(text, file: "a.md").split(separator: "\n")
    #expect(told.count == Diagnostics.mostOfAKind + 1)
    #expect(told.last?.contains("… and 1980 more of this kind") == true)
    let open = String(repeating: "<< NAME <<name <<@elsif ", count: 20000)
    #expect(try warnings(open) == "")
  }
}
