import SHA1Instructions

/// SHA-1 (RFC 3174), which git names objects by. It tells contents apart; it protects nothing.
///
/// Every byte of a project goes through here, hence the processor's own instructions where it has
/// them, and elsewhere raw memory and rounds written out: half the instructions of loops over checked
/// arrays.
struct SHA1 {
  private var state = Digest(
    a: 0x6745_2301, b: 0xEFCD_AB89, c: 0x98BA_DCFE, d: 0x1032_5476, e: 0xC3D2_E1F0)
  private let hasInstructions: Bool
  /// What does not fill a block yet.
  private var pending: [UInt8] = []
  private var length = 0

  init(hasInstructions: Bool = instructionsAreAvailable) {
    self.hasInstructions = hasInstructions
    pending.reserveCapacity(2 * Self.blockSize)
  }

  /// Whether this processor has instructions for it.
  static let instructionsAreAvailable = sha1_instructions_are_available()

  /// 160 bits, the first word first.
  struct Digest: Hashable, Sendable {
    var a, b, c, d, e: UInt32
  }

  private static let blockSize = 64

  /// The digest of the parts, one after the other.
  static func digest(
    of parts: [UInt8]..., withInstructions hasInstructions: Bool = instructionsAreAvailable
  ) -> Digest {
    var hash = SHA1(hasInstructions: hasInstructions)
    for part in parts { hash.append(part) }
    return hash.finish()
  }

  mutating func append(_ part: [UInt8]) {
    length += part.count
    var start = 0
    if !pending.isEmpty {
      start = min(Self.blockSize - pending.count, part.count)
      pending += part[..<start]
      if pending.count == Self.blockSize {
        absorb(pending[...])
        pending.removeAll(keepingCapacity: true)
      }
    }
    let end = start + (part.count - start) / Self.blockSize * Self.blockSize
    absorb(part[start..<end])
    pending += part[end...]
  }

  /// The digest of what was appended; nothing can be appended any more.
  mutating func finish() -> Digest {
    pending.append(0x80)
    while pending.count % Self.blockSize != 56 { pending.append(0) }
    let bits = UInt64(length) * 8
    for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
      pending.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    absorb(pending[...])
    return state
  }

  /// Takes in whole blocks.
  private mutating func absorb(_ blocks: ArraySlice<UInt8>) {
    blocks.withUnsafeBytes { bytes in
      if hasInstructions {
        absorbByInstructions(bytes)
        return
      }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { words in
        for start in stride(from: 0, to: bytes.count, by: Self.blockSize) {
          for index in 0..<16 {
            let word = bytes.loadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self)
            words[index] = UInt32(bigEndian: word)
          }
          absorb(words)
        }
      }
    }
  }

  private mutating func absorbByInstructions(_ blocks: UnsafeRawBufferPointer) {
    withUnsafeMutableBytes(of: &state) { state in
      sha1_absorb(
        state.baseAddress?.assumingMemoryBound(to: UInt32.self),
        blocks.baseAddress?.assumingMemoryBound(to: UInt8.self), blocks.count / Self.blockSize)
    }
  }

  /// - Parameter words: a block's 16 words, and room for 64 more.
  private mutating func absorb(_ words: UnsafeMutableBufferPointer<UInt32>) {
    for index in 16..<80 {
      let word = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
      words[index] = word.rotatedLeft(by: 1)
    }
    var now = state
    for index in stride(from: 0, to: 20, by: 5) {
      now.turn(words, index, 0x5A82_7999) { b, c, d in d ^ (b & (c ^ d)) }
    }
    for index in stride(from: 20, to: 40, by: 5) {
      now.turn(words, index, 0x6ED9_EBA1) { b, c, d in b ^ c ^ d }
    }
    for index in stride(from: 40, to: 60, by: 5) {
      now.turn(words, index, 0x8F1B_BCDC) { b, c, d in (b & c) | (d & (b | c)) }
    }
    for index in stride(from: 60, to: 80, by: 5) {
      now.turn(words, index, 0xCA62_C1D6) { b, c, d in b ^ c ^ d }
    }
    state.a &+= now.a
    state.b &+= now.b
    state.c &+= now.c
    state.d &+= now.d
    state.e &+= now.e
  }
}

extension SHA1.Digest {
  /// Five rounds, after which every variable is back in its place: none is moved.
  @inline(__always)
  fileprivate mutating func turn(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ index: Int, _ constant: UInt32,
    _ mix: (UInt32, UInt32, UInt32) -> UInt32
  ) {
    e &+= a.rotatedLeft(by: 5) &+ (mix(b, c, d) &+ (words[index] &+ constant))
    b = b.rotatedLeft(by: 30)
    d &+= e.rotatedLeft(by: 5) &+ (mix(a, b, c) &+ (words[index + 1] &+ constant))
    a = a.rotatedLeft(by: 30)
    c &+= d.rotatedLeft(by: 5) &+ (mix(e, a, b) &+ (words[index + 2] &+ constant))
    e = e.rotatedLeft(by: 30)
    b &+= c.rotatedLeft(by: 5) &+ (mix(d, e, a) &+ (words[index + 3] &+ constant))
    d = d.rotatedLeft(by: 30)
    a &+= b.rotatedLeft(by: 5) &+ (mix(c, d, e) &+ (words[index + 4] &+ constant))
    c = c.rotatedLeft(by: 30)
  }
}

extension UInt32 {
  fileprivate func rotatedLeft(by count: UInt32) -> UInt32 {
    self &<< count | self &>> (32 &- count)
  }
}
