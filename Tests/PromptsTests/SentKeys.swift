import Testing

@testable import Prompts

/// What a terminal sends, and the keys it is.
struct SentKeys: CustomTestStringConvertible, Sendable {
  var bytes: [UInt8]
  var keys: [Key]

  init(_ bytes: [UInt8], _ keys: [Key]) {
    (self.bytes, self.keys) = (bytes, keys)
  }

  init(_ text: String, _ keys: Key...) {
    self.init(Array(text.utf8), keys)
  }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
