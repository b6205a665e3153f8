import Testing

@testable import Templating

/// Literals of each syntax. Each of those below was read back by a parser of its syntax: Python's
/// `json`, `tomllib`, `ast` and `shlex`, PyYAML, bash and dash, python-dotenv, markdown-it.
@Suite struct QuotingTests {
  static func quoted(_ value: Value, _ type: ValueType, _ filter: String) -> String {
    rendered(
      "<<VALUE|\(filter)>>", declarations: Declarations(["VALUE": type]),
      scope: Scope(["VALUE": value]))
  }

  static func quoted(_ text: String, _ filter: String) -> String {
    quoted(.text(text), .text, filter)
  }

  /// Text; JSON, YAML and TOML; Python.
  static let data: [(String, String, String)] = [
    ("", #""""#, #""""#),
    ("demo", #""demo""#, #""demo""#),
    ("  lead", #""  lead""#, #""  lead""#),
    ("it's", #""it's""#, #""it's""#),
    (#"say "hi""#, #""say \"hi\"""#, #"'say "hi"'"#),
    (#"'""#, #""'\"""#, #""'\"""#),
    (#"C:\dir\new"#, #""C:\\dir\\new""#, #""C:\\dir\\new""#),
    (#"a\"#, #""a\\""#, #""a\\""#),
    ("$HOME", #""$HOME""#, #""$HOME""#),
    ("a: b", #""a: b""#, #""a: b""#),
    ("yes", #""yes""#, #""yes""#),
    ("null", #""null""#, #""null""#),
    ("1e3", #""1e3""#, #""1e3""#),
    ("~", #""~""#, #""~""#),
    ("{{ x }}", #""{{ x }}""#, #""{{ x }}""#),
    ("# heading", ##""# heading""##, ##""# heading""##),
    ("%s %d", #""%s %d""#, #""%s %d""#),
    ("é à ü", #""é à ü""#, #""é à ü""#),
    ("日本語", #""日本語""#, #""日本語""#),
    ("🎉 party 👩‍👩‍👧", #""🎉 party 👩‍👩‍👧""#, #""🎉 party 👩‍👩‍👧""#),
    ("\"\u{301}x", "\"\\\"\u{301}x\"", "'\"\u{301}x'"),
  ]

  @Test("data formats and Python", arguments: data)
  func dataFormats(_ text: String, _ json: String, _ python: String) {
    #expect(QuotingTests.quoted(text, "json") == json)
    #expect(QuotingTests.quoted(text, "yaml") == json)
    #expect(QuotingTests.quoted(text, "toml") == json)
    #expect(QuotingTests.quoted(text, "python") == python)
  }

  /// Text; shell; env file.
  static let shells: [(String, String, String)] = [
    ("", "''", #""""#),
    ("demo", "demo", "demo"),
    ("http://x.y/?a=b&c=d", "'http://x.y/?a=b&c=d'", "'http://x.y/?a=b&c=d'"),
    ("a@b.c", "a@b.c", "a@b.c"),
    ("x,y", "x,y", "x,y"),
    ("  lead", "'  lead'", "'  lead'"),
    ("it's", #"'it'\''s'"#, #""it's""#),
    (#"say "hi""#, #"'say "hi"'"#, #"'say "hi"'"#),
    (#"'""#, #"''\''"'"#, #""'\"""#),
    (#"C:\dir\new"#, #"'C:\dir\new'"#, #"'C:\dir\new'"#),
    (#"a\"#, #"'a\'"#, #""a\\""#),
    (#"a\\b"#, #"'a\\b'"#, #""a\\\\b""#),
    ("$HOME", "'$HOME'", "'$HOME'"),
    ("$(id)", "'$(id)'", "'$(id)'"),
    ("`id`", "'`id`'", "'`id`'"),
    ("it's $5", #"'it'\''s $5'"#, #""it's \$5""#),
    ("pa$$w'ord", #"'pa$$w'\''ord'"#, #""pa\$\$w'ord""#),
    ("a # b", "'a # b'", "'a # b'"),
    ("=x", "'=x'", "'=x'"),
    ("~user", "'~user'", "'~user'"),
    ("{a,b}", "'{a,b}'", "'{a,b}'"),
    ("*.txt", "'*.txt'", "'*.txt'"),
    ("!hist", "'!hist'", "'!hist'"),
    ("1e3", "1e3", "1e3"),
    ("日本語", "'日本語'", "'日本語'"),
  ]

  @Test("shells and env files", arguments: shells)
  func shellsAndEnvFiles(_ text: String, _ shell: String, _ dotenv: String) {
    #expect(QuotingTests.quoted(text, "shell") == shell)
    #expect(QuotingTests.quoted(text, "dotenv") == dotenv)
  }

  /// Text; Markdown.
  static let markdown: [(String, String)] = [
    ("demo", "demo"),
    ("  lead", "&#32; lead"),
    ("trail  ", "trail &#32;"),
    ("    code", "&#32;   code"),
    ("snake_case_name", "snake_case_name"),
    ("_em_", #"\_em\_"#),
    ("*em*", #"\*em\*"#),
    ("**strong**", #"\*\*strong\*\*"#),
    ("~~strike~~", #"\~\~strike\~\~"#),
    ("a|b|c", #"a\|b\|c"#),
    (#"a\"#, "a&#92;"),
    ("# heading", ##"\# heading"##),
    ("trail #", ##"trail \#"##),
    ("C#", "C#"),
    ("- item", #"\- item"#),
    ("+ item", #"\+ item"#),
    ("===", #"\==="#),
    ("1. one", #"1\. one"#),
    ("1) one", #"1\) one"#),
    ("2024", "2024"),
    ("> quote", #"\> quote"#),
    ("[link](url)", #"\[link\](url)"#),
    ("![img](u)", #"!\[img\](u)"#),
    ("<b>bold</b>", #"\<b\>bold\</b\>"#),
    ("&amp; &copy;", #"\&amp; \&copy;"#),
    ("`code`", #"\`code\`"#),
    ("$math$", #"\$math\$"#),
    (#"\n"#, #"\\n"#),
    ("日本語", "日本語"),
  ]

  @Test("Markdown", arguments: markdown)
  func markdownText(_ text: String, _ markdown: String) {
    #expect(QuotingTests.quoted(text, "markdown") == markdown)
  }

  /// Text; JSON, YAML, TOML and Python; shell and env file.
  static let inside: [(String, String, String)] = [
    ("demo", "demo", "demo"),
    ("it's", "it's", "it's"),
    (#"say "hi""#, #"say \"hi\""#, #"say \"hi\""#),
    (#"'""#, #"'\""#, #"'\""#),
    (#"C:\dir\new"#, #"C:\\dir\\new"#, #"C:\\dir\\new"#),
    ("日本語", "日本語", "日本語"),
    ("\"\u{301}x", "\\\"\u{301}x", "\\\"\u{301}x"),
    ("$HOME `id`", "$HOME `id`", #"\$HOME \`id\`"#),
  ]

  @Test("between double quotes that are already there", arguments: inside)
  func insideQuotes(_ text: String, _ data: String, _ shell: String) {
    for filter in ["json", "yaml", "toml", "python"] {
      #expect(QuotingTests.quoted(text, filter + "(\"inside\")") == data)
    }
    for filter in ["shell", "dotenv"] {
      #expect(QuotingTests.quoted(text, filter + "(\"inside\")") == shell)
    }
  }

  @Test("numbers and flags are those of the syntax")
  func numbersAndFlags() {
    for filter in ["json", "yaml", "toml", "python", "shell", "dotenv", "markdown"] {
      #expect(QuotingTests.quoted(.integer(-5), .integer, filter) == "-5")
      let isPython = filter == "python"
      #expect(QuotingTests.quoted(.flag(true), .flag, filter) == (isPython ? "True" : "true"))
      #expect(QuotingTests.quoted(.flag(false), .flag, filter) == (isPython ? "False" : "false"))
    }
    #expect(QuotingTests.quoted(.flag(true), .flag, "python(\"inside\")") == "true")
    #expect(QuotingTests.quoted(.integer(5), .integer, "json(\"inside\")") == "5")
    #expect(QuotingTests.quoted(.text("core"), .choice(["core"]), "json") == "\"core\"")
  }

  @Test("control characters and line separators are escaped where the syntax can")
  func controlCharacters() {
    let text = "\u{1}\n\t\u{7F}\u{85}\u{2028}"
    let json = #""\u0001\n\t\u007f\u0085"# + "\u{2028}\""
    #expect(QuotingTests.quoted(text, "json") == json)
    #expect(QuotingTests.quoted(text, "toml") == json)
    #expect(QuotingTests.quoted(text, "yaml") == #""\u0001\n\t\u007f\u0085\u2028""#)
    #expect(QuotingTests.quoted(text, "python") == #""\x01\n\t\x7f\x85"# + "\u{2028}\"")
  }

  @Test("quoting filters can follow one another")
  func quotingTwice() {
    #expect(rendered("<<TITLE|json|shell>>") == #"'"say <<EMAIL>> \"hi\""'"#)
  }
}
