import CLibrary
import Documents
import FileSystems
import Processes

/// Runs of git that share a temporary directory. What goes in and out are files in it: nothing has
/// to be read while a process runs, and so nothing waits for another.
struct GitSession {
  struct Command {
    /// What comes behind `git`.
    var arguments: [String]
    var surroundings: Surroundings
    /// The directory that it is run in; nil is the temporary one.
    var directory: String?
    /// The name of a file in the temporary directory; nil is nothing.
    var input: String?
  }

  struct Answer {
    var end: ChildProcess.End
    var output: [UInt8]
    var errors: [UInt8]

    /// What to say of a run of which this is no answer.
    func failure(of command: String) -> GitError {
      let line = errors.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.first
      let reason = line.map { ": " + String(decoding: $0, as: UTF8.self) } ?? ""
      return switch end {
      case .exit(let code) where reason.isEmpty: GitError("git \(command) ended with code \(code)")
      case .exit: GitError("git \(command) failed\(reason)")
      case .signal(let number): GitError("git \(command) was ended by signal \(number)\(reason)")
      case .unknown: GitError("git \(command) ended, and the system does not tell how")
      }
    }
  }

  let directory: TemporaryDirectory
  private let program: GitProgram
  private let inherited = InheritedDescriptors.all

  fileprivate init(_ program: GitProgram) throws(GitError) {
    self.program = program
    directory = try TemporaryDirectory(program.environment)
  }

  func run(_ command: Command) throws(GitError) -> Answer {
    var result: Answer?
    try run(1) { (_) in
      command
    } answered: { (_, answer) in
      result = answer
    }
    guard let result else { throw GitError("git was not run") }
    return result
  }

  /// Runs as many commands as there are, some at a time, and hands over their answers in order.
  func run(
    _ count: Int, _ command: (Int) throws(GitError) -> Command,
    answered: (Int, Answer) throws(GitError) -> Void
  ) throws(GitError) {
    let most = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var (started, ended) = (0, 0)
    var running: [ChildProcess] = []
    // Nothing is left running, whatever fails.
    defer { for child in running { _ = child.end() } }
    while ended < count {
      if started < count, running.count < most {
        running.append(try start(try command(started), started))
        started += 1
      } else {
        let end = running.removeFirst().end()
        try answered(ended, try answer(end, ended))
        ended += 1
      }
    }
  }

  private func start(_ command: Command, _ number: Int) throws(GitError) -> ChildProcess {
    let folder = directory.path
    do {
      return try ChildProcess(
        program.path, ["git", "-C", command.directory ?? folder] + command.arguments,
        program.environment.ofGit(in: command.surroundings, temporary: folder),
        ChildProcess.Streams(
          input: .file(command.input.map { "\(folder)/\($0)" } ?? "/dev/null"),
          output: .newFile("\(folder)/\(number).output"),
          errors: .newFile("\(folder)/\(number).errors")),
        inherited: inherited)
    } catch {
      throw GitError("cannot run “\(program.path)”: \(error.message)")
    }
  }

  /// What a process has written; its files go.
  private func answer(_ end: ChildProcess.End, _ number: Int) throws(GitError) -> Answer {
    let names = ["\(number).output", "\(number).errors"]
    defer { for name in names { directory.remove(name) } }
    return Answer(
      end: end, output: try directory.contents(of: names[0]),
      errors: try directory.contents(of: names[1]))
  }
}

extension GitProgram {
  /// The temporary directory is there while `body` runs.
  func session<Result>(
    _ body: (GitSession) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try HeldSignals.hold { () throws(GitError) in
      let session = try GitSession(self)
      defer { session.directory.remove() }
      return try body(session)
    }
  }
}
