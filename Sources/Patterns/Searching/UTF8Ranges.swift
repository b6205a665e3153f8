/// The bytes that a range of characters has in UTF-8, as sequences of ranges of bytes.
enum UTF8Ranges {
  typealias Sequence = [ClosedRange<UInt8>]

  /// The sequences of all characters that a set takes.
  static func sequences(of set: TextPattern.CharacterSet) -> [Sequence] {
    var result: [Sequence] = []
    for range in set.taken { append(range, to: &result) }
    return result
  }

  /// Split where the number of bytes changes, and then so that each byte but the first of a
  /// sequence either is one and the same or takes all values that it can.
  private static func append(_ range: ClosedRange<UInt32>, to result: inout [Sequence]) {
    for last: UInt32 in [0x7F, 0x7FF, 0xFFFF] where range.contains(last) && range.upperBound > last
    {
      append(range.lowerBound...last, to: &result)
      append(last + 1...range.upperBound, to: &result)
      return
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    if high > 0x7F {
      for shift: UInt32 in [6, 12, 18] {
        let mask: UInt32 = (1 << shift) - 1
        guard low & ~mask != high & ~mask else { continue }
        if low & mask != 0 {
          append(low...low | mask, to: &result)
          append((low | mask) + 1...high, to: &result)
          return
        }
        if high & mask != mask {
          append(low...(high & ~mask) - 1, to: &result)
          append(high & ~mask...high, to: &result)
          return
        }
      }
    }
    result.append(zip(encoded(low), encoded(high)).map { $0...$1 })
  }

  private static func encoded(_ value: UInt32) -> [UInt8] {
    func byte(_ mark: UInt32, _ shift: UInt32) -> UInt8 { UInt8(mark | value >> shift) }
    func rest(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    switch value {
    case ...0x7F: return [UInt8(value)]
    case ...0x7FF: return [byte(0xC0, 6), rest(0)]
    case ...0xFFFF: return [byte(0xE0, 12), rest(6), rest(0)]
    default: return [byte(0xF0, 18), rest(12), rest(6), rest(0)]
    }
  }
}

extension TextPattern.CharacterSet {
  private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
  private static let last: UInt32 = 0x10FFFF

  /// The characters that it takes, in order, without overlaps and surrogates.
  fileprivate var taken: [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let before = merged.last, range.lowerBound <= before.upperBound + 1 {
        merged[merged.count - 1] = before.lowerBound...max(before.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    if isInverted {
      var others: [ClosedRange<UInt32>] = []
      var next: UInt32 = 0
      for range in merged {
        if next < range.lowerBound { others.append(next...range.lowerBound - 1) }
        next = range.upperBound + 1
      }
      if next <= Self.last { others.append(next...Self.last) }
      merged = others
    }
    return merged.flatMap { range -> [ClosedRange<UInt32>] in
      guard range.overlaps(Self.surrogates) else { return [range] }
      var parts: [ClosedRange<UInt32>] = []
      if range.lowerBound < Self.surrogates.lowerBound {
        parts.append(range.lowerBound...Self.surrogates.lowerBound - 1)
      }
      if range.upperBound > Self.surrogates.upperBound {
        parts.append(Self.surrogates.upperBound + 1...range.upperBound)
      }
      return parts
    }
  }
}
