import Documents
import Testing

@Suite("Complaints")
struct DiagnosticsTests {
  private func told(_ diagnostics: Diagnostics) -> [String] {
    diagnostics.told.map { $0.message + ($0.help.map { " (\($0))" } ?? "") }
  }

  @Test("of a kind are told up to twenty, and then their number")
  func manyOfAKind() {
    var diagnostics = Diagnostics()
    for number in 1...300 {
      diagnostics.add(
        Diagnostic(
          "“KEY_\(number)” is not known",
          at: SourceLocation(file: "f", line: number, column: 1)))
    }
    diagnostics.add(Diagnostic("it has no name"))
    #expect(diagnostics.count == 301)
    let lines = told(diagnostics.sorted())
    #expect(lines.count == 22)
    #expect(lines.first == "it has no name")
    #expect(lines[20] == "“KEY_20” is not known")
    #expect(lines.last == "… and 280 more of this kind")
  }

  @Test("keep their number when they are added to others")
  func added() {
    var diagnostics = Diagnostics()
    for file in ["a", "b"] {
      var some = Diagnostics()
      for number in 1...30 {
        some.add(Diagnostic("\(file)/\(number): it is a link"))
      }
      diagnostics.add(some)
    }
    #expect(diagnostics.count == 60)
    #expect(told(diagnostics).last == "… and 40 more of this kind")
  }

  @Test("that say the same of the same place are one")
  func repeated() {
    let one = Diagnostic("“A” is not known", at: SourceLocation(file: "f", line: 1, column: 1))
    var diagnostics = Diagnostics(one)
    diagnostics.add(Diagnostics([one, one]))
    #expect(diagnostics.sorted().count == 1)
    #expect(diagnostics.sorted().all == [one])
  }

  @Test("have advice for all of them below the last")
  func advice() {
    var diagnostics = Diagnostics()
    for number in 1...25 { diagnostics.add(Diagnostic("d/\(number): it is there")) }
    diagnostics.advise("choose another directory")
    #expect(
      told(diagnostics).suffix(2) == [
        "d/20: it is there", "… and 5 more of this kind (choose another directory)",
      ])
  }

  @Test("have advice of their own where each has some")
  func ownAdvice() {
    var diagnostics = Diagnostics()
    for number in 1...25 {
      diagnostics.add(Diagnostic("“A\(number)” is not known", help: "did you mean “B\(number)”?"))
    }
    #expect(
      told(diagnostics).suffix(2) == [
        "“A20” is not known (did you mean “B20”?)", "… and 5 more of this kind",
      ])
  }

  @Test("end after a thousand")
  func full() {
    var diagnostics = Diagnostics()
    while !diagnostics.isFull { diagnostics.add(Diagnostic("“x\(diagnostics.count)” is no name")) }
    #expect(told(diagnostics).last == "there are 1000 faults; no more were looked for")
  }

  @Test("are all told of where nothing stops for them, however many they are")
  func exhaustive() {
    var diagnostics = Diagnostics()
    for number in 0..<3000 { diagnostics.add(Diagnostic("“x\(number)” is there")) }
    diagnostics.isExhaustive = true
    #expect(told(diagnostics).last == "… and 2980 more of this kind")
  }

  @Test("keep their number when their help is written for JSON")
  func inJSON() {
    var diagnostics = Diagnostics()
    for number in 0..<25 {
      diagnostics.add(Diagnostic("“x\(number)” is no name", help: "write \"\(number)\""))
    }
    #expect(diagnostics.writtenInJSON.count == 25)
    #expect(
      told(diagnostics.writtenInJSON).suffix(2) == [
        #"“x19” is no name (write \"19\")"#, "… and 5 more of this kind",
      ])
  }

  @Test("are of one kind when only names, numbers and what stands before a colon differ")
  func kinds() {
    func areOneKind(_ left: String, _ right: String) -> Bool {
      var diagnostics = Diagnostics()
      for _ in 0..<30 { diagnostics.add(Diagnostic(left)) }
      for number in 0..<30 { diagnostics.add(Diagnostic(right + "\(number)")) }
      return diagnostics.told.contains { $0.message.hasPrefix("…") }
        && diagnostics.all.count == Diagnostics.mostOfAKind
    }
    #expect(areOneKind("“a “b” c” is no name", "“d” is no name"))
    #expect(areOneKind("AUTHOR is missing", "PORT_2 is missing"))
    #expect(areOneKind("src/a.py: it is a link", "it is a link"))
    #expect(areOneKind("src/a.py is there", "here/and there/b.txt is there"))
    #expect(!areOneKind("it is a file", "it is a link"))
  }

  @Test("show the beginning of an over-long name")
  func longNames() {
    let name = String(repeating: "NAME_", count: 20_000)
    let message = Diagnostic("“\(name)” is not declared, and “AUTHOR” is", help: name).message
    #expect(message.utf8.count < 1200)
    #expect(message.hasPrefix("“NAME_NAME_"))
    #expect(message.hasSuffix("…” is not declared, and “AUTHOR” is"))
    let text = String(repeating: "many words ", count: 20_000)
    #expect(Diagnostic(text).message.utf8.count < 10_000)
    #expect(Diagnostic("“\(text)” is too long").message.contains("…” is too long"))
    let path = String(repeating: "a/", count: 500)
    #expect(Diagnostic("“\(path)” is there").message == "“\(path)” is there")
  }
}
