import Foundation
import Testing

#if os(Linux)
  /// Kills an update, and one that is taken back, at each of its calls that change the disk. (That
  /// there is a tracer is for `KillSweepTests` to say.)
  @Suite("Killed at any call, an update is completed by the next run, and so is its undoing")
  struct UpdateKillSweepTests {
    /// A line for each kill: the call and its number, how the killed run ended, what the project is
    /// after the next run, and what was left beside.
    private static let script = """
      state() { (cd ${1:-demo} && find . \\( -name .scaffold-undo -o -name .git \\) -prune -o \\
          \\( -printf '%P %y %m ' -type f -exec sha1sum {} + -o -printf '\\n' \\)) | sort | sha1sum; }
      top=$PWD; export TMPDIR=$top/tmp; mkdir -p tmp layout/base/old/deep layout/base/gone
      seq 9 > layout/base/both; echo 1 > layout/base/changed; echo x > layout/base/gone/x
      seq 9 > layout/base/old/a; echo b > layout/base/old/deep/b; echo f > layout/base/kind
      manifest() {
        printf '{"name":"l","summary":"s","version":"%s","layers":[{"folder":"base"}]%s}' "$@" \\
          > layout/layout.json
      }
      manifest 1.0.0
      scaffold new --layout ./layout first > out
      (cd first && git init -q && git add . && sed -i 's/^2$/two/' both old/a && chmod 750 old/a &&
        mkdir -p old/own && echo own > old/own/x && echo mine > note)
      sed -i 's/^8$/eight/' layout/base/both; echo 2 > layout/base/changed; rm -r layout/base/gone
      mv layout/base/old layout/base/new; sed -i 's/^8$/eight/' layout/base/new/a
      rm layout/base/kind; mkdir layout/base/kind; echo k > layout/base/kind/k
      manifest 2.0.0 ',"moved":{"base/old/":"base/new/"}'
      prepare() {
        cd "$top" && rm -rf demo tmp && mkdir tmp && cp -a first demo
        [ %COMMAND% = update ] || scaffold update demo > out
      }
      run() { "$@" scaffold %COMMAND% demo > out 2> err; }
      prepare; before=$(state)
      run strace -qq -o trace -e trace=%CALLS% || { cat err >&2; exit 1; }
      complete=$(state)
      [ %COMMAND% = update ] || [ "$complete" = "$(state first)" ] || exit 1
      awk -F'(' '{ print $1, ++n[$1] }' trace | grep "^%CALL% " | awk 'NR % %STEP% == 1 % %STEP%' > points
      while read -r call when <&3; do
        prepare
        run strace -qq -o trace -e trace=$call -e inject=$call:signal=KILL:when=$when; killed=$?
        run
        case $(state) in $complete) is=complete ;; $before) is=before ;; *) is=else ;; esac
        left=$(cd demo && find . -name '.scaffold-*' ! -name .scaffold-undo ! -path './.git/*' | wc -l)
        echo "$call $when $killed $is $left"
      done 3< points
      """

    private static let calls = [
      "renameat2", "renameat", "linkat", "unlinkat", "mkdirat", "write", "openat",
    ]

    /// What a command does without.
    private static let without: Set = ["undo linkat"]

    @Test(
      "with", .enabled(if: Tracer.isThere, "strace is not installed"),
      arguments: ["update", "undo"], calls)
    func kills(_ command: String, at call: String) throws {
      let shell = try Shell()
      defer { shell.remove() }
      // Most calls that open something change nothing.
      let step = call == "openat" ? 5 : call == "write" ? 2 : 1
      let result = try shell.run(
        Self.script.replacing("%CALLS%", with: Self.calls.joined(separator: ","))
          .replacing("%CALL%", with: call).replacing("%COMMAND%", with: command)
          .replacing("%STEP%", with: String(step)))
      try #require(result.code == 0, "\(result.errors)")
      let lines = result.output.split(separator: "\n")
      #expect(lines.isEmpty == Self.without.contains("\(command) \(call)"))
      for line in lines {
        #expect(line.hasSuffix(" 137 complete 0"), "\(line)")
      }
    }

    @Test("two at once: one works, and the other says so or finds nothing to do")
    func atOnce() throws {
      let shell = try Shell()
      defer { shell.remove() }
      let result = try shell.run(
        """
        mkdir -p layout/base; for i in $(seq 200); do echo $i > layout/base/$i; done
        printf '{"name":"l","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \\
          > layout/layout.json
        for round in $(seq 10); do
          rm -rf demo; scaffold new --layout ./layout demo > out
          for i in $(seq 200); do echo "$round $i" > layout/base/$i; done
          scaffold update demo > out1 2> err1 & one=$!
          scaffold update demo > out2 2> err2 & two=$!
          wait $one; codes=$?; wait $two; codes="$codes $?"
          cat err1 err2
          diff -r layout/base demo -x .scaffold.json -x .scaffold-undo > diff && echo "$codes whole"
        done
        """)
      let lines = result.output.split(separator: "\n")
      let ends = lines.filter { $0.hasSuffix(" whole") }
      #expect(ends.count == 10, "\(result.output)")
      #expect(ends.allSatisfy { ["0 0 whole", "0 4 whole", "4 0 whole"].contains($0) })
      for line in lines where line.hasPrefix("error:") {
        let isKnown =
          line.contains("another run") || line.contains("changed while")
          || line.contains("interrupted") || line.contains("changed since")
        #expect(isKnown, "\(line)")
      }
    }
  }
#endif
