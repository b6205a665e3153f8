/// The mode a file is created with. It is never changed afterwards.
package enum Permissions: Hashable, Sendable {
  /// 0666 less the `umask`.
  case regular
  /// 0777 less the `umask`.
  case executable
  /// 0600 less the `umask`.
  case `private`
  /// 0700 less the `umask`.
  case privateExecutable
  /// These bits whatever the `umask` is: the mode of a file that is about to be replaced.
  case exactly(UInt16)
}

extension Permissions {
  /// The bits before the `umask` is applied.
  package var bits: UInt16 {
    switch self {
    case .regular: 0o666
    case .executable: 0o777
    case .private: 0o600
    case .privateExecutable: 0o700
    case .exactly(let mode): mode & 0o7777
    }
  }

  package var ignoresUmask: Bool {
    if case .exactly = self { true } else { false }
  }
}

// MARK: As text

extension Permissions {
  /// The mode as git and `chmod` write it, with the usual `umask` taken off: “0644”.
  package var recorded: String {
    switch self {
    case .regular: "0644"
    case .executable: "0755"
    case .private: "0600"
    case .privateExecutable: "0700"
    case .exactly(let mode): "0" + String(mode, radix: 8)
    }
  }

  /// What `recorded` says of a file that a layout gives: `exactly` is never meant.
  package init?(recorded text: String) {
    switch text {
    case "0644": self = .regular
    case "0755": self = .executable
    case "0600": self = .private
    case "0700": self = .privateExecutable
    default: return nil
    }
  }

  /// As `recorded`, but “=0644” for a mode that ignores the `umask`, so that each reads back as it
  /// was.
  package var journaled: String { ignoresUmask ? "=" + recorded : recorded }

  /// What `journaled` says; nil for any other text.
  package init?(journaled text: String) {
    if text.utf8.first != UInt8(ascii: "=") {
      self.init(recorded: text)
    } else {
      guard let mode = UInt16(text.dropFirst(), radix: 8), mode <= 0o777 else { return nil }
      self = .exactly(mode)
      // Nothing but what `journaled` writes, such as a sign.
      if journaled != text { return nil }
    }
  }
}
