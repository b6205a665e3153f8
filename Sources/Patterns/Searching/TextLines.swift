/// A line of a text.
package struct TextLine: Hashable, Sendable {
  /// In bytes, without the end of the line: `\n`, or `\r\n`.
  package var range: Range<Int>
  /// From 1.
  package var number: Int

  package func bytes(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[range])
  }
}

/// The lines of a text, one after the other. A text that ends with the end of a line has no empty
/// one behind it, and an empty text has none at all.
struct TextLines {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Of the line that begins at `position`.
  private var number = 1

  private static let lineFeed = UInt8(ascii: "\n")

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  mutating func next() -> TextLine? {
    guard position < text.count else { return nil }
    let feed = text.first(Self.lineFeed, from: position)
    let end = feed ?? text.count
    let hasReturn = feed != nil && end > position && text[end - 1] == UInt8(ascii: "\r")
    let line = TextLine(range: position..<(hasReturn ? end - 1 : end), number: number)
    position = end + 1
    number += 1
    return line
  }

  /// The next line with a literal in it, which has no line feed.
  mutating func next(holding literal: LiteralSearch) -> TextLine? {
    guard let found = literal.first(in: text, from: position) else { return nil }
    while let feed = text.first(Self.lineFeed, from: position), feed < found {
      position = feed + 1
      number += 1
    }
    return next()
  }
}
