import DataFiles
import Testing

@Suite("A file of environment variables")
struct DotenvTests {
  @Test(
    "is a map of texts",
    arguments: [
      ("", "{}"), ("\n# note\n  # more\n\n", "{}"), ("A=1\nB=2", "{A: 1, B: 2}"),
      ("A=\nB", "{A: , B: null}"), ("export A=b\nexport B", "{A: b, B: null}"),
      ("export=1", "{export: 1}"), ("  A = b c \t\n", "{A: b c}"), ("a.b-c_1=x", "{a.b-c_1: x}"),
      ("A=b # note\nC=d#e\nF # note", "{A: b, C: d#e, F: null}"),
      ("A=http://b:1/?c=d&e", "{A: http://b:1/?c=d&e}"), ("A=b\"c\" 'd'", "{A: b\"c\" 'd'}"),
      ("A=$B${C:-d}", "{A: $B${C:-d}}"), (#"A=b\n\"#, #"{A: b\n\}"#), ("A=é", "{A: é}"),
      ("A='b # c' # d\nE=\"\"\n", #"{A: "b # c", E: ""}"#), (#"A='b\n"c"'"#, #"{A: "b\\n\"c\""}"#),
      (#"A="\\\"\a\b\f\n\r\t\v$B""#, #"{A: "\\\"\u0007\u0008\u000c\n\r\t\u000b$B"}"#),
      ("A=\"b\nc # d\n\"\nE='f\ng'", #"{A: "b\nc # d\n", E: "f\ng"}"#),
      ("A=1\r\nB=\"c\"\r\n", #"{A: 1, B: "c"}"#), ("\u{FEFF}A=1", "{A: 1}"),
    ])
  func values(text: String, expected: String) {
    #expect(outcome(text, as: .dotenv) == expected)
  }

  @Test(
    "is refused at its place, as is what its readers do not agree on",
    arguments: [
      ("A=1\nB=2\nA=3", "f:3:1: the variable “A” stands twice"),
      ("=1", "f:1:1: expected the name of a variable"),
      ("1A=b", "f:1:1: expected the name of a variable"),
      ("export =1", "f:1:8: expected the name of a variable"),
      ("'A'=b", "f:1:1: expected the name of a variable"),
      ("A: b", "f:1:2: the name of a variable has letters, digits, “_”, “.” and “-”"),
      ("A#b", "f:1:2: the name of a variable has letters, digits, “_”, “.” and “-”"),
      ("A b", "f:1:3: unexpected text; a value with quotes, and a name without “=”, end the line"),
      (
        "A='b'c",
        "f:1:6: unexpected text; a value with quotes, and a name without “=”, end the line"
      ),
      (
        "A='b'#c",
        "f:1:6: unexpected text; a value with quotes, and a name without “=”, end the line"
      ),
      ("A= # b", "f:1:4: a “#” behind “=” is a value to some readers and a comment to others"),
      ("A=#b", "f:1:3: a “#” behind “=” is a value to some readers and a comment to others"),
      ("A=\"b\nC=d", "f:1:3: a quote is never closed"), ("A='b", "f:1:3: a quote is never closed"),
      (#"A="\d""#, "f:1:4: this escape differs from reader to reader"),
      (#"A="\$B""#, "f:1:4: this escape differs from reader to reader"),
      (#"A='\'"#, #"f:1:4: “\” before “'” or “\” differs from reader to reader"#),
      (#"A='b\\'"#, #"f:1:5: “\” before “'” or “\” differs from reader to reader"#),
      (
        "A=\"b\r\nc\"",
        "f:1:5: a carriage return in quotes is part of the value to some readers only"
      ),
      ("A=b\u{A0}", "f:1:3: a blank that is one to some readers only; the value needs quotes"),
      ("A=\u{2028}", "f:1:3: a character that ends a line for some readers"),
    ])
  func faults(text: String, expected: String) {
    #expect(outcome(text, as: .dotenv) == expected)
  }

  @Test("knows where names and values stand")
  func places() throws {
    let text = "# note\nexport A = 'b'\nC\nD=\n"
    let document = try DataDocument(parsing: Array(text.utf8), as: .dotenv, file: ".env")
    #expect(document.documents[0].places == ["@0", "A@14", "@18", "C@22", "@22", "D@24", "@26"])
    #expect(document.location(at: 18).description == ".env:2:12")
  }
}
