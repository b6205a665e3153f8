import Testing

@testable import Templating

/// Literals of each syntax. That they are read back as they were given, by parsers of each syntax, is
/// a check of `Tests/GeneratedProjects` (`verify quoting`).
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
    (#"'""#, #"\''"'"#, #""'\"""#),
    (#"C:\dir\new"#, #"'C:\dir\new'"#, #"'C:\dir\new'"#),
    (#"a\"#, #"'a'\\"#, #""a\\""#),
    (#"a\\b"#, #"'a'\\'\b'"#, #""a\\\\b""#),
    (#"a\'b"#, #"'a'\\\''b'"#, #""a\\'b""#),
    ("'", #"\'"#, #""'""#),
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
    ("snake_case_name", #"snake\_case\_name"#),
    ("_em_", #"\_em\_"#),
    ("*em*", #"\*em\*"#),
    ("**strong**", #"\*\*strong\*\*"#),
    ("~~strike~~", "&#126;&#126;strike&#126;&#126;"),
    ("a|b", "a&#124;b"),
    (#"a\"#, "a&#92;"),
    (#"a\b"#, #"a\\b"#),
    ("# heading", ##"\# heading"##),
    ("trail ##", ##"trail \#\#"##),
    ("C# and F#", ##"C# and F\#"##),
    ("- item", #"\- item"#),
    ("+ item", #"\+ item"#),
    ("a-b - c + d", "a-b - c + d"),
    ("==", "&#61;&#61;"),
    ("a = b", "a = b"),
    ("1. one", #"1\. one"#),
    ("1) one", #"1\) one"#),
    ("12345678901. one", #"12345678901\. one"#),
    ("2024", "2024"),
    ("version 1.2", "version 1.2"),
    ("> quote", "&gt; quote"),
    ("a -> b", "a -> b"),
    ("[link](url)", #"\[link\](url)"#),
    ("![img](u)", #"!\[img\](u)"#),
    ("!!! note", "&#33;!! note"),
    ("a < b", "a &lt; b"),
    ("<b>bold</b>", "&lt;b>bold&lt;/b>"),
    ("A & B, R&D here", "A & B, R&D here"),
    ("&amp; &#38;", "&amp;amp; &amp;#38;"),
    ("&copy", "&amp;copy"),
    ("`code`", #"\`code\`"#),
    ("cost $5", "cost &#36;5"),
    (":smile: a:b 12:30", "&#58;smile: a:b 12:30"),
    ("{{ x }} {a}", "&#123;&#123; x }} {a}"),
    (#"\n"#, #"\\n"#),
    ("日本語", "日本語"),
    ("", ""),
  ]

  @Test("Markdown", arguments: markdown)
  func markdownText(_ text: String, _ markdown: String) {
    #expect(QuotingTests.quoted(text, "markdown") == markdown)
  }

  @Test(
    "a bare link in Markdown is written so that every reader shows and follows it",
    arguments: [
      ("https://example.com", "<https://example.com>"),
      ("Docs: https://a.b/~me/_x_.", "Docs: <https://a.b/~me/_x_>."),
      ("(see https://a.b/c_(d)?e=1&f=2)", "(see <https://a.b/c_(d)?e=1&f=2>)"),
      ("HTTP://A.b:80/#top, x", "<HTTP://A.b:80/#top>, x"),
      ("ftp://a.b/c", "<ftp://a.b/c>"),
      // What readers disagree about between angle brackets is no link, and shown as it is.
      ("https://a.b/c*d", #"https&#58;//a.b/c\*d"#),
      ("https://a.b/c|d", "https&#58;//a.b/c&#124;d"),
      ("https://a.b/?c&copy;=d", "https&#58;//a.b/?c&amp;copy;=d"),
      ("xhttps://a_b.c", #"xhttps&#58;//a\_b.c"#),
      ("www.a.b/~me", "www&#46;a.b/&#126;me"),
      // Without a mark there is nothing to mend.
      ("https://a.b/%20", "https://a.b/%20"),
      ("www.a.b", "www.a.b"),
      ("https://", "https://"),
      ("https:// x", "https:// x"),
      ("a_b@c.d", #"a\_b@c.d"#),
    ])
  func markdownLinks(_ text: String, _ markdown: String) {
    #expect(QuotingTests.quoted(text, "markdown") == markdown)
  }

  @Test("a long text of marks takes no more than its length")
  func longTexts() {
    for mark in ["#", "&a", ":a", "(", ")", "https://a", "www.a", "1", "'", "\\", "{"] {
      for end in ["", "x"] {
        let text = String(repeating: mark, count: 20_000) + end
        for filter in ["markdown", "shell", "dotenv"] {
          #expect(QuotingTests.quoted(text, filter).utf8.count >= text.utf8.count)
        }
      }
    }
  }

  @Test(
    "characters are doubled for a syntax that reads the text again",
    arguments: [
      ("cost $5 of $$", "double(\"$\")", "cost $$5 of $$$$"),
      ("100% of $5", "double(\"$%\")", "100%% of $$5"),
      ("{x}", "double(\"{}\")", "{{x}}"),
      ("it's", "double(\"'\")", "it''s"),
      ("a: $b", "double(\"$\")|yaml", "\"a: $$b\""),
      ("$b", "shell|double(\"$\")", "'$$b'"),
      ("plain", "double(\"$\")", "plain"),
    ])
  func doubledCharacters(_ text: String, _ filters: String, _ result: String) {
    #expect(QuotingTests.quoted(text, filters) == result)
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
