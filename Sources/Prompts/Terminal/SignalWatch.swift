import CLibrary
import Processes

/// Signals that come while a person is waited for. They are held back at all other times, and all
/// that their handlers do is to say that they came: what follows from one is for who waits.
struct SignalWatch {
  private let signals: [Int32]
  /// As it was before.
  private let actions: [sigaction]
  private let mask: sigset_t
  /// In force while something is waited for.
  private let openMask: sigset_t

  /// Why waiting ended.
  enum Wake: Equatable {
    /// There is something to be read, maybe its end.
    case ready
    case signal(Int32)
    /// The time is over.
    case timeout
    case failed
  }

  /// - Parameter wanted: those of them that are ignored stay so.
  init(_ wanted: [Int32]) {
    arrivals = arrivals ?? .allocate(capacity: arrivalsCount)
    arrivals?.initialize(repeating: false, count: arrivalsCount)
    var signals: [Int32] = []
    var actions: [sigaction] = []
    var held = sigset_t()
    sigemptyset(&held)
    for number in wanted where !HeldSignals.isIgnored(number) {
      var action = sigaction()
      sigaction(number, nil, &action)
      signals.append(number)
      actions.append(action)
      sigaddset(&held, number)
    }
    var mask = sigset_t()
    sigprocmask(SIG_BLOCK, &held, &mask)
    var openMask = mask
    for number in signals {
      signal(number, noteArrival)
      sigdelset(&openMask, number)
    }
    (self.signals, self.actions, self.mask, self.openMask) = (signals, actions, mask, openMask)
  }

  /// All is as it was before; a signal that has come meanwhile does now what it does.
  func end() {
    for (number, action) in zip(signals, actions) {
      var action = action
      sigaction(number, &action, nil)
    }
    var mask = mask
    sigprocmask(SIG_SETMASK, &mask, nil)
  }

  /// Waits until `descriptor` can be read.
  ///
  /// - Parameter milliseconds: for how long at most, below a second.
  func wait(for descriptor: Int32, milliseconds: Int?) -> Wake {
    var readable = fd_set()
    withUnsafeMutableBytes(of: &readable) { bytes in
      bytes[Int(descriptor) / 8] |= 1 << UInt8(descriptor % 8)
    }
    var time = timespec(tv_sec: 0, tv_nsec: (milliseconds ?? 0) * 1_000_000)
    var openMask = openMask
    // A signal may come at any time before: only this call lets it in.
    let count =
      if milliseconds == nil {
        pselect(descriptor + 1, &readable, nil, nil, nil, &openMask)
      } else {
        pselect(descriptor + 1, &readable, nil, nil, &time, &openMask)
      }
    let code = errno
    if let number = signals.first(where: { arrivals?[Int($0)] == true }) {
      arrivals?[Int(number)] = false
      return .signal(number)
    }
    if count > 0 { return .ready }
    if count == 0 { return .timeout }
    return code == EINTR ? wait(for: descriptor, milliseconds: milliseconds) : .failed
  }

  /// Lets signals do for once what they did before, and calls `body`, which sends one.
  func letting(_ numbers: [Int32], _ body: () -> Void) {
    var free = sigset_t()
    sigemptyset(&free)
    for (number, action) in zip(signals, actions) where numbers.contains(number) {
      var action = action
      sigaction(number, &action, nil)
      sigaddset(&free, number)
    }
    sigprocmask(SIG_UNBLOCK, &free, nil)
    body()
    sigprocmask(SIG_BLOCK, &free, nil)
    for number in signals where numbers.contains(number) { signal(number, noteArrival) }
  }
}

/// More signals than any system has.
private let arrivalsCount = 256

/// One for each signal, since a handler may interrupt another one. Global and unsafe, because a
/// handler of C gets nothing but the signal's number: written by handlers, which run during `pselect`
/// only, and read and cleared after it, in a program of one thread.
private nonisolated(unsafe) var arrivals: UnsafeMutablePointer<Bool>?

private func noteArrival(_ number: Int32) {
  arrivals?[Int(number)] = true
}
