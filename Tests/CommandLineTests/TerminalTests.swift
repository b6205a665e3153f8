import Testing

#if os(Linux)
  @Suite("On a terminal")
  struct TerminalTests {
    /// What `command` prints when its output is a terminal.
    private func output(of command: String, _ environment: String) throws -> String {
      let shell = try Shell()
      defer { shell.remove() }
      return try shell.run(
        "\(environment) script --quiet --return --command '\(command)' /dev/null"
      )
      .output
    }

    @Test("the output has colours")
    func colours() throws {
      #expect(try output(of: "scaffold list", "").contains("\u{1B}["))
    }

    @Test("it has none where none are wanted", arguments: ["NO_COLOR=1", "TERM=dumb"])
    func noColours(_ environment: String) throws {
      let text = try output(of: "scaffold list; scaffold nope", environment)
      #expect(text.contains("staged-docker"))
      #expect(text.contains("error: unknown command"))
      #expect(!text.contains("\u{1B}"))
    }
  }
#endif
