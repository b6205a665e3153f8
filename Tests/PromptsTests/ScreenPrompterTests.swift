import Foundation
import Testing

@testable import Prompts

/// On real terminals, of which one end is the test's. What needs a process of its own (signals, a
/// stop, a window that changes) is tried in `Tests/Terminals`.
@Suite("A prompter with a screen", .serialized)
struct ScreenPrompterTests {
  private func prompter(_ terminal: PseudoTerminal) -> ScreenPrompter {
    ScreenPrompter(input: terminal.program, output: terminal.program, look: .plain)
  }

  @Test("asks one question after the other, and leaves the terminal as it was")
  func asking() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.flags
    let prompter = prompter(terminal)
    // All at once: what is typed ahead is for the next question.
    terminal.type("\u{1B}[B\ry\u{1B}[Dn\r\u{1B}[Z")
    #expect(try prompter.ask(Examples.layouts) == .answer(.one(2)))
    #expect(terminal.flags != before)
    #expect(try prompter.ask(Examples.database) == .answer(.flag(false)))
    #expect(try prompter.ask(Examples.name) == .back)
    prompter.close()
    #expect(terminal.flags == before)
    let seen = terminal.seen()
    #expect(seen.contains("Which layout?"))
    #expect(seen.hasPrefix("\u{1B}[?1049h\u{1B}[?2004h"))
    #expect(seen.hasSuffix("\u{1B}[?7h\u{1B}[?25h\u{1B}[?2004l\u{1B}[?1049l"))
    #expect(seen.components(separatedBy: "\u{1B}[?1049h").count == 2)
    // Once more changes nothing.
    prompter.close()
    #expect(terminal.seen() == "")
  }

  @Test(
    "leaves the terminal as it was when there is no answer",
    arguments: [
      ("\u{1B}", PromptError.cancelled), ("\u{3}", .interrupted(signal: SIGINT)),
      ("\u{15}\u{4}", .lost),
    ])
  func leaving(_ typed: String, _ error: PromptError) throws {
    let terminal = try PseudoTerminal(editsLines: false)
    let before = terminal.flags
    // The rest is not for the shell.
    terminal.type(typed + (typed == "\u{1B}" ? "" : String(repeating: "rm\n", count: 600)))
    #expect(throws: error) { try prompter(terminal).ask(Examples.name) }
    #expect(terminal.flags == before)
    #expect(terminal.seen().hasSuffix("\u{1B}[?1049l"))
    #expect(terminal.unread() == "")
  }

  @Test("says that a terminal is lost, when it is opened and later")
  func lost() throws {
    let terminal = try PseudoTerminal()
    let prompter = prompter(terminal)
    terminal.type("\r")
    _ = try prompter.ask(Examples.name)
    terminal.hangUp()
    #expect(throws: PromptError.lost) { try prompter.ask(Examples.name) }
    #expect(throws: PromptError.lost) { try prompter.ask(Examples.name) }
    let none = ScreenPrompter(input: -1, output: -1, look: .plain)
    #expect(throws: PromptError.lost) { try none.ask(Examples.name) }
  }

  @Test("reads plain lines from a terminal, and its end")
  func lines() throws {
    let terminal = try PseudoTerminal()
    let lines = TerminalLines(input: terminal.program, output: terminal.program)
    terminal.type("one\ntwo\u{4}\u{4}")
    try lines.write("> ")
    #expect(try lines.readLine() == "one")
    #expect(try lines.readLine() == nil)
    #expect(terminal.seen() == "> ")
  }

  @Test("is there for terminals that can move their cursor")
  func terminals() {
    #expect(["xterm", "linux", "screen-256color", "vt100"].allSatisfy(Prompters.movesCursor))
    #expect(!["dumb", "", "unknown"].contains(where: Prompters.movesCursor))
  }
}
