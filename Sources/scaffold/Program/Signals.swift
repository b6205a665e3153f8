import CLibrary

/// Signals without handlers: while a target is written they wait, and the writer asks for them.
enum Signals {
  /// A write into a closed pipe or past the file-size limit fails, instead of killing the process.
  static func ignoreFailingWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Runs `body` while the signals that end a process wait; afterwards the process dies by one
  /// that came. `body` is handed a question: whether one is waiting.
  static func holding<Result, Failure>(
    _ body: (() -> Bool) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var before = sigset_t()
    sigprocmask(SIG_BLOCK, nil, &before)
    let held = ending.filter { !isIgnored($0) && sigismember(&before, $0) == 0 }
    var set = sigset_t()
    sigemptyset(&set)
    for signal in held { sigaddset(&set, signal) }
    sigprocmask(SIG_BLOCK, &set, nil)
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    return try body { isPending(held) }
  }

  /// The signals that people and systems end a process with.
  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Ends the process as any other that the signal ends. Returns where it is held, or ignored by who
  /// is process 1.
  static func die(of number: Int32) {
    signal(number, SIG_DFL)
    raise(number)
  }

  /// A signal that was ignored at the start (`nohup`) stays so. (Neither is one held that whoever
  /// started the process has blocked: that one never comes.)
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    #if canImport(Darwin)
      return action.__sigaction_u.__sa_handler.map(address) == address(SIG_IGN)
    #elseif canImport(Musl)
      return action.__sa_handler.sa_handler.map(address) == address(SIG_IGN)
    #else
      return action.__sigaction_handler.sa_handler.map(address) == address(SIG_IGN)
    #endif
  }

  private static func address(_ handler: (@convention(c) (Int32) -> Void)?) -> Int {
    unsafeBitCast(handler, to: Int.self)
  }

  private static func isPending(_ signals: [Int32]) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return signals.contains { sigismember(&pending, $0) == 1 }
  }
}
