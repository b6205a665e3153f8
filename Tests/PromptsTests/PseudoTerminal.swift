import Foundation
import Synchronization

/// Both ends of a terminal that is none: what a person types and sees, and what a program has.
///
/// A program that waits for more than was typed would wait for ever: the person goes after a while,
/// far longer than anything takes.
final class PseudoTerminal: Sendable {
  private static let patience = DispatchTimeInterval.seconds(120)
  /// -1 once it has gone.
  private let person: Mutex<Int32>
  let program: Int32

  struct Failure: Error {
    let code = errno
  }

  /// - Parameter editsLines: whether it does until a program asks for each key.
  init(editsLines: Bool = true, width: UInt16 = 60, height: UInt16 = 12) throws {
    var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
    var (person, program): (Int32, Int32) = (-1, -1)
    guard openpty(&person, &program, nil, nil, &size) == 0 else { throw Failure() }
    self.person = Mutex(person)
    self.program = program
    // What is typed before anybody reads must not be a signal, nor come back as an echo.
    var mode = mode
    mode.c_lflag &= ~tcflag_t(ISIG | ECHO)
    mode.c_iflag &= ~tcflag_t(ICRNL)
    if !editsLines { mode.c_lflag &= ~tcflag_t(ICANON) }
    guard tcsetattr(program, TCSANOW, &mode) == 0 else { throw Failure() }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [weak self] in
      self?.hangUp()
    }
  }

  var mode: termios {
    var mode = termios()
    tcgetattr(program, &mode)
    return mode
  }

  /// What a mode is compared by.
  var flags: [tcflag_t] {
    let mode = mode
    return [mode.c_iflag, mode.c_oflag, mode.c_lflag]
  }

  func type(_ text: String) {
    person.withLock { person in
      _ = Array(text.utf8).withUnsafeBytes { write(person, $0.baseAddress, $0.count) }
    }
  }

  /// What has been written since it was asked last.
  func seen() -> String {
    person.withLock { Self.text(from: $0) }
  }

  /// What was typed, and no program has read.
  func unread() -> String {
    Self.text(from: program)
  }

  /// What there is to be read now.
  private static func text(from descriptor: Int32) -> String {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    defer { _ = fcntl(descriptor, F_SETFL, flags) }
    var text: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &bytes, bytes.count), count > 0 {
      text += bytes[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The person goes, with the window.
  func hangUp() {
    person.withLock { person in
      if person >= 0 { close(person) }
      person = -1
    }
  }

  deinit {
    hangUp()
    close(program)
  }
}
