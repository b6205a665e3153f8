import TestSupport
import Testing

@Suite("A program that a test starts")
struct SpawnedProgramTests {
  @Test("is ended with what it has started when it does not end, and the test is told")
  func overrun() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("mkfifo never")
    let program = SpawnedProgram(["bash", "-c", "cat never; echo"], in: shell.directory)
    let error = #expect(throws: SpawnedProgram.Overrun.self) { try program.run(within: 1) }
    #expect(error?.description.hasPrefix("ran over 1 s: bash -c cat never") == true)
    // Nobody has the pipe open for reading any more.
    #expect(try shell.run("echo x | dd of=never oflag=nonblock conv=notrunc").code != 0)
  }

  @Test("says how it ended and what it printed")
  func ends() throws {
    let result = try SpawnedProgram(["sh", "-c", "echo out; echo err >&2; exit 3"]).run()
    #expect(String(decoding: result.output, as: UTF8.self) == "out\n")
    #expect(String(decoding: result.errors, as: UTF8.self) == "err\n")
    #expect(result.code == 3)
    #expect(try SpawnedProgram(["sh", "-c", "kill -s TERM $$"]).run().code == 128 + 15)
  }
}
