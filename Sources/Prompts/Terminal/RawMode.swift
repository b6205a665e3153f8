import CLibrary

/// A terminal that hands over each key as it comes, and shows none of them.
struct RawMode {
  private let descriptor: Int32
  private let before: termios

  /// Nil when it is no terminal, or one that is gone.
  init?(_ descriptor: Int32) {
    var before = termios()
    guard tcgetattr(descriptor, &before) == 0 else { return nil }
    self.descriptor = descriptor
    self.before = before
    guard begin() else { return nil }
  }

  /// Once more, after somebody else may have changed it.
  @discardableResult func begin() -> Bool {
    var raw = before
    // Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-V are keys, and Enter is what it sends.
    raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | IGNCR | INLCR | ISTRIP | IXON)
    raw.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
    withUnsafeMutableBytes(of: &raw.c_cc) { bytes in
      bytes[Int(VMIN)] = 1
      bytes[Int(VTIME)] = 0
    }
    return set(raw, TCSANOW)
  }

  /// As it was before. What was typed and is not read yet is dropped: the rest of a paste must not
  /// be a command for the shell.
  func end() {
    // In the background the terminal is somebody else's. (One that is not the session's own has no
    // group in the foreground.)
    let group = tcgetpgrp(descriptor)
    if group > 0, group != getpgrp() { return }
    _ = set(before, TCSAFLUSH)
  }

  private func set(_ mode: termios, _ when: Int32) -> Bool {
    var mode = mode
    while tcsetattr(descriptor, when, &mode) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }
}
