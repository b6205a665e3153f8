/// Writes values one after the other as a text that Swift source can hold in a literal, for
/// `PackedReader` to read in the same order. Nothing but that order tells what stands where: both
/// ends are of one build.
///
/// An integer is written five bits a character, the lowest first, from `@` on with more to come, from
/// a blank on at its end; a text is its number of bytes in UTF-8, then itself.
package struct PackedWriter {
  package private(set) var text = ""

  package init() {}

  package mutating func write(_ number: Int) {
    // The sign goes to the lowest bit, so that small negative numbers stay short.
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= PackedFormat.digits {
      append(PackedFormat.more + UInt8(rest % PackedFormat.digits))
      rest /= PackedFormat.digits
    }
    append(PackedFormat.last + UInt8(rest))
  }

  package mutating func write(_ flag: Bool) {
    write(flag ? 1 : 0)
  }

  package mutating func write(_ content: String) {
    write(content.utf8.count)
    text += content
  }

  package mutating func write<Element>(
    _ items: [Element], _ element: (Element, inout PackedWriter) -> Void
  ) {
    write(items.count)
    for item in items { element(item, &self) }
  }

  package mutating func write(_ texts: [String]) {
    write(texts) { $1.write($0) }
  }

  package mutating func write<Wrapped>(
    _ optional: Wrapped?, _ wrapped: (Wrapped, inout PackedWriter) -> Void
  ) {
    write(optional != nil)
    if let optional { wrapped(optional, &self) }
  }

  private mutating func append(_ byte: UInt8) {
    text.unicodeScalars.append(Unicode.Scalar(byte))
  }
}

/// How both ends write a digit of an integer.
enum PackedFormat {
  static let digits: UInt = 32
  /// A digit with more behind it: `@` to `_`.
  static let more: UInt8 = 0x40
  /// The last digit: a blank to `?`.
  static let last: UInt8 = 0x20
}
