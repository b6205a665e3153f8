import CLibrary
import Processes

/// A terminal that edits lines itself. A signal that ends a process ends a question, also where
/// signals are held back.
final class TerminalLines: LineChannel {
  private let input: Int32
  private let output: Int32
  /// What was read, and is no whole line yet.
  private var bytes: [UInt8] = []

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  func write(_ text: String) throws(PromptError) {
    guard TerminalWriter.write(text, to: output) else { throw .lost }
  }

  func readLine() throws(PromptError) -> String? {
    let watch = SignalWatch(HeldSignals.ending)
    defer { watch.end() }
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(bytes[..<end])
        bytes.removeFirst(end + 1)
        return Self.text(line)
      }
      switch watch.wait(for: input, milliseconds: nil) {
      case .ready: if try !read() { return nil }
      case .signal(let signal): throw .interrupted(signal: signal)
      case .timeout: break
      case .failed: throw .lost
      }
    }
  }

  func close() {}

  /// - Returns: false at the end of input.
  private func read() throws(PromptError) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = chunk.withUnsafeMutableBytes { systemRead(input, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR || errno == EAGAIN { return true }
    guard count >= 0 else { throw .lost }
    bytes += chunk[..<count]
    return count > 0
  }

  /// The text of a line: what arrow keys leave in it means nothing.
  static func text(_ line: [UInt8]) -> String {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in line { decoder.feed(byte, &keys) }
    var text = String.UnicodeScalarView()
    for case .scalar(let scalar) in keys { text.append(scalar) }
    return String(text)
  }
}

/// `read(2)`, under a name that no method hides.
private let systemRead = read
