import CLibrary
import FileSystems

/// A process that was started, and has to be waited for.
package struct ChildProcess {
  /// How it ended.
  package enum End: Hashable {
    case exit(Int32)
    case signal(Int32)
    /// Somebody else has asked for it.
    case unknown
  }

  /// Where one of its streams leads.
  package enum Stream {
    /// A file that is there.
    case file(String)
    /// A file that does not exist yet.
    case newFile(String)
    case descriptor(Int32)
    /// Where this process's own leads.
    case inherited
  }

  package struct Streams {
    package var input: Stream
    package var output: Stream
    package var errors: Stream

    package init(input: Stream, output: Stream, errors: Stream) {
      (self.input, self.output, self.errors) = (input, output, errors)
    }
  }

  private let id: pid_t

  /// Starts a program. It inherits nothing that is open but its streams, no signal that is ignored
  /// and none that is blocked.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - arguments: the program's name first.
  ///   - inherited: `InheritedDescriptors.all`.
  package init(
    _ path: String, _ arguments: [String], _ environment: Environment, _ streams: Streams,
    inherited: [Int32]
  ) throws(SystemError) {
    var attributes = Self.newAttributes()
    var code = posix_spawnattr_init(&attributes)
    if code != 0 { throw SystemError(code: code) }
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    // These cannot be anything else.
    sigdelset(&signals, SIGKILL)
    sigdelset(&signals, SIGSTOP)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var actions = Self.newActions()
    code = posix_spawn_file_actions_init(&actions)
    if code != 0 { throw SystemError(code: code) }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in inherited {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    for (descriptor, stream) in [
      (STDIN_FILENO, streams.input), (STDOUT_FILENO, streams.output),
      (STDERR_FILENO, streams.errors),
    ] {
      code =
        switch stream {
        case .file(let path):
          posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDONLY, 0)
        case .newFile(let path):
          posix_spawn_file_actions_addopen(
            &actions, descriptor, path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        case .descriptor(let other): posix_spawn_file_actions_adddup2(&actions, other, descriptor)
        case .inherited: 0
        }
      if code != 0 { throw SystemError(code: code) }
    }

    var id: pid_t = 0
    code = withCStrings(arguments.map { Array($0.utf8CString) }) { arguments in
      environment.withPointers { environment in
        posix_spawn(&id, path, &actions, &attributes, arguments, environment)
      }
    }
    if code != 0 { throw SystemError(code: code) }
    self.id = id
  }

  /// Waits for it; to be called once.
  package func end() -> End {
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1 {
      if errno != EINTR { return .unknown }
    }
    // What the macros of the C library do, which Swift does not see.
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  // Pointers on one system, and structures on the others.
  #if canImport(Darwin)
    private static func newAttributes() -> posix_spawnattr_t? { nil }
    private static func newActions() -> posix_spawn_file_actions_t? { nil }
  #else
    private static func newAttributes() -> posix_spawnattr_t { posix_spawnattr_t() }
    private static func newActions() -> posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
  #endif
}

/// What whoever started this process left open in it. Its own files are closed as another program
/// starts.
package enum InheritedDescriptors {
  /// More than `select` can tell apart nobody leaves open by mistake.
  private static let most: Int32 = 1024

  package static var all: [Int32] {
    ((STDERR_FILENO + 1)..<most).filter { descriptor in
      let flags = fcntl(descriptor, F_GETFD)
      return flags != -1 && flags & FD_CLOEXEC == 0
    }
  }
}
