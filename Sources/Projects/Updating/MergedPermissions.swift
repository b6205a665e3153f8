import FileSystems

extension Permissions {
  /// The mode that a file gets which is there with the mode `ours`: what the layout changes between
  /// `base` and `theirs` is changed, and all else stays as the user has it. Nil where all of it does.
  static func merged(base: Permissions, ours: UInt16, theirs: Permissions) -> Permissions? {
    let isExecutable = ours & 0o100 != 0
    let isPrivate = ours & 0o077 == 0
    let turnsExecutable =
      base.isExecutable != theirs.isExecutable && isExecutable != theirs.isExecutable
    let turnsPrivate = base.isPrivate != theirs.isPrivate && isPrivate != theirs.isPrivate
    guard turnsExecutable || turnsPrivate else { return nil }
    // Nothing of it is the user's: with the `umask` of the day.
    if isExecutable == base.isExecutable { return theirs }
    var mode = ours & 0o777
    if turnsExecutable {
      mode = theirs.isExecutable ? mode | (mode & 0o444) >> 2 : mode & ~0o111
    }
    if turnsPrivate {
      mode = theirs.isPrivate ? mode & 0o700 : mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6
    }
    return .exactly(mode)
  }

  var isExecutable: Bool { bits & 0o100 != 0 }
  var isPrivate: Bool { bits & 0o077 == 0 }
}
