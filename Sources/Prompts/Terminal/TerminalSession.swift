import CLibrary
import Processes

/// A terminal in the hands of a form: keys come as they are typed, the screen is the alternate one.
/// However a session ends, the terminal is as it was.
final class TerminalSession {
  private let input: Int32
  private let output: Int32
  private var mode: RawMode?
  private var watch: SignalWatch?
  private var decoder = KeyDecoder()
  private var keys: [Key] = []

  enum Event: Equatable {
    case key(Key)
    /// The window has another size, or somebody else has used the terminal.
    case redraw
  }

  /// How long the rest of a sequence may take, over a slow line, before Escape is a key.
  private static let patience = 100

  private static let signals = HeldSignals.ending + [SIGTSTP, SIGCONT, SIGWINCH]

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  /// Whether there are keys that have come already.
  var hasKeys: Bool { !keys.isEmpty }

  /// Does nothing in a session that is open.
  func open() throws(PromptError) {
    guard mode == nil else { return }
    watch = SignalWatch(Self.signals)
    try begin()
  }

  func close() {
    leave()
    watch?.end()
    watch = nil
    (decoder, keys) = (KeyDecoder(), [])
  }

  private func begin() throws(PromptError) {
    mode = RawMode(input)
    guard mode != nil else { throw .lost }
    try enter()
  }

  /// The alternate screen, and pastes between marks.
  private func enter() throws(PromptError) {
    try write("\u{1B}[?1049h\u{1B}[?2004h\u{1B}[?25l\u{1B}[0m")
  }

  private func leave() {
    guard let mode else { return }
    // A terminal that has no second screen is left with an empty one.
    try? write("\u{1B}[0m\u{1B}[H\u{1B}[J\u{1B}[?7h\u{1B}[?25h\u{1B}[?2004l\u{1B}[?1049l")
    mode.end()
    self.mode = nil
  }

  /// In cells.
  var size: (width: Int, height: Int) {
    var size = winsize()
    let isKnown = ioctl(output, UInt(TIOCGWINSZ), &size) == 0
    return (
      isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80,
      isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24
    )
  }

  func draw(_ screen: Screen) throws(PromptError) {
    try write(screen.drawing())
  }

  /// The next thing that happens.
  func next() throws(PromptError) -> Event {
    while true {
      if !keys.isEmpty {
        let key = keys.removeFirst()
        guard key == .control("z") else { return .key(key) }
        try suspend(process: 0)
        return .redraw
      }
      guard let watch else { throw .lost }
      switch watch.wait(for: input, milliseconds: decoder.isUndecided ? Self.patience : nil) {
      case .ready: try read()
      case .timeout: decoder.pause(&keys)
      case .signal(SIGWINCH): return .redraw
      case .signal(SIGTSTP):
        try suspend(process: getpid())
        return .redraw
      case .signal(SIGCONT):
        // It was stopped without a chance to leave, and a shell has used the terminal.
        mode?.begin()
        try enter()
        return .redraw
      case .signal(let signal): throw .interrupted(signal: signal)
      case .failed: throw .lost
      }
    }
  }

  /// Stops, as any program does by Ctrl-Z, and goes on when it is told to.
  ///
  /// - Parameter process: 0 for all that a terminal would stop.
  private func suspend(process: pid_t) throws(PromptError) {
    leave()
    watch?.letting([SIGTSTP, SIGCONT]) { kill(process, SIGTSTP) }
    try begin()
  }

  private func read() throws(PromptError) {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = bytes.withUnsafeMutableBytes { systemRead(input, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else { throw .lost }
    for byte in bytes[..<count] { decoder.feed(byte, &keys) }
  }

  private func write(_ text: String) throws(PromptError) {
    guard TerminalWriter.write(text, to: output) else { throw .lost }
  }
}

/// `read(2)`, under a name that no method hides.
private let systemRead = read
