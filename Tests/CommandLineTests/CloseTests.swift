import Testing

#if os(Linux)
  /// Some disks take bytes first and complain when the file is closed: then it is not written.
  @Suite("A file that cannot be closed", .enabled(if: Tracer.isThere, "strace is not installed"))
  struct CloseTests {
    /// A line for each file that a run creates: how the run ended whose `close` of it failed, what
    /// it complained of, and whether the directory is as it was.
    private static let script = """
      mkdir -p layout/base && for file in a b c; do echo $file > layout/base/$file; done
      printf '{"name":"l","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > layout/layout.json
      new() { strace -qq -o ../trace "$@" scaffold new --layout ../layout demo > ../out 2> ../err; }
      prepare() { rm -rf work && mkdir work && cd work && %PREPARE%; }
      ( prepare && new -e trace=openat,close ) || exit
      # Which calls close what was created: a descriptor is the last word of a line that opens.
      awk -F'[()= ]+' '/^openat/ && /O_CREAT/ { made[$NF] = 1 }
        /^close/ { n++; if ($2 in made) { print n; delete made[$2] } }' trace > points
      while read -r number <&3; do (
        prepare; before=$(find .)
        new -e trace=close -e inject=close:error=%ERROR%:when=$number; code=$?
        test "$before" = "$(find .)" && is=before || is=else
        echo "$code $(grep -c 'error: cannot .*: %WORDS%$' ../err) $is"
      ) done 3< points
      """

    private func outcomes(_ error: String, _ words: String, _ prepare: String) throws -> [String] {
      let shell = try Shell()
      defer { shell.remove() }
      let script = Self.script.replacing("%ERROR%", with: error).replacing("%WORDS%", with: words)
        .replacing("%PREPARE%", with: prepare)
      let result = try shell.run(script)
      let lines = result.output.split(separator: "\n").map(String.init)
      // The seal, the record and three files; in a directory that is there also the plan.
      #expect(lines.count >= 5, "\(result.errors)")
      return lines
    }

    @Test(
      "fails the run, which leaves nothing",
      arguments: [("EIO", "Input.output error"), ("EDQUOT", "Disk quota exceeded")],
      ["true", "mkdir demo"])
    func fails(_ error: (name: String, words: String), in target: String) throws {
      for line in try outcomes(error.name, error.words, target) { #expect(line == "4 1 before") }
    }

    @Test("for a signal alone is closed", arguments: ["true", "mkdir demo"])
    func isInterrupted(in target: String) throws {
      for line in try outcomes("EINTR", "", target) { #expect(line == "0 0 else") }
    }
  }
#endif
