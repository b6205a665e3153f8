import CLibrary
import Processes

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
    _ body: (@escaping () -> Bool) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var before = sigset_t()
    sigprocmask(SIG_BLOCK, nil, &before)
    // Neither is one held that whoever started the process has blocked: that one never comes.
    let held = HeldSignals.ending.filter {
      !HeldSignals.isIgnored($0) && sigismember(&before, $0) == 0
    }
    var set = sigset_t()
    sigemptyset(&set)
    for signal in held { sigaddset(&set, signal) }
    sigprocmask(SIG_BLOCK, &set, nil)
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    return try body { isPending(held) }
  }

  /// Ends the process as any other that the signal ends. Returns where it is held, or ignored by who
  /// is process 1.
  static func die(of number: Int32) {
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func isPending(_ signals: [Int32]) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return signals.contains { sigismember(&pending, $0) == 1 }
  }
}
