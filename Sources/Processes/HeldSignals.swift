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
}
