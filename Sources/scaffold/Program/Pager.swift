import CLibrary
import Console
import Documents
import FileSystems
import Processes

/// The program that shows a text that is longer than the screen, as git has it.
struct Pager {
  private let command: String
  private let environment: Environment

  /// What the environment names: `SCAFFOLD_PAGER`, else `PAGER`, else `less`.
  ///
  /// - Returns: Nil where that is none: it is empty, or `cat`.
  init?(environment: Environment = .current) {
    let command = environment["SCAFFOLD_PAGER"] ?? environment["PAGER"] ?? "less"
    if command.isEmpty || command == "cat" { return nil }
    self.command = command
    var environment = environment
    // Ends where all fits the screen, shows colours, leaves what it showed.
    if environment["LESS"] == nil { environment["LESS"] = "FRX" }
    if environment["LV"] == nil { environment["LV"] = "-c" }
    self.environment = environment
  }

  /// Whether `text` has more lines than the screen, in which a long one takes several.
  static func isNeeded(for text: String, width: Int, height: Int) -> Bool {
    var (lines, used) = (0, 0)
    var isEscape = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\n"):
        lines += 1
        used = 0
        // The prompt of the shell needs a line.
        if lines >= height { return true }
      case 0x1B: isEscape = true
      case _ where isEscape: isEscape = byte != UInt8(ascii: "m")
      // What goes on with a character takes no column of its own.
      case 0x80...0xBF: break
      default:
        used += 1
        if used > width {
          lines += 1
          used = 1
        }
      }
    }
    return lines >= height
  }

  /// Shows the text until whoever reads it is done. That this ends before all of it was read is no
  /// failure.
  ///
  /// - Returns: false where there is no such program: then nothing was shown.
  func show(_ text: String) -> Bool {
    // Ctrl-C is the pager's, as long as it runs; then this process ends by it.
    HeldSignals.hold([SIGINT, SIGQUIT]) {
      guard let (child, input) = start() else { return false }
      input.write(text)
      input.close()
      // What a shell says of a command that it cannot run.
      switch child.end() {
      case .exit(126), .exit(127): return false
      case .exit, .signal, .unknown: return true
      }
    }
  }

  private func start() -> (ChildProcess, PipeEnd)? {
    guard let call, let (reading, writing) = PipeEnd.pair() else { return nil }
    defer { reading.close() }
    let streams = ChildProcess.Streams(
      input: .descriptor(reading.descriptor), output: .inherited, errors: .inherited)
    do {
      let child = try ChildProcess(
        call.path, call.words, environment, streams, inherited: InheritedDescriptors.all)
      return (child, writing)
    } catch {
      writing.close()
      return nil
    }
  }

  /// The program to start. What is nothing but words is split here, so that none is missed aloud;
  /// the rest is for a shell.
  private var call: (path: String, words: [String])? {
    let words = command.parts(between: " ").filter { !$0.isEmpty }
    guard let name = words.first, !name.holds("="),
      words.allSatisfy({ ShellWord.quoted($0) == $0 })
    else { return ("/bin/sh", ["sh", "-c", command]) }
    let path =
      name.holds("/") ? name : ProgramSearch(path: environment["PATH"] ?? "").path(of: name)
    return path.map { ($0, words) }
  }
}
