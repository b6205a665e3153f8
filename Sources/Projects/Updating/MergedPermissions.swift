import FileSystems

extension Permissions {
  /// The mode that a file gets which is there with the mode `ours`: what the layout changes between
  /// `base` and `theirs` is changed, and all else stays as the user has it.
  static func merged(base: Permissions, ours: UInt16, theirs: Permissions) -> Permissions {
    let isOwn = base.isExecutable != (ours & 0o100 != 0)
    if base == theirs { return .exactly(ours & 0o777) }
    // Nothing but the layout's: with the `umask` of the day.
    if !isOwn { return theirs }
    var mode = ours & 0o777
    if base.isExecutable != theirs.isExecutable {
      mode = theirs.isExecutable ? mode | (mode & 0o444) >> 2 : mode & ~0o111
    }
    if base.isPrivate != theirs.isPrivate {
      mode = theirs.isPrivate ? mode & 0o700 : mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6
    }
    return .exactly(mode)
  }

  var isExecutable: Bool { bits & 0o100 != 0 }
  var isPrivate: Bool { bits & 0o077 == 0 }

  /// Whether a file with this mode is as it is to be.
  func isKept(by mode: UInt16) -> Bool {
    switch self {
    case .exactly(let bits): bits == mode & 0o777
    case .regular, .executable, .private, .privateExecutable:
      isExecutable == (mode & 0o100 != 0) && (!isPrivate || mode & 0o077 == 0)
    }
  }
}
