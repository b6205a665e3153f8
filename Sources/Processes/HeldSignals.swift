import CLibrary

/// Keeps signals that end a process waiting, so that it can put its things in order. Children do not
/// wait: what is typed at a terminal ends them, and then this process.
package enum HeldSignals {
  /// Those that people and systems end a process with.
  package static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  package static func hold<Result, Failure>(
    _ held: [Int32] = ending, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    for signal in held { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    // Where this one is ignored, as some that start processes leave it, a child's end is not kept.
    var standard = sigaction()
    var set = sigaction()
    sigaction(SIGCHLD, &standard, &set)
    defer { sigaction(SIGCHLD, &set, nil) }
    return try body()
  }

  /// A signal that was ignored at the start (`nohup`) stays so.
  package static func isIgnored(_ signal: Int32) -> Bool {
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
}
