import Foundation
import Testing

/// What a real disk and real signals add to the sweeps in memory.
@Suite("A run that is killed")
struct KillTests {
  /// Enough files that a run is caught while it writes them.
  private static let count = 2000

  /// Enough files that two processes write them.
  private static let countForTwo = 5000

  private func shellWithLargeLayout(_ count: Int = count) throws -> Shell {
    let shell = try Shell()
    let result = try shell.run(
      """
      mkdir -p large/base && cd large/base && for i in $(seq \(count)); do echo $i > $i; done
      printf '{"name":"large","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > ../layout.json
      """)
    try #require(result.code == 0)
    return shell
  }

  /// What is there while a run works: a staged file of a new target and of one that exists, and the
  /// plan by which files take the places of others.
  private enum Seen: String {
    case stagedFile = ".scaffold-*/new-*/[1-9]*"
    case stagedChange = "demo/.scaffold-*/new-*/[0-9]*"
    case plan = "demo/.scaffold-*/plan"
  }

  /// Starts a run that writes `demo`, stops it as soon as it is `seen` at work, sees that it is not
  /// past that, and sends it `signal`. Exit code 99 says that it was too fast.
  private func killed(
    _ signal: String, once seen: Seen, _ shell: Shell, command: String = "scaffold new"
  ) throws -> Shell.Result {
    try shell.run(
      """
      set -m  # without it a command in the background ignores SIGINT
      seen() { compgen -G '\(seen.rawValue)' > /dev/null; }
      \(command) --layout ./large demo & run=$!
      until seen; do kill -0 $run || exit 99; done
      kill -s STOP $run && { wait $run; seen; } || exit 99  # waits until it is stopped
      kill -s \(signal) $run; kill -s CONT $run
      while kill -0 $run 2> /dev/null; do wait -f $run; done; wait $run
      """)
  }

  @Test(
    "by a signal that can be caught leaves nothing, and dies by it",
    arguments: ["TERM", "HUP", "INT", "QUIT"], [count, countForTwo])
  func signal(_ signal: String, _ count: Int) throws {
    let shell = try shellWithLargeLayout(count)
    defer { shell.remove() }
    let result = try killed(signal, once: .stagedFile, shell)
    let numbers: [String: Int32] = ["HUP": 1, "INT": 2, "QUIT": 3, "TERM": 15]
    #expect(try result.code == 128 + #require(numbers[signal]))
    #expect(result.output.isEmpty)
    #expect(try shell.run("ls -A").output == "large\n")
  }

  @Test("at once leaves nothing under the project's name, and the next run makes it")
  func killAtOnce() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    let result = try killed("KILL", once: .stagedFile, shell)
    #expect(result.code == 137)
    #expect(try shell.run("ls -d demo").code != 0)
    #expect(try shell.run("ls .scaffold-*/new-*/1").code == 0)
    let again = try shell.run("scaffold new --layout ./large demo && ls -A && ls demo | wc -l")
    #expect(again.code == 0)
    #expect(again.output.hasSuffix("demo\nlarge\n\(Self.count)\n"))
  }

  @Test("ends its second process too, and the next run makes the project")
  func killOfTwo() throws {
    let shell = try shellWithLargeLayout(Self.countForTwo)
    defer { shell.remove() }
    let result = try killed("KILL", once: .stagedFile, shell)
    #expect(result.code == 137)
    // The lock is free when the last process is gone.
    let again = try shell.run(
      "flock .scaffold-* true; scaffold new --layout ./large demo && ls -A && ls demo | wc -l")
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.output.hasSuffix("demo\nlarge\n\(Self.countForTwo)\n"))
    #expect(try shell.run("diff -rq large/base demo").output == "Only in demo: .scaffold.json\n")
  }

  @Test(
    "by a signal that was ignored or blocked when it began goes on",
    arguments: ["nohup scaffold new", "env --block-signal=HUP scaffold new"])
  func ignoredSignal(_ command: String) throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    let result = try killed("HUP", once: .stagedFile, shell, command: command)
    #expect(result.code == 0)
    #expect(try shell.run("ls demo | wc -l").output == "\(Self.count)\n")
  }

  @Test("is completed where it died, and has no effect on a copy of that directory")
  func copied() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    _ = try shell.run("mkdir demo && echo mine > demo/1")
    let result = try killed(
      "KILL", once: .plan, shell, command: "scaffold new --on-conflict replace")
    #expect(result.code == 137)
    #expect(try shell.run("ls demo/.scaffold-*/plan").code == 0)
    _ = try shell.run("cp -r demo copy && rm -rf copy/.scaffold.json")
    let traces = try shell.run("find copy/.scaffold-????????????????* | sort")
    let copy = try shell.run("scaffold new --on-conflict replace --layout ./large copy")
    #expect(copy.code == 0)
    #expect(copy.errors.contains("is not what a run of yours left here"))
    #expect(
      try shell.run("find copy/.scaffold-????????????????* | sort").output
        == traces.output)
    let again = try shell.run("scaffold new --on-conflict replace --layout ./large demo")
    #expect(again.code == 0 && !again.errors.contains("is not what"))
    #expect(try shell.run("ls -d demo/.scaffold-????????????????").code != 0)
  }

  @Test("in a directory that is there leaves its files as they were")
  func existingDirectory() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    _ = try shell.run("mkdir demo && echo mine > demo/mine")
    let result = try killed("TERM", once: .stagedChange, shell)
    #expect(result.code == 143)
    #expect(try shell.run("ls -A demo && cat demo/mine").output == "mine\nmine\n")
  }

  @Test("while another makes the same project is told so")
  func twoAtOnce() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout ./large demo > first.txt 2>&1 & first=$!
      scaffold new --layout ./large demo > second.txt 2>&1; second=$?
      wait $first; echo "$? $second" | tr ' ' '\\n' | sort | tr '\\n' ' '
      ls demo | wc -l; ls -A
      """)
    let told = try shell.run("cat first.txt second.txt").output
    #expect(result.output == "0 4 \(Self.count)\ndemo\nfirst.txt\nlarge\nsecond.txt\n", "\(told)")
  }

  @Test("while others make the same project, and all but one are told what happened")
  func manyAtOnce() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      mkdir -p small/base && echo x > small/base/x
      printf '{"name":"small","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > small/layout.json
      for round in $(seq 20); do
        rm -rf demo there && mkdir there
        for run in 1 2 3 4; do
          for target in demo there; do
            scaffold new --layout ./small $target > /dev/null 2> $target-$run & done; done; wait
        ls -A demo there
        grep -h error: demo-? there-? | sed 's/“[^”]*”/NAME/' | sort -u > told-$round
      done; sort -u told-*
      """)
    let known = [
      "error: another run is creating NAME", "error: another run is working in NAME",
      "error: NAME already holds a project: it has a .scaffold.json",
      "error: NAME appeared while it was being written",
      "error: NAME changed while the project was written",
    ]
    let lines = result.output.split(separator: "\n").map(String.init)
    for line in lines where line.hasPrefix("error:") {
      #expect(known.contains { line.hasPrefix($0) }, "\(line)")
    }
    #expect(lines.filter { $0 == "x" }.count == 40)
    #expect(!lines.contains { $0.hasPrefix(".scaffold-") && $0 != ".scaffold-undo" })
  }
}
