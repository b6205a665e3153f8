import Documents
import Testing

@Suite("The locale's characters")
struct CharsetTests {
  @Test(
    "are those of the first variable that says something",
    arguments: [
      ([:], .unicode), (["LANG": "en_US.UTF-8"], .unicode), (["LANG": "de_DE.utf8@euro"], .unicode),
      (["LANG": "C.UTF-8"], .unicode), (["LANG": "en_US"], .unicode), (["LANG": "C"], .ascii),
      (["LANG": "POSIX"], .ascii), (["LANG": "de_DE.ISO-8859-1"], .ascii),
      (["LANG": "ja_JP.eucJP"], .ascii), (["LC_ALL": "C", "LANG": "en_US.UTF-8"], .ascii),
      (["LC_ALL": "", "LC_CTYPE": "C", "LANG": "en_US.UTF-8"], .ascii),
      (["LC_CTYPE": "en_US.UTF-8", "LANG": "C"], .unicode),
      (["LC_ALL": "", "LC_CTYPE": "", "LANG": ""], .unicode), (["LC_MESSAGES": "C"], .unicode),
    ] as [([String: String], Charset)])
  func locale(environment: [String: String], expected: Charset) {
    #expect(Charset { environment[$0] } == expected)
  }

  @Test(
    "stand in for others in words, and never in what is quoted",
    arguments: [
      ("plain", "plain"), ("“x” is not there", "\"x\" is not there"),
      ("“nai\u{308}ve…” – 2…3 → 4", "\"nai\u{308}ve…\" - 2...3 -> 4"),
      ("““x””", "\"“x”\""), ("it’s ” so", "it's \" so"), ("größer", "größer"), ("", ""),
    ])
  func words(text: String, expected: String) {
    #expect(Charset.ascii.words(text) == expected)
    #expect(Charset.unicode.words(text) == text)
  }

  @Test("stand in for others everywhere in a document of the program's own")
  func document() {
    let text = "“… a”\n├── b\n│   └── c"
    #expect(Charset.ascii.document(text) == "\"... a\"\n|-- b\n|   `-- c")
    #expect(Charset.unicode.document(text) == text)
  }
}
