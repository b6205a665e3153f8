extension Permissions {
  /// The bits before the `umask` is applied.
  var bits: UInt16 {
    switch self {
    case .regular: 0o666
    case .executable: 0o777
    case .private: 0o600
    case .privateExecutable: 0o700
    case .exactly(let mode): mode & 0o7777
    }
  }

  var ignoresUmask: Bool {
    if case .exactly = self { true } else { false }
  }
}
