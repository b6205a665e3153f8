import Console
import Documents
import Testing

@Suite("The command line")
struct ArgumentParserTests {
  /// A line of arguments apart by blanks; `_` stands for an empty one.
  private func split(_ line: String) -> [String] {
    line.split(separator: " ").map { $0 == "_" ? "" : String($0) }
  }

  private func parse(_ line: String) throws(Diagnostics) -> ParsedArguments {
    try ArgumentParser(command: example, helpCall: "scaffold new --help").parse(split(line))
  }

  /// `name=value …; operands`, or what is wrong.
  private func outcome(_ line: String) -> String {
    var text = ""
    let faults = complaints { () throws(Diagnostics) in
      let parsed = try parse(line)
      let values = example.options.flatMap { option in
        parsed.values(of: option).map { "\(option.name)=\($0)" }
      }
      text = (values + [";"] + parsed.operands).joined(separator: " ")
    }
    return faults.isEmpty ? text : faults
  }

  @Test(
    "takes values with a blank, with “=” and behind a short form",
    arguments: [
      ("d", "; d"), ("--layout a d", "layout=a ; d"), ("--layout=a d", "layout=a ; d"),
      ("-l a d", "layout=a ; d"), ("d --layout a", "layout=a ; d"), ("--layout= d", "layout= ; d"),
      ("--layout _ d", "layout= ; d"), ("--layout=a=b d", "layout=a=b ; d"),
      ("--layout - d", "layout=- ; d"),
      ("--dry-run d", "dry-run=true ; d"), ("-n -h d e", "dry-run=true help=true ; d e"),
      ("- d", "; - d"),
    ])
  func values(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "takes short options joined, the last with its value",
    arguments: [
      ("-la d", "layout=a ; d"), ("-l=a d", "layout=a ; d"), ("-l= d", "layout= ; d"),
      ("-nla d", "layout=a dry-run=true ; d"), ("-nl a d", "layout=a dry-run=true ; d"),
      ("-nh d", "dry-run=true help=true ; d"), ("-l-x d", "layout=-x ; d"),
      (
        "-nl -h d",
        "-l needs a value, and “-h” begins with a dash (if it is the value, write --layout=-h)"
      ),
    ])
  func joined(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "takes no word behind a flag, which elsewhere is its value",
    arguments: [
      (
        "--celery false d",
        "write --celery=false or --no-celery; a DIRECTORY of that name is “./false”"
      ),
      ("--celery FALSE", "write --celery=false or --no-celery"),
      ("d --celery no", "write --celery=false or --no-celery"),
      ("--celery off d", "write --celery=false"), ("--celery 0 d", "write --celery=false"),
      ("--celery true d", "write --celery=true or --celery"),
      ("--celery yes d", "write --celery=true"), ("--celery on d", "write --celery=true"),
      ("--celery 1 d", "write --celery=true"),
      ("--no-celery true d", "write --no-celery or --celery"),
      ("-n false d", "write -n alone, or leave it out"),
      ("--dry-run no d", "write --dry-run alone, or leave it out"),
    ])
  func truthWords(line: String, help: String) {
    let found = outcome(line)
    #expect(found.contains(" takes no word, and “"), "\(found)")
    #expect(found.contains(help), "\(found)")
    #expect(!found.contains("\n"), "\(found)")
  }

  @Test(
    "takes no dash for “-” that is another",
    arguments: [
      ("—dry-run d", "did you mean “--dry-run”? "), ("–-dry-run d", "did you mean “--dry-run”? "),
      ("-–dry-run d", "did you mean “--dry-run”? "), ("--−dry-run d", "did you mean “--dry-run”? "),
      ("‐n d", "did you mean “-n”? "), ("﹣n d", "did you mean “-n”? "),
      ("－-layout=x d", "did you mean “--layout=x”? "), ("―layuot d", "did you mean “--layout”? "),
      ("—no-celery d", "did you mean “--no-celery”? "), ("— d", "did you mean “--”? "),
      ("—zzz d", "for a file or a directory of that name write './—zzz'"),
      ("﹘dry-run d", "did you mean “--dry-run”? "), ("‑‒dry-run d", "did you mean “--dry-run”? "),
    ])
  func otherDashes(line: String, help: String) {
    let found = outcome(line)
    #expect(found.contains(" begins with a dash that is no “-” (\(help)"), "\(found)")
    #expect(!found.contains("\n"), "\(found)")
  }

  @Test("takes another dash for what it is behind “./”, “--” and “=”")
  func otherDashesElsewhere() {
    #expect(outcome("./—x") == "; ./—x")
    #expect(outcome("-- —x") == "; —x")
    #expect(outcome("--layout=—x d") == "layout=—x ; d")
    #expect(outcome("a—x") == "; a—x")
    #expect(
      outcome("--layout —x d")
        == "--layout needs a value, and “—x” begins with a dash (if it is the value, write"
        + " --layout='—x')")
  }

  @Test("sees marks of ASCII whatever is joined to them")
  func combiningMarks() throws {
    let parser = ArgumentParser(command: example, helpCall: "help")
    let parsed = try parser.parse(["--layout=\u{301}x", "d"])
    #expect(parsed[Row.layout] == "\u{301}x")
    #expect(throws: Diagnostics.self) { try parser.parse(["-\u{301}d"]) }
    #expect(throws: Diagnostics.self) { try parser.parse(["--\u{301}d"]) }
    #expect(try parser.parse(["-l=\u{301}x", "d"])[Row.layout] == "\u{301}x")
  }

  @Test("answers words of other programs with what is meant here")
  func synonyms() {
    var command = example
    command.synonyms = [Synonym(["template", "t"], "“--layout NAME”", option: Row.layout.option)]
    let parser = ArgumentParser(command: command, helpCall: "help")
    for word in ["--template", "-t", "--template=x"] {
      let found = complaints { () throws(Diagnostics) in _ = try parser.parse([word, "d"]) }
      #expect(found.contains("(here it is “--layout NAME”; “help” lists the options)"), "\(found)")
    }
    let early = parser.preliminary(["-t", "x", "--layuot", "y", "--zzz"])
    #expect(early.unknown.map { parser.meant(by: $0)?.name } == ["layout", "layout", nil])
    #expect(early.unknown.map(parser.isGuessed) == [true, true, false])
    #expect(early.diagnostics.isEmpty)
  }

  @Test(
    "turns a flag on and off",
    arguments: [
      ("--celery d", "celery=true ; d"), ("--no-celery d", "celery=false ; d"),
      ("--celery=true d", "celery=true ; d"), ("--celery=false d", "celery=false ; d"),
      // Which values it takes is for the variable to say.
      ("--celery=maybe d", "celery=maybe ; d"),
      ("--celery -- false", "celery=true ; false"), ("--celery ./false", "celery=true ; ./false"),
      ("--celery truth", "celery=true ; truth"),
      ("--no-celery=true d", "--no-celery takes no value"),
      ("--celery --no-celery d", "--celery and --no-celery are both given (give one)"),
      ("--celery --celery d", "--celery is given twice (give it once)"),
    ])
  func flags(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "takes all behind “--” for operands",
    arguments: [
      ("-- -d", "; -d"), ("-- --layout x", "; --layout x"), ("d -- --", "; d --"),
      ("--dry-run -- -n", "dry-run=true ; -n"),
    ])
  func terminator(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "takes a value that begins with a dash only with “=”, negative integers excepted",
    arguments: [
      ("--port -5 d", "port=-5 ; d"), ("--port=-5 d", "port=-5 ; d"),
      ("--layout=-x d", "layout=-x ; d"),
      ("--layout=--dry-run d", "layout=--dry-run ; d"),
      (
        "--layout -x d",
        "--layout needs a value, and “-x” begins with a dash (if it is the value, write --layout=-x)"
      ),
      (
        "-l --dry-run d",
        "-l needs a value, and “--dry-run” begins with a dash (if it is the value, write --layout=--dry-run)"
      ),
      (
        "--port -5x d",
        "--port needs a value, and “-5x” begins with a dash (if it is the value, write --port=-5x)"
      ),
      (
        "--layout --nope=1 d",
        "--layout needs a value, and “--nope=1” begins with a dash (if it is the value, write"
          + " --layout=--nope=1)"
      ),
      ("d --layout", "--layout needs a value: NAME (“scaffold new --help” lists the options)"),
      ("d --layout -- x", "--layout needs a value: NAME (“scaffold new --help” lists the options)"),
    ])
  func dashes(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "takes a value once, and a list's values as often as they come",
    arguments: [
      ("--models a --models=b,c d", "models=a models=b,c ; d"),
      ("--layout a --layout a d", "--layout is given twice (give it once)"),
      ("--layout a -l b d", "--layout is given twice (give it once)"),
      ("-n --dry-run d", "dry-run=true dry-run=true ; d"),
    ])
  func repetition(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test(
    "knows no abbreviation, and names what was probably meant",
    arguments: [
      (
        "--lay a d",
        "unknown option “--lay” (“scaffold new --help” lists the options)"
      ),
      (
        "--layuot a d",
        "unknown option “--layuot” (did you mean “--layout”? “scaffold new --help” lists the options)"
      ),
      (
        "--layuot=a d",
        "unknown option “--layuot” (did you mean “--layout”? “scaffold new --help” lists the options)"
      ),
      (
        "--no-celry d",
        "unknown option “--no-celry” (did you mean “--no-celery”? “scaffold new --help” lists the options)"
      ),
      (
        "--no-layout d",
        "unknown option “--no-layout” (did you mean “--layout”? “scaffold new --help” lists the options)"
      ),
      ("--dry d", "unknown option “--dry” (“scaffold new --help” lists the options)"),
      (
        "-layout a",
        "unknown option “-layout” (did you mean “--layout”? “scaffold new --help” lists the options)"
      ),
      ("-x d", "unknown option “-x” (“scaffold new --help” lists the options)"),
      ("-nx d", "unknown option “-nx” (“scaffold new --help” lists the options)"),
      (
        "-help d",
        "unknown option “-help” (did you mean “--help”? “scaffold new --help” lists the options)"
      ),
      ("-no-celery d", "unknown option “-no-celery” (did you mean “--no-celery”?"),
      ("-5 d", "unknown option “-5” (“scaffold new --help” lists the options)"),
      ("--=x d", "unknown option “--” (“scaffold new --help” lists the options)"),
    ])
  func unknown(line: String, expected: String) {
    let found = outcome(line)
    #expect(found.hasPrefix(expected), "\(found)")
    #expect(found.split(separator: "\n").count == expected.split(separator: "\n").count, "\(found)")
  }

  @Test(
    "counts operands",
    arguments: [
      ("_", "; "), ("d e", "; d e"),
      ("--dry-run", "DIRECTORY is missing: Where it goes (“scaffold new --help” shows the usage)"),
      (
        "a b c d",
        """
        unexpected argument “c” (“scaffold new --help” shows the usage)
        unexpected argument “d” (“scaffold new --help” shows the usage)
        """
      ),
      ("--help", "help=true ;"), ("-h a b c", "help=true ; a b c"),
    ])
  func operands(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test("says that operands are missing when there is no argument at all")
  func nothing() {
    #expect(outcome("").hasPrefix("DIRECTORY is missing"))
  }

  @Test(
    "holds an option to its choices",
    arguments: [
      ("--format tree d", "format=tree ; d"),
      ("--format tre d", "--format must be one of tree, paths, not “tre” (did you mean “tree”?)"),
      ("--format= d", "--format must be one of tree, paths, not “”"),
      ("--format Tree d", "--format must be one of tree, paths, not “Tree” (did you mean “tree”?)"),
    ])
  func choices(line: String, expected: String) {
    #expect(outcome(line) == expected)
  }

  @Test("takes no value for what has none")
  func noValue() {
    #expect(outcome("--dry-run=true d") == "--dry-run takes no value")
    #expect(outcome("-n=1 d") == "-n takes no value")
  }

  @Test("reports all faults of a line at once")
  func allAtOnce() {
    #expect(
      outcome("--nope --format x --dry-run=1 a b c --port") == """
        unknown option “--nope” (“scaffold new --help” lists the options)
        --format must be one of tree, paths, not “x”
        --dry-run takes no value
        --port needs a value: PORT (“scaffold new --help” lists the options)
        """)
  }

  @Test("does not count operands where one may be the value of a misspelt option")
  func valuesOfUnknown() {
    #expect(!outcome("--layuot a b c d").contains("\n"))
    #expect(!outcome("--dry-rn").contains("missing"))
  }

  @Test("shows hostile arguments escaped")
  func hostile() {
    let found = complaints { () throws(Diagnostics) in
      _ = try ArgumentParser(command: example, helpCall: "help").parse([
        "--\u{1B}[31m", "-\u{202E}", "--format", "\u{7}", "--layout", "-\u{9B}x\n",
      ])
    }
    #expect(!found.unicodeScalars.contains { $0.isUnsafeToPrint && $0 != "\n" })
    #expect(found.split(separator: "\n").count == 4, "\(found)")
    #expect(found.contains(#"“--\e[31m”"#))
  }
}
