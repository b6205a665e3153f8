import Documents

/// Makes keys of the bytes that a terminal sends, in whatever pieces they come: what xterm, VTE,
/// tmux, rxvt and the Linux console send. A sequence that is not known is passed over whole.
struct KeyDecoder: Sendable {
  private(set) var state = State.ground

  enum State: Equatable, Sendable {
    case ground
    /// Within a character of UTF-8, which takes so many bytes more.
    case character([UInt8], missing: Int)
    /// After ESC, or after two of them: some terminals put one before a sequence for Alt.
    case escape(isDouble: Bool)
    /// After `ESC [`: what follows it.
    case control([UInt8])
    /// After `ESC [ [`: a function key of the Linux console, of which one byte is missing.
    case consoleFunction
    /// After `ESC O`.
    case single([UInt8])
    /// Within a report of the mouse, or within a letter that is held with Alt: so many bytes more
    /// mean nothing.
    case skipped(missing: Int)
    /// A string for the terminal, or its answer, up to BEL or `ESC \`.
    case string(isEmpty: Bool, isEscaped: Bool)
    /// Between `ESC [ 200 ~` and `ESC [ 201 ~`.
    case paste(PastedBytes, isPaused: Bool)
  }

  /// Whether what has come so far means something else when nothing follows it.
  var isUndecided: Bool {
    switch state {
    case .escape, .skipped, .string(isEmpty: true, _), .paste(_, isPaused: false): true
    default: false
    }
  }

  /// Nothing more has come for a while.
  mutating func pause(_ keys: inout [Key]) {
    switch state {
    case .escape:
      keys.append(.escape)
      state = .ground
    case .skipped, .string(isEmpty: true, _): state = .ground
    case .paste(let bytes, _): state = .paste(bytes, isPaused: true)
    // The rest of a sequence is on its way, however slow the line is.
    default: break
    }
  }

  mutating func feed(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: begin(byte, &keys)
    case .character(let bytes, let missing): continueCharacter(bytes, missing, byte, &keys)
    case .escape(let isDouble): afterEscape(isDouble: isDouble, byte, &keys)
    case .control(let bytes): continueControl(bytes, byte, &keys)
    case .single(let bytes): continueSingle(bytes, byte, &keys)
    case .consoleFunction: state = .ground
    case .skipped(let missing): state = missing > 1 ? .skipped(missing: missing - 1) : .ground
    case .string(_, let isEscaped): continueString(isEscaped: isEscaped, byte, &keys)
    case .paste(var bytes, let isPaused):
      // Nobody else holds them then, and they are not copied for each byte.
      state = .ground
      if isPaused, byte == 0x03 {
        // The end of this paste will not come: without this nothing could be typed any more.
        keys.append(.control("c"))
      } else if bytes.append(byte) {
        keys.append(.paste(bytes.text))
      } else {
        state = .paste(bytes, isPaused: false)
      }
    }
  }

  private mutating func begin(_ byte: UInt8, _ keys: inout [Key]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape(isDouble: false)
    case 0x0D, 0x0A: keys.append(.enter)
    case 0x09: keys.append(.tab)
    case 0x7F, 0x08: keys.append(.backspace)
    case 0x01...0x1A: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x20...0x7E: keys.append(.scalar(Unicode.Scalar(byte)))
    case 0xC2...0xDF: state = .character([byte], missing: 1)
    case 0xE0...0xEF: state = .character([byte], missing: 2)
    case 0xF0...0xF4: state = .character([byte], missing: 3)
    // Bytes that begin no character, and control characters that no key is labelled with.
    default: break
    }
  }

  private mutating func continueCharacter(
    _ bytes: [UInt8], _ missing: Int, _ byte: UInt8, _ keys: inout [Key]
  ) {
    guard byte & 0xC0 == 0x80 else { return begin(byte, &keys) }
    let bytes = bytes + [byte]
    if missing > 1 {
      state = .character(bytes, missing: missing - 1)
      return
    }
    state = .ground
    // Not for what is too long for its value, a surrogate, or beyond Unicode.
    if let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first,
      !scalar.isUnsafeToPrint
    {
      keys.append(.scalar(scalar))
    }
  }

  private mutating func afterEscape(isDouble: Bool, _ byte: UInt8, _ keys: inout [Key]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape(isDouble: true)
    case UInt8(ascii: "["): state = .control([])
    case UInt8(ascii: "O"): state = .single([])
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(isEmpty: true, isEscaped: false)
    case UInt8(ascii: "b"): keys.append(.wordLeft)
    case UInt8(ascii: "f"): keys.append(.wordRight)
    case 0x7F, 0x08: keys.append(.deleteWord)
    // Shift-Tab on the Linux console.
    case 0x09: keys.append(.backTab)
    case 0x03, 0x1A: begin(byte, &keys)
    case 0xC2...0xF4:
      // Alt with a letter that is not ASCII.
      state = .skipped(missing: byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3)
    default: break
    }
  }

  /// Whether `byte` ends a sequence before its end, and counts by itself.
  private mutating func isBrokenOff(by byte: UInt8, _ keys: inout [Key]) -> Bool {
    guard byte < 0x20 || byte >= 0x7F else { return false }
    begin(byte, &keys)
    return true
  }

  private mutating func continueControl(_ bytes: [UInt8], _ byte: UInt8, _ keys: inout [Key]) {
    if isBrokenOff(by: byte, &keys) { return }
    if bytes.isEmpty, byte == UInt8(ascii: "[") {
      state = .consoleFunction
    } else if bytes.isEmpty, byte == UInt8(ascii: "M") {
      state = .skipped(missing: 3)
    } else if bytes == Array("200".utf8), byte == UInt8(ascii: "~") {
      state = .paste(PastedBytes(), isPaused: false)
    } else if ControlSequence.isEnd(byte, after: bytes) {
      state = .ground
      if let key = ControlSequence(bytes, end: byte).key { keys.append(key) }
    } else {
      // Of one that never ends only so much matters.
      state = .control(bytes.count < 32 ? bytes + [byte] : bytes)
    }
  }

  private mutating func continueSingle(_ bytes: [UInt8], _ byte: UInt8, _ keys: inout [Key]) {
    if isBrokenOff(by: byte, &keys) { return }
    if byte < 0x40 {
      state = .single(bytes.count < 32 ? bytes + [byte] : bytes)
    } else {
      state = .ground
      if let key = ControlSequence(bytes, end: byte).keyOfSingle { keys.append(key) }
    }
  }

  private mutating func continueString(isEscaped: Bool, _ byte: UInt8, _ keys: inout [Key]) {
    switch byte {
    case 0x07: state = .ground
    case UInt8(ascii: "\\") where isEscaped: state = .ground
    case _ where isEscaped: afterEscape(isDouble: false, byte, &keys)
    case 0x1B: state = .string(isEmpty: false, isEscaped: true)
    case 0x00..<0x20: begin(byte, &keys)
    default: state = .string(isEmpty: false, isEscaped: false)
    }
  }
}
