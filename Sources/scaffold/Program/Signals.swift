#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Signals without handlers: while a target is written they wait, and the writer asks for them.
enum Signals {
  /// A write into a closed pipe or past the file-size limit fails, instead of killing the process.
  static func ignoreFailingWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Runs `body` while the signals that end a process wait; afterwards the process dies by one
  /// that came. `body` is handed a question: whether one is waiting.
  static func holding<Result>(_ body: (() -> Bool) throws -> Result) rethrows -> Result {
    var held = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] where !isIgnored(signal) {
      sigaddset(&held, signal)
    }
    var before = sigset_t()
    sigprocmask(SIG_BLOCK, &held, &before)
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    return try body { isPending(held) }
  }

  /// Ends the process as any program ends that writes into a closed pipe.
  static func dieOfClosedPipe() {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }

  /// A signal that was ignored at the start (`nohup`) stays so.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    #if canImport(Darwin)
      return action.__sigaction_u.__sa_handler.map(address) == address(SIG_IGN)
    #else
      return action.__sigaction_handler.sa_handler.map(address) == address(SIG_IGN)
    #endif
  }

  private static func address(_ handler: (@convention(c) (Int32) -> Void)?) -> Int {
    unsafeBitCast(handler, to: Int.self)
  }

  private static func isPending(_ set: sigset_t) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    var set = set
    return [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains { signal in
      sigismember(&set, signal) == 1 && sigismember(&pending, signal) == 1
    }
  }
}
