import Documents

/// A list as a person types it: `a,b`.
package enum ListText {
  /// The items between the commas of `text`, without the blanks around them; `\,` is a comma in an
  /// item.
  package static func items(of text: String) -> [String] {
    let (blank, comma) = (UInt8(ascii: " "), UInt8(ascii: ","))
    if text.utf8.allSatisfy({ $0 == blank }) { return [] }
    var items: [String] = []
    var item: [UInt8] = []
    func end() {
      let start = item.firstIndex { $0 != blank } ?? item.endIndex
      while item.last == blank { item.removeLast() }
      items.append(String(decoding: item.dropFirst(start), as: UTF8.self))
      item.removeAll()
    }
    for byte in text.utf8 {
      if byte != comma {
        item.append(byte)
      } else if item.last == UInt8(ascii: "\\") {
        item[item.count - 1] = comma
      } else {
        end()
      }
    }
    end()
    return items
  }

  /// What `items` gives back.
  static func text(of items: [String]) -> String {
    items.map { $0.parts(between: ",").concatenated(by: "\\,") }.concatenated(by: ",")
  }

  /// What has just these items, none of which has blanks around it; in several pieces, one behind the
  /// other, where an item ends in what would make the comma behind it a part of it.
  package static func pieces(of items: [String]) -> [String] {
    var pieces: [String] = []
    var continues = false
    for item in items {
      var text = ""
      for scalar in item.unicodeScalars {
        if scalar == "," { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
      if continues {
        pieces[pieces.count - 1] += "," + text
      } else {
        pieces.append(text)
      }
      continues = !item.ends(with: "\\")
    }
    return pieces.isEmpty ? [""] : pieces
  }

  /// Whether `text` is a list in brackets, as a file of answers has it.
  static func isJSON(_ text: String) -> Bool {
    let bytes = Array(text.utf8.drop { $0 == UInt8(ascii: " ") })
    guard bytes.first == UInt8(ascii: "["),
      let document = try? JSONDocument(parsing: bytes, file: ""),
      case .array = document.root.value
    else { return false }
    return true
  }
}
