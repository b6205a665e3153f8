import Testing

#if os(Linux)
  @Suite("On a terminal that cannot move its cursor")
  struct AskingOnTerminalTests {
    /// What `command` prints, whose input and output are a terminal.
    ///
    /// - Parameters:
    ///   - lines: what is typed; the input ends then.
    ///   - script: what is run before.
    private func run(
      _ command: String, typing lines: [String] = [], after script: String = "true"
    ) throws -> (result: Shell.Result, names: String) {
      let shell = try Shell()
      defer { shell.remove() }
      try shell.write("typed", lines.map { $0 + "\n" }.joined())
      let result = try shell.run(
        """
        \(script)
        TERM=dumb script --quiet --return --command '\(command)' log < typed; code=$?
        rm -f log; exit $code
        """)
      return (result, try shell.run("rm typed; find . -mindepth 1 | sort | head -n 5").output)
    }

    @Test("the program alone asks, and writes what was agreed to")
    func alone() throws {
      let (result, names) = try run(
        "scaffold", typing: ["tiered", "shop", "", "Mine"] + [String](repeating: "", count: 20))
      #expect(result.code == 0, "\(result.output)")
      #expect(result.output.contains("Created shop from tiered"))
      #expect(result.output.contains("Next:"))
      #expect(
        result.output.hasSuffix(
          "note: the same without questions:\r\n  scaffold new tiered shop --description Mine\r\n"))
      #expect(!result.output.contains("\u{1B}"))
      #expect(names.hasPrefix("./shop\n./shop/.editorconfig"), "\(names)")
    }

    @Test("with --plain nothing has colours, what follows the questions neither")
    func plain() throws {
      let lines = ["shop"] + [String](repeating: "", count: 20)
      let (result, _) = try run("TERM=xterm scaffold new tiered --plain", typing: lines)
      #expect(result.code == 0 && result.output.contains("Created shop"), "\(result.output)")
      #expect(!result.output.contains("\u{1B}"))
    }

    @Test("what is missing is asked for, and nothing else")
    func missing() throws {
      let layout =
        #"mkdir -p need/base; printf '%s' '{"name": "need", "summary": "Needs", "version": "1.0.0", "#
        + #""variables": [{"name": "AUTHOR", "kind": "text"}, {"name": "TAG", "kind": "name", "#
        + #""default": "a"}], "layers": [{"folder": "base"}]}' > need/layout.json; echo x > need/base/x"#
      let (result, _) = try run(
        "scaffold new ./need shop --tag b", typing: ["Ann", ""], after: layout)
      #expect(result.code == 0, "\(result.output)")
      #expect(result.output.contains("AUTHOR"))
      #expect(!result.output.contains("\r\nTAG"))
      #expect(
        result.output.contains("scaffold new ./need shop --author Ann --tag b"), "\(result.output)")
    }

    @Test(
      "a complete command line runs at once",
      arguments: [
        "scaffold new tiered shop", "scaffold new --layout tiered shop",
        "scaffold new tiered --defaults shop",
      ])
    func complete(_ command: String) throws {
      let (result, names) = try run(command)
      #expect(result.code == 0, "\(result.output)")
      #expect(result.output.contains("Created shop from tiered"))
      #expect(!result.output.contains("without questions"))
      #expect(names.hasPrefix("./shop\n"))
    }

    @Test(
      "what is wrong is told before anything is asked, and nothing is asked with --defaults",
      arguments: [
        ("scaffold new --defaults", "LAYOUT is missing"),
        ("scaffold new tiered --defaults", "DIRECTORY is missing"),
        ("scaffold new tiered --nope", "unknown option"),
        ("scaffold new --nope", "unknown option"),
        ("scaffold new tiered --port x", "must be an integer"),
        ("scaffold adopt --defaults", "--layout is missing"),
        ("scaffold update", "scaffold"), ("scaffold add", "scaffold"), ("scaffold show", "LAYOUT"),
      ])
    func told(_ command: String, _ message: String) throws {
      let (result, names) = try run(command)
      #expect((2...4).contains(result.code), "\(result.output)")
      #expect(result.output.contains("error: ") && result.output.contains(message))
      #expect(names.isEmpty)
    }

    @Test("the end of input leaves nothing behind, and the program ends with 1", arguments: 0..<14)
    func lost(count: Int) throws {
      let lines = ["tiered", "shop"] + [String](repeating: "", count: 12)
      let (result, names) = try run("scaffold new", typing: Array(lines.prefix(count)))
      if result.code == 0 {
        // It was agreed to.
        #expect(count >= 11)
        return
      }
      #expect(result.code == 1)
      #expect(result.output.contains("note: nothing was written"), "\(result.output)")
      #expect(names.isEmpty)
    }

    @Test("adopt asks for the layout")
    func adopt() throws {
      let (result, _) = try run(
        "cd shop && scaffold adopt --dry-run", typing: ["tiered"],
        after: "scaffold new tiered shop > /dev/null; rm shop/.scaffold.json")
      #expect(result.code == 0, "\(result.output)")
      #expect(result.output.contains("Would adopt"), "\(result.output)")
      #expect(
        result.output.contains(
          "the same without questions: scaffold adopt --layout tiered --dry-run"))
    }

    @Test("nothing is asked where the answer goes elsewhere, or nobody can type")
    func elsewhere() throws {
      for command in ["scaffold | cat", "scaffold < /dev/null", "scaffold > out"] {
        let (result, _) = try run("bash -o pipefail -c \"\(command)\"")
        #expect(result.code == 2, "\(command)\n\(result.output)")
        #expect(result.output.contains("Usage:") && !result.output.contains("[ops-k8s]"))
      }
    }
  }

  @Suite("Without a terminal, the program alone")
  struct AloneTests {
    @Test("prints what there is on standard error, and ends as after wrong usage")
    func help() throws {
      let shell = try Shell()
      defer { shell.remove() }
      let result = try shell.run("scaffold")
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors == (try shell.run("scaffold help").output))
    }
  }
#endif
