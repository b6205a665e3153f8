import Foundation
import Testing

#if os(Linux)
  /// Kills a run at each of its calls that change the disk, while it replaces files of a directory:
  /// what the sweeps in memory promise, by the program on a real disk.
  @Suite("Killed at any call, the next run has the project complete")
  struct KillSweepTests {
    /// Calls that change a disk, and the one that begins a file.
    private static let calls = [
      "renameat2", "renameat", "linkat", "unlinkat", "mkdirat", "write", "openat",
    ]

    /// Where there is no tracer nothing is verified, which CI is not to take for success.
    @Test("which is verified")
    func isVerified() {
      if Tracer.isThere { return }
      print("not verified: strace is not installed, so no run was killed at each of its calls")
      #expect(ProcessInfo.processInfo.environment["CI"] == nil, "strace is not installed")
    }

    /// A line for each kill: the call and its number, how the killed run and the next one ended,
    /// what the target is then, and what was left beside.
    private static let script = """
      state() { (cd demo && seen() { find . -name .scaffold-undo -prune -o "$@" | sort; } &&
        seen -printf '%P %y %m\\n' && seen -type f -print | xargs -d '\\n' sha1sum) | sha1sum; }
      prepare() {
        cd "$top" && rm -rf work && mkdir -p work/demo/src && cd work
        echo mine > demo/notes.txt; echo mine > demo/README.md; echo mine > demo/src/b.py
        chmod 640 demo/src/b.py
        # What a copy of a project brings along, which makes place.
        mkdir -p demo/.scaffold-undo/old && echo x > demo/.scaffold-undo/plan
      }
      new() { "$@" scaffold new --on-conflict replace --layout ../layout demo > ../out 2> ../err; }
      top=$PWD
      mkdir -p layout/base/src/deep/er layout/base/docs
      for file in README.md run.sh src/a.py src/b.py src/deep/er/c.py docs/d.md docs/e.md; do
        echo "$file of <<OWNER>>" > layout/base/$file; done
      chmod 755 layout/base/run.sh
      printf '{"name":"l","summary":"s","version":"1.0.0","layers":[{"folder":"base"}],%s}' \
        '"variables":[{"name":"OWNER","kind":"name","default":"ann"}]' > layout/layout.json
      prepare; before=$(state)
      new strace -qq -o ../trace -e trace=%CALLS% || { cat ../err >&2; exit 1; }
      complete=$(state)
      # Before the first directory that it makes, nothing is written.
      awk -F'(' '{ n[$1]++; begun = begun || $1 == "mkdirat"; if (begun) print $1, n[$1] }' ../trace \
        | grep "^%CALL% " > ../points
      while read -r call when <&3; do
        prepare
        new strace -qq -o ../trace -e trace=$call -e inject=$call:signal=KILL:when=$when; killed=$?
        own=$(cat demo/notes.txt)
        new; code=$?
        now=$(state)
        case $now in $complete) is=complete ;; $before) is=before ;; *) is=else ;; esac
        echo "$call $when $killed $own $code $is $(find . -name '.scaffold-*' ! -name .scaffold-undo | wc -l)"
      done 3< ../points
      """

    @Test("with", .enabled(if: Tracer.isThere, "strace is not installed"), arguments: calls)
    func kills(at call: String) throws {
      let shell = try Shell()
      defer { shell.remove() }
      let result = try shell.run(
        Self.script.replacing("%CALLS%", with: Self.calls.joined(separator: ","))
          .replacing("%CALL%", with: call))
      try #require(result.code == 0, "\(result.errors)")
      let lines = result.output.split(separator: "\n").map(String.init)
      for line in lines {
        let parts = line.split(separator: " ").dropFirst(2).joined(separator: " ")
        #expect(parts == "137 mine 0 complete 0", "\(line)")
      }
      #expect(!lines.isEmpty, "no run was killed\n\(result.errors)")
    }
  }
#endif
