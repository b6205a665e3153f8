import Documents

/// What stood in a path in the places of captures, by their names.
package struct Captures: Hashable, Sendable {
  private(set) var items: [Item] = []

  struct Item: Hashable, Sendable {
    var name: String
    var text: String
  }

  package init() {}

  package var isEmpty: Bool { items.isEmpty }

  package subscript(name: String) -> String? {
    get { items.first { $0.name == name }?.text }
    set {
      items.removeAll { $0.name == name }
      if let newValue { items.append(Item(name: name, text: newValue)) }
    }
  }

  /// `text` with what each `{CAPTURE}` in it is; what is none of these stays.
  package func fill(_ text: String) -> String {
    guard !isEmpty, text.holds("{") else { return text }
    var result = ""
    var rest = text
    while let (before, behind) = rest.divided(at: "{") {
      result += before
      if let (name, after) = behind.divided(at: "}"), let value = self[name] {
        result += value
        rest = after
      } else {
        result += "{"
        rest = behind
      }
    }
    return result + rest
  }

  /// The captures that `text` speaks of. What stands behind a `$` is a variable, as shells have them.
  static func names(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var names: [String] = []
    var start: Int?
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "{"):
        start = place > 0 && bytes[place - 1] == UInt8(ascii: "$") ? nil : place + 1
      case UInt8(ascii: "}"):
        guard let from = start else { continue }
        start = nil
        let name = String(decoding: bytes[from..<place], as: UTF8.self)
        if fault(inName: name) == nil { names.append(name) }
      default: break
      }
    }
    return names
  }

  /// What is wrong with the name of a capture, as the words that follow it.
  static func fault(inName name: String) -> String? {
    guard let first = name.utf8.first else { return "is empty" }
    let isWord = name.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    return isWord && (0x41...0x5A).contains(first)
      ? nil : "must be an upper-case word, such as “NUMBER”"
  }
}
