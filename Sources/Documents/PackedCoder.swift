/// Writes values one after the other as a text that Swift source can hold in a literal, or reads such
/// a text: each type says once, for both ways, what it is made of.
///
/// Nothing but the order tells what stands where, since both ends are of one build; what no coder
/// wrote is a fault of the program, which stops there. An integer is written five bits a byte, the
/// lowest first, from `@` on with more to come, from a blank on at its end; a text is its number of
/// bytes in UTF-8, then itself.
@usableFromInline package struct PackedCoder: Sendable {
  /// What was written, or is read.
  private var bytes: [UInt8]
  /// Where reading goes on.
  private var position = 0
  @usableFromInline package let isReading: Bool

  package init() {
    bytes = []
    isReading = false
  }

  package init(reading text: String) {
    bytes = Array(text.utf8)
    isReading = true
  }

  /// What was written.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether all was read.
  package var isAtEnd: Bool { position == bytes.count }

  /// The bytes of a text.
  package mutating func utf8(_ text: [UInt8]?) -> [UInt8] {
    guard let text else { return Array(readBytes()) }
    _ = code(text.count)
    bytes += text
    return text
  }

  /// Leaves out what was written as a text.
  ///
  /// - Returns: a coder that reads what the text holds.
  mutating func skip() -> PackedCoder {
    let count = readInteger()
    defer { position += count }
    return self
  }

  fileprivate mutating func write(_ number: Int) {
    // The sign goes to the lowest bit, so that small negative numbers stay short.
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= 32 {
      bytes.append(0x40 + UInt8(rest % 32))
      rest /= 32
    }
    bytes.append(0x20 + UInt8(rest))
  }

  fileprivate mutating func readInteger() -> Int {
    var result: UInt = 0
    var shift: UInt = 0
    while bytes[position] >= 0x40 {
      result |= UInt(bytes[position] - 0x40) << shift
      shift += 5
      position += 1
    }
    result |= UInt(bytes[position] - 0x20) << shift
    position += 1
    return Int(bitPattern: result >> 1) ^ -Int(bitPattern: result & 1)
  }

  fileprivate mutating func readBytes() -> ArraySlice<UInt8> {
    let count = readInteger()
    defer { position += count }
    return bytes[position..<position + count]
  }
}

extension Int: Packable {
  @usableFromInline package init(coding number: Int?, with coder: inout PackedCoder) {
    if let number { coder.write(number) }
    self = number ?? coder.readInteger()
  }
}

extension Bool: Packable {
  @usableFromInline package init(coding flag: Bool?, with coder: inout PackedCoder) {
    self = coder.code(flag.map { $0 ? 1 : 0 }) != 0
  }
}

extension String: Packable {
  @usableFromInline package init(coding text: String?, with coder: inout PackedCoder) {
    if let text { _ = coder.utf8(Array(text.utf8)) }
    self = text ?? String(decoding: coder.readBytes(), as: UTF8.self)
  }
}
