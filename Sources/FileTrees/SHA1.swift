/// SHA-1 (RFC 3174), which git names objects by. It tells contents apart; it protects nothing.
struct SHA1 {
  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) =
    (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0)

  /// The digest's 20 bytes.
  static func digest(of parts: [UInt8]...) -> [UInt8] {
    var hash = SHA1()
    var pending: [UInt8] = []
    var length = 0
    for part in parts {
      length += part.count
      var start = 0
      if !pending.isEmpty {
        start = min(64 - pending.count, part.count)
        pending += part[..<start]
        if pending.count == 64 {
          hash.absorb(pending, at: 0)
          pending = []
        }
      }
      while start + 64 <= part.count {
        hash.absorb(part, at: start)
        start += 64
      }
      pending += part[start...]
    }
    pending.append(0x80)
    while pending.count % 64 != 56 { pending.append(0) }
    let bits = UInt64(length) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      pending.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    for start in stride(from: 0, to: pending.count, by: 64) { hash.absorb(pending, at: start) }
    let words = [hash.state.0, hash.state.1, hash.state.2, hash.state.3, hash.state.4]
    return words.flatMap { word in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// Takes in the 64 bytes of `bytes` that begin at `start`.
  private mutating func absorb(_ bytes: [UInt8], at start: Int) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { words in
      for index in 0..<16 {
        let offset = start + index * 4
        words[index] =
          UInt32(bytes[offset]) << 24 | UInt32(bytes[offset + 1]) << 16
          | UInt32(bytes[offset + 2]) << 8 | UInt32(bytes[offset + 3])
      }
      for index in 16..<80 {
        let word = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
        words[index] = word.rotatedLeft(by: 1)
      }
      var (a, b, c, d, e) = state
      for index in 0..<80 {
        let (mix, constant): (UInt32, UInt32) =
          switch index {
          case ..<20: (b & c | ~b & d, 0x5A82_7999)
          case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
          case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
          default: (b ^ c ^ d, 0xCA62_C1D6)
          }
        let next = a.rotatedLeft(by: 5) &+ mix &+ e &+ constant &+ words[index]
        (a, b, c, d, e) = (next, a, b.rotatedLeft(by: 30), c, d)
      }
      state = (
        state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e
      )
    }
  }
}

extension UInt32 {
  fileprivate func rotatedLeft(by count: UInt32) -> UInt32 {
    self << count | self >> (32 - count)
  }
}
