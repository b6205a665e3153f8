import Foundation
import Testing

/// What a real disk and real signals add to the sweeps in memory.
@Suite("A run that is killed")
struct KillTests {
  /// Enough files that a run is caught while it writes them.
  private static let count = 2000

  private func shellWithLargeLayout() throws -> Shell {
    let shell = try Shell()
    let result = try shell.run(
      """
      mkdir -p large/base && cd large/base && for i in $(seq \(Self.count)); do echo $i > $i; done
      printf '{"name":"large","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > ../layout.json
      """)
    try #require(result.code == 0)
    return shell
  }

  /// Starts a run and sends it `signal` as soon as it has begun to write.
  private func killed(_ signal: String, writing target: String, _ shell: Shell) throws
    -> Shell.Result
  {
    try shell.run(
      """
      scaffold new --layout ./large \(target) & run=$!
      until compgen -G '.scaffold-*/*' > /dev/null || compgen -G '\(target)/.scaffold-*/new/*' \
        > /dev/null; do kill -0 $run || exit 99; done
      kill -s \(signal) $run; wait $run
      """)
  }

  @Test(
    "by a signal that can be caught leaves nothing, and dies by it", arguments: ["TERM", "HUP"])
  func signal(_ signal: String) throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    let result = try killed(signal, writing: "demo", shell)
    #expect(result.code == (signal == "TERM" ? 143 : 129))
    #expect(result.output.isEmpty)
    #expect(try shell.run("ls -A").output == "large\n")
  }

  @Test("at once leaves nothing under the project's name, and the next run makes it")
  func killAtOnce() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    let result = try killed("KILL", writing: "demo", shell)
    #expect(result.code == 137)
    #expect(try shell.run("ls -d demo").code != 0)
    #expect(try shell.run("ls -d .scaffold-*").code == 0)
    let again = try shell.run("scaffold new --layout ./large demo && ls -A && ls demo | wc -l")
    #expect(again.code == 0)
    #expect(again.output.hasSuffix("demo\nlarge\n\(Self.count)\n"))
  }

  @Test("in a directory that is there leaves its files as they were")
  func existingDirectory() throws {
    let shell = try shellWithLargeLayout()
    defer { shell.remove() }
    _ = try shell.run("mkdir demo && echo mine > demo/mine")
    let result = try killed("TERM", writing: "demo", shell)
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
    #expect(result.output == "0 4 \(Self.count)\ndemo\nfirst.txt\nlarge\nsecond.txt\n")
  }
}
