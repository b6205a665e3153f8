import Documents

/// A glob over the keys of data files: `*` is any text, `?` one character.
package struct KeyGlob: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// One `*` where several stand side by side, which mean the same.
  var parts: [NamePart] {
    var parts: [NamePart] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "*"): if parts.last != .anyText { parts.append(.anyText) }
      case UInt8(ascii: "?"): parts.append(.anyCharacter)
      default: parts.append(.literal([byte]))
      }
    }
    return parts
  }
}
