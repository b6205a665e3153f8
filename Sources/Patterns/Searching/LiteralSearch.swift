/// Finds a few bytes in many: where what every match holds is absent, no automaton need look.
struct LiteralSearch {
  let literal: [UInt8]
  /// The place of the byte in it that texts have least.
  private let rarest: Int

  /// So that a text that is nearly the literal everywhere costs no more than so many looks at a
  /// byte.
  static let longest = 32

  /// - Precondition: `literal` is not empty.
  init(_ literal: [UInt8]) {
    let literal = Array(literal.prefix(Self.longest))
    self.literal = literal
    rarest = literal.indices.max { Self.rarity(literal[$0]) < Self.rarity(literal[$1]) } ?? 0
  }

  /// How seldom a byte is in sources and settings.
  private static func rarity(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "a"),
      UInt8(ascii: "o"), UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "s"):
      0
    case UInt8(ascii: "j"), UInt8(ascii: "k"), UInt8(ascii: "q"), UInt8(ascii: "x"),
      UInt8(ascii: "z"), UInt8(ascii: "v"), UInt8(ascii: "w"):
      3
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ":"):
      2
    default: 4
    }
  }

  /// Where the literal begins first, from `start` on; nil for nowhere.
  func first(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var position = start + rarest
    let last = bytes.count - literal.count + rarest
    while position <= last {
      guard let next = bytes.first(literal[rarest], from: position), next <= last else {
        return nil
      }
      let begin = next - rarest
      var index = 0
      while index < literal.count, bytes[begin + index] == literal[index] { index += 1 }
      if index == literal.count { return begin }
      position = next + 1
    }
    return nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The place of the first `byte` from `start` on, sixteen bytes at a look.
  func first(_ byte: UInt8, from start: Int) -> Int? {
    guard let base = UnsafeRawPointer(baseAddress) else { return nil }
    var position = start
    let wanted = SIMD16<UInt8>(repeating: byte)
    while position + 16 <= count {
      let piece = base.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      if any(piece .== wanted) { break }
      position += 16
    }
    while position < count {
      if self[position] == byte { return position }
      position += 1
    }
    return nil
  }
}
