import CLibrary
import ProcessStart
import Projects

/// A copy of this process that writes beside it, on another processor. Both have the same directories
/// open and the same locks; nothing else is shared, and nothing comes back but whether it succeeded.
enum ForkedProcess {
  /// Nil where there is no processor for it.
  static var second: SecondProcess? {
    guard sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 else { return nil }
    return { part, rest in try run(part, beside: rest) }
  }

  /// Runs `part` in a second process while `rest` runs in this one.
  ///
  /// - Returns: whether `part` was done; if not, some of it may be.
  /// - Throws: what `rest` throws; the second process has ended then.
  private static func run(_ part: () -> Bool, beside rest: () throws -> Void) throws -> Bool {
    let process = process_fork()
    if process == 0 { _exit(part() ? 0 : 1) }
    do {
      try rest()
    } catch {
      if process > 0 {
        kill(process, SIGKILL)
        _ = end(of: process)
      }
      throw error
    }
    return process > 0 && end(of: process) == 0
  }

  /// What `waitpid` tells of the process's end; 0 is success.
  private static func end(of process: Int32) -> Int32 {
    var status: Int32 = -1
    while waitpid(process, &status, 0) == -1 {
      if errno != EINTR { return -1 }
    }
    return status
  }
}
