/// Reads what a `PackedWriter` wrote, in the same order.
///
/// What is read comes from the build: a text that no writer wrote is a fault of the program, which
/// stops there.
package struct PackedReader {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func integer() -> Int {
    var result: UInt = 0
    var shift: UInt = 0
    while bytes[position] >= PackedFormat.more {
      result |= UInt(bytes[position] - PackedFormat.more) << shift
      shift += 5
      position += 1
    }
    result |= UInt(bytes[position] - PackedFormat.last) << shift
    position += 1
    return Int(bitPattern: result >> 1) ^ -Int(bitPattern: result & 1)
  }

  package mutating func flag() -> Bool { integer() != 0 }

  package mutating func string() -> String {
    let count = integer()
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  /// The bytes of a text.
  package mutating func utf8() -> [UInt8] {
    let count = integer()
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  package mutating func strings() -> [String] {
    (0..<integer()).map { _ in string() }
  }

  package mutating func optionalString() -> String? {
    flag() ? string() : nil
  }
}
