import CLibrary
import Documents

/// Looks for placeholders of declared names in what is no template, piece by piece.
package struct DeclaredPlaceholders {
  private let names: Set<[UInt8]>
  /// The name that was read so far, behind a `<<`; nil outside of one.
  private var name: [UInt8]?
  private var last: UInt8 = 0
  private let longest: Int
  /// The first one that was found.
  package private(set) var found: String?

  package init(_ declarations: Declarations) {
    names = Set(declarations.names.map { Array($0.utf8) })
    longest = names.map(\.count).max() ?? 0
  }

  /// - Returns: whether nothing was found yet.
  @discardableResult
  package mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return found == nil }
    var index = 0
    while index < bytes.count, found == nil {
      // Outside of a placeholder nothing but the next “<” matters.
      if name == nil, bytes[index] != UInt8(ascii: "<") {
        let next = memchr(base + index, Int32(UInt8(ascii: "<")), bytes.count - index)
        last = 0
        index = next.map { UnsafeRawPointer($0) - base } ?? bytes.count
      } else {
        read(bytes[index])
        index += 1
      }
    }
    return found == nil
  }

  private mutating func read(_ byte: UInt8) {
    defer { last = byte }
    if byte == UInt8(ascii: "<") {
      name = last == byte ? [] : nil
      return
    }
    guard var read = name else { return }
    if byte.isInName, read.count <= longest {
      read.append(byte)
      name = read
      return
    }
    // Of a bar or `>>` one byte is enough: with a declared name before it, it is no chance.
    if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "|"), names.contains(read) {
      found = String(decoding: read, as: UTF8.self)
    }
    name = nil
  }
}
