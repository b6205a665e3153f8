import Testing

@testable import Console

@Suite("Candidates are written")
struct CompletionTextTests {
  private static func answer(_ values: [String], prefix: String = "") -> CompletionAnswer {
    var answer = CompletionAnswer(
      title: "value", values.map { CompletionAnswer.Candidate($0, "what \($0) is") })
    answer.prefix = prefix
    return answer
  }

  private static func bash(_ answer: CompletionAnswer, _ line: String, type: String = "9")
    -> [String]
  {
    let text = BashCompletions(answer, for: BashLine(line, breaks: " \t\n\"'@><=;|&(:")).text(
      for: BashCompletions.Purpose(type: type, width: 60))
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test(
    "for bash, between the quotes that the cursor is in",
    arguments: [
      ("s ", "a b", #"a\ b"#), ("s ", "it's", #"it\'s"#), ("s ", "c$d", #"c\$d"#),
      ("s ", "`x`", #"\`x\`"#), ("s ", "~x*?[{\\", #"\~x\*\?\[\{\\"#), ("s ", "py:3.12", "py:3.12"),
      ("s ", "日本", "日本"), ("s 'a", "a b", "a b"), ("s 'i", "it's", #"it'\''s"#),
      ("s \"c", "c$d`\"\\", #"c\$d\`\"\\"#), ("s \"i", "it's!", "it's\"'!'\""),
      ("s py:", "py:3.12", "3.12"), ("s a=", "a=b", "b"), ("s a@", "a@b.c", "@b.c"),
    ])
  func quoting(_ line: String, _ value: String, _ inserted: String) {
    #expect(Self.bash(Self.answer([value]), line) == ["none apart", inserted])
  }

  @Test("for bash, as far as they begin with what was typed, behind what stays")
  func prefixes() {
    let answer = Self.answer(["orders", "stock"], prefix: "--apis=customers,")
    #expect(
      Self.bash(answer, "s --apis=customers,") == [
        "none apart", "customers,orders", "customers,stock",
      ])
    #expect(Self.bash(answer, "s --apis=customers,st") == ["none apart", "customers,stock"])
    #expect(Self.bash(answer, "s --apis=customers,x") == ["none apart"])
  }

  @Test("for bash, where it lists them, with what they are, on lines that fit")
  func listing() {
    let long = CompletionAnswer(
      title: "value",
      [
        CompletionAnswer.Candidate("日本", "wide"),
        CompletionAnswer.Candidate("a", String(repeating: "x", count: 90)),
      ])
    for type in ["63", "33", "64"] {
      let lines = Self.bash(long, "s ", type: type).dropFirst()
      #expect(lines.first == "日本  wide" + String(repeating: " ", count: 21))
      #expect(lines.last == "a     " + String(repeating: "x", count: 52) + "…")
    }
    #expect(Self.bash(long, "s ", type: "37").dropFirst() == ["日本", "a"])
    #expect(Self.bash(Self.answer(["one"]), "s ", type: "63").dropFirst() == ["one"])
  }

  @Test("for bash, and paths behind what readline takes for a part of them")
  func paths() {
    var answer = CompletionAnswer(title: "layout", [], .directories)
    #expect(Self.bash(answer, "s ./x") == ["directories apart"])
    answer.prefix = "-l"
    #expect(Self.bash(answer, "s -l./my\\ x") == ["directories apart", "-l", "./my x"])
    answer.prefix = "--layout="
    #expect(Self.bash(answer, "s --layout=./x") == ["directories apart"])
    #expect(Self.bash(CompletionAnswer(), "s > ") == ["files apart"])
  }

  @Test("for zsh, with a “:” between what is inserted and what it is")
  func zsh() {
    var answer = Self.answer(["py:3", "a\\b"], prefix: "--x=")
    answer.goesOn = true
    answer.candidates.append(CompletionAnswer.Candidate("plain"))
    #expect(
      answer.zsh == """
        none joined value
        --x=
        py\\:3:what py:3 is
        a\\\\b:what a\\\\b is
        plain

        """)
  }

  @Test("for fish, with a tab there")
  func fish() {
    #expect(
      Self.answer(["a b"], prefix: "--x=").fish(for: "--x=a") == """
        none apart value
        --x=
        a
        --x=a b\twhat a b is

        """)
  }

  @Test("for none where a terminal would obey them, and texts of layouts as what can be seen")
  func hostile() {
    let answer = CompletionAnswer(
      title: "value",
      ["a\u{1B}[2J", "b\nc", "d\te", "f\u{202E}g"].map { CompletionAnswer.Candidate($0) }
        + [CompletionAnswer.Candidate("ok", "x\u{1B}[2J\n\t\u{202E}")])
    #expect(answer.fish(for: "") == "none apart value\n\n\nok\tx\\e[2J\\n\\t\\u{202e}\n")
    #expect(Self.bash(answer, "s ") == ["none apart", "ok"])
  }

  @Test(
    "and the word under fish's cursor is read without its quotes",
    arguments: [
      ("a b", "a b"), ("'a b", "a b"), ("'it\\'s", "it's"), ("'a\\b'", "a\\b"),
      ("\"a\\$b\\\"c", "a$b\"c"), ("\"a\\b", "a\\b"), ("a\\ b\\$c", "a b$c"), ("a'b'\"c\"", "abc"),
      ("--x='a b", "--x=a b"), ("a\\", "a"),
    ])
  func fishWord(_ raw: String, _ text: String) {
    #expect(FishWord.text(of: raw) == text)
  }
}
