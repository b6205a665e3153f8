import FileSystems
import FileTrees
import Synchronization

/// Counts the calls of all file systems of one test and says which one fails.
final class FaultScript: Sendable {
  private struct State {
    var calls: [FaultyCall] = []
    var hasFailed = false
    var isDead = false
    var isTearing = false
    var locks: [any FileLock] = []
  }

  private let fault: InjectedFault
  private let state = Mutex(State())

  init(_ fault: InjectedFault) {
    self.fault = fault
  }

  var calls: [FaultyCall] { state.withLock { $0.calls } }
  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// Whether the call that was just killed leaves half its work. True once.
  var isTearing: Bool {
    state.withLock { state in
      defer { state.isTearing = false }
      return state.isTearing
    }
  }

  /// A failure that comes after the work.
  struct Aftermath {
    fileprivate var code: Int32?

    func fail(
      _ operation: FileSystemError.Operation, _ path: RelativePath, to other: RelativePath? = nil
    ) throws(FileSystemError) {
      if let code { throw FileSystemError(operation, path, code, to: other) }
    }
  }

  /// Notes a call and fails it when its time has come.
  @discardableResult
  func before(
    _ operation: FileSystemError.Operation, _ path: RelativePath, to other: RelativePath? = nil
  ) throws(FileSystemError) -> Aftermath {
    let call = FaultyCall(operation: operation, path: path, destination: other)
    let outcome: Result<Aftermath, SystemError> = state.withLock { state in
      self.outcome(of: call, &state)
    }
    switch outcome {
    case .success(let aftermath): return aftermath
    case .failure(let error): throw FileSystemError(operation, path, error.code, to: other)
    }
  }

  private func outcome(
    of call: FaultyCall, _ state: inout State
  ) -> Result<Aftermath, SystemError> {
    if state.isDead { return .failure(.canceled) }
    state.calls.append(call)
    switch fault {
    case .failure(at: state.calls.count, let code):
      state.hasFailed = true
      return .failure(SystemError(code: code))
    case .failureAfterEffect(at: state.calls.count, let code):
      state.hasFailed = true
      if !call.canFailAfterEffect { return .failure(SystemError(code: code)) }
      return .success(Aftermath(code: code))
    case .crossing(let directory) where call.crosses(directory):
      state.hasFailed = true
      return .failure(.crossesDevices)
    case .kill(at: state.calls.count, let tearing):
      state.hasFailed = true
      state.isDead = true
      state.isTearing = tearing && (call.operation == .createFile || call.operation == .move)
      for lock in state.locks { lock.unlock() }
      state.locks = []
      return .failure(.canceled)
    default:
      return .success(Aftermath(code: nil))
    }
  }

  /// Remembers a lock, which ends when the process is killed.
  func keep(_ lock: any FileLock) -> any FileLock {
    state.withLock { $0.locks.append(lock) }
    return KeptLock(lock, script: self)
  }

  fileprivate func forget(_ identity: FileIdentity) {
    state.withLock { $0.locks.removeAll { $0.identity == identity } }
  }
}

/// A lock whose end the script hears of, since it keeps it alive.
private final class KeptLock: FileLock {
  let status: FileStatus
  let birth: Int64?
  private let held: Mutex<(any FileLock)?>
  private let script: FaultScript

  init(_ lock: any FileLock, script: FaultScript) {
    status = lock.status
    birth = lock.birth
    held = Mutex(lock)
    self.script = script
  }

  deinit { unlock() }

  func unlock() {
    held.withLock { lock in
      guard let ended = lock else { return }
      ended.unlock()
      script.forget(identity)
      lock = nil
    }
  }
}
