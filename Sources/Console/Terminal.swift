import CLibrary

/// One of the process's streams, written without a buffer of the C library's.
package struct Terminal: Sendable {
  private let descriptor: Int32

  package static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
  package static let standardError = Terminal(descriptor: STDERR_FILENO)

  /// A write that failed; the `errno` value.
  package struct WriteError: Error {
    package var code: Int32
    /// Nobody reads any more.
    package var isClosedPipe: Bool { code == EPIPE }
    package var message: String { String(cString: strerror(code)) }
  }

  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// In columns; nil when it is no terminal or does not say.
  package var width: Int? {
    size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil }
  }

  /// In lines; nil when it is no terminal or does not say.
  package var height: Int? {
    size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil }
  }

  private var size: winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  package func write(_ text: String) throws(WriteError) {
    var text = text
    let code = text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    if code != 0 { throw WriteError(code: code) }
  }

  package func write(_ bytes: [UInt8]) throws(WriteError) {
    let code = bytes.withUnsafeBytes(write)
    if code != 0 { throw WriteError(code: code) }
  }

  /// - Returns: what `errno` says; 0 where all is written.
  private func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = systemWrite(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// `write(2)`, under a name that no method hides.
private let systemWrite = write
