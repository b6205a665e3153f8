import Documents
import Templating

/// Whether a name is what its layout means it to be.
enum RenderedNames {
  /// What is wrong with a name that values left nothing of but its punctuation: `<<SUB>>.md` where SUB
  /// is empty would be the hidden file `.md`. Nil for any other name.
  ///
  /// - Parameters:
  ///   - template: what `name` was rendered from, in `scope`.
  ///   - budget: pays for it.
  static func fault(
    in name: String, _ template: Template, _ scope: Scope, spending budget: inout Budget
  ) throws(Diagnostics) -> String? {
    // Most names are recognised by their beginning.
    guard let first = name.utf8.first, !isWordByte(first) else { return nil }
    var values: [String] = []
    /// What stands there whatever the values are.
    var texts: [String] = []
    /// What stands before the first value that is not empty.
    var beginning = ""
    for piece in template.nameParts {
      switch piece {
      case .text(let bytes):
        let text = String(decoding: bytes, as: UTF8.self)
        if values.allSatisfy(\.isEmpty) { beginning += text }
        // The dot of an ending has something before it.
        let dot = text.utf8.lastIndex(of: UInt8(ascii: "."))
        let isEnding = values.count + texts.count > 0 || dot != text.startIndex
        texts.append(dot.map { isEnding ? String(text[..<$0]) : text } ?? text)
      case .value(let value):
        let text = try value.rendered(
          in: scope, upTo: Budget.longestValue, "a name", spending: &budget)
        values.append(String(decoding: text, as: UTF8.self))
      }
    }
    guard values.contains("") else { return nil }
    if case .value? = template.nameParts.first, first == UInt8(ascii: "."),
      beginning.utf8.first == first
    {
      return "is hidden only because \(names(template)) is empty in it"
    }
    guard values.allSatisfy(\.isEmpty),
      !texts.contains(where: { $0.utf8.contains(where: isWordByte) })
    else { return nil }
    return "has no name before its ending, because \(names(template)) is empty in it"
  }

  private static func names(_ template: Template) -> String {
    template.names.map { "“\($0)”" }.concatenated(by: " or ")
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
