import Testing

@testable import Console

@Suite("A line of bash up to the cursor")
struct BashLineTests {
  private static let standard = " \t\n\"'@><=;|&(:"

  struct Row: Sendable, CustomTestStringConvertible {
    var line: String
    var words: [String]
    var word: String
    var kept: String
    var quote = BashLine.Quote.none
    var testDescription: String { line }
  }

  @Test(
    "is words, and what readline would replace",
    arguments: [
      Row(line: "scaffold ", words: [], word: "", kept: ""),
      Row(line: "scaffold ne", words: [], word: "ne", kept: ""),
      Row(line: "scaffold new  -l ", words: ["new", "-l"], word: "", kept: ""),
      Row(
        line: "./scaffold new --layout=ti", words: ["new"], word: "--layout=ti", kept: "--layout="),
      Row(line: "s --set A=py:3", words: ["--set"], word: "A=py:3", kept: "A=py:"),
      Row(line: "s a@b", words: [], word: "a@b", kept: "a"),
      Row(line: "s a\\:b", words: [], word: "a:b", kept: ""),
      Row(line: "s 'a b' \"c d\" e\\ f ", words: ["a b", "c d", "e f"], word: "", kept: ""),
      Row(line: "s 'a:b' 'c=", words: ["a:b"], word: "c=", kept: "", quote: .single),
      Row(line: "s --x='a b", words: [], word: "--x=a b", kept: "--x=", quote: .single),
      Row(line: "s \"a\\$b\\c", words: [], word: "a$b\\c", kept: "", quote: .double),
      Row(line: "s 'it'\\''s", words: [], word: "it's", kept: "it'", quote: .single),
      Row(line: "s a'b'c", words: [], word: "abc", kept: ""),
      Row(line: "s '' a", words: [""], word: "a", kept: ""),
      Row(line: "s a\\", words: [], word: "a", kept: ""),
      Row(line: "A=b C='d e' s new x", words: ["new"], word: "x", kept: ""),
      Row(line: "s list > out --f", words: ["list"], word: "--f", kept: ""),
      Row(line: "s list 2>out >&2 --f", words: ["list"], word: "--f", kept: ""),
      Row(line: "s a 2 ", words: ["a", "2"], word: "", kept: ""),
    ])
  func words(_ row: Row) {
    let line = BashLine(row.line, breaks: Self.standard)
    #expect(line.words == row.words)
    #expect(line.word == row.word)
    #expect(line.kept == row.kept)
    #expect(line.quote == row.quote)
    #expect(!line.isForBash)
  }

  @Test("keeps nothing where bash divides nothing")
  func breaks() {
    #expect(BashLine("s --set=A=py:3", breaks: " \t\n").kept == "")
  }

  @Test(
    "is left to bash where only bash knows the word",
    arguments: ["s list > ou", "s $HOME/x", "s \"$HO", "s `ls", "s a$(b", "s list 2>"])
  func expansions(_ line: String) {
    #expect(BashLine(line, breaks: Self.standard).isForBash)
  }

  @Test("is not where a “$” is quoted", arguments: ["s '$HO", "s \\$HO", "s \"\\$HO"])
  func quotedDollars(_ text: String) {
    let line = BashLine(text, breaks: Self.standard)
    #expect(!line.isForBash)
    #expect(line.word == "$HO")
  }
}
