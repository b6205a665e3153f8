import Projects

extension Context {
  /// What a run that died in the target left is dealt with before anything is planned.
  ///
  /// - Returns: whether it changed anything.
  @discardableResult
  func recover(_ target: Target) throws(Failure) -> Bool {
    let recovery = try Failure.target { () throws(TargetError) in try target.recover() }
    for remark in recovery.remarks { note(remark) }
    switch recovery.ending {
    case .nothing, .cleared: return false
    case .completed(let saved):
      note("an interrupted run was completed first")
      for file in saved { note(file.message(in: target)) }
    case .undone(let saved):
      note("an interrupted run was undone first")
      for file in saved { note(file.message(in: target)) }
    }
    return true
  }

  /// Says that a run died in the target, where this one only looks.
  func noteInterruption(of target: Target) {
    if target.isInterrupted {
      note("an interrupted run is here, which the next run completes or undoes first")
    }
  }
}
