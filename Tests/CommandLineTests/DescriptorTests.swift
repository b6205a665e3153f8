import Foundation
import Testing

/// A process may have few open files: it makes the project nevertheless, or changes nothing.
@Suite("A run with few descriptors")
struct DescriptorTests {
  /// Directories in directories, since each takes a descriptor to reach.
  private func shellWithDeepLayout() throws -> Shell {
    let shell = try Shell()
    let result = try shell.run(
      """
      for directory in a/b/c a/b/d e/f/g/h/i e/j k; do
        mkdir -p deep/base/$directory && echo x > deep/base/$directory/x; done
      head -c 100000 /dev/zero > deep/base/a/b/zeros
      printf '{"name":"deep","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > deep/layout.json
      """)
    try #require(result.code == 0)
    return shell
  }

  /// Runs with each limit from 3 on until `enough` runs went well; says for each limit how it ended
  /// and whether the target then is complete, as before, or something else.
  private func sweep(
    _ shell: Shell, prepare: String, arguments: String, complete: String
  ) throws -> [String] {
    let result = try shell.run(
      """
      state() { find . -name deep -prune -o -printf '%P %l' \\( -type f -exec cat {} + \\) | sha1sum; }
      for limit in $(seq 3 24); do
        rm -rf work && mkdir work && cp -r deep work && cd work
        \(prepare)
        before=$(state)
        ( ulimit -n $limit; scaffold new --layout \(arguments) ) > ../out 2> ../err; code=$?
        if test $code = 0 && \(complete); then
          if test -n "$(find . -name '.scaffold-*' ! -name .scaffold-undo)"; then echo "$limit staging left"
          else echo "$limit complete"; fi
        elif test "$before" = "$(state)"; then
          if grep -q 'could not be undone' ../err; then echo "$limit lied"; else echo "$limit $code"; fi
        else echo "$limit $code changed: $(cat ../err)"; fi
        cd ..
      done
      """)
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test(
    "makes the project, or leaves everything as it was",
    arguments: [
      ("", "./deep demo", "test -f demo/e/f/g/h/i/x"),
      ("mkdir demo; echo mine > demo/mine", "./deep demo", "test -f demo/e/f/g/h/i/x"),
      (
        "mkdir -p demo/a/b demo/e/f/g; echo y > demo/a/b/zeros; echo mine > demo/e/f/g/mine",
        "./deep --on-conflict replace demo", "cmp -s demo/a/b/zeros deep/base/a/b/zeros"
      ),
      ("", "staged-docker --project-name demo demo", "test -f demo/README.md"),
      ("mkdir demo", "staged-docker --project-name demo demo", "test -f demo/README.md"),
    ])
  func sweep(prepare: String, arguments: String, complete: String) throws {
    let shell = try shellWithDeepLayout()
    defer { shell.remove() }
    let lines = try sweep(shell, prepare: prepare, arguments: arguments, complete: complete)
    #expect(lines.count == 22)
    let (failed, done) = (
      lines.filter { !$0.hasSuffix("complete") }, lines.filter { $0.hasSuffix("complete") }
    )
    // Few are enough, however many directories there are.
    #expect(done.count >= 14, "\(lines)")
    for line in failed {
      #expect(line.split(separator: " ").count == 2 && !line.hasSuffix("lied"), "\(line)")
    }
  }
}
