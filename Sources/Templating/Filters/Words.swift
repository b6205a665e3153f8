/// The words of a name or title, however they are run together: `my-app`, `my_app`, `my app`,
/// `my.app`, `myApp` and `MYApp` all have two.
enum Words {
  private enum Class {
    case small, capital, digit, other
  }

  /// The words with their letters as they are; everything but letters and digits separates.
  static func split(_ text: String) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return words(Array(text.utf8), classOf) { String(decoding: $0, as: UTF8.self) }
    }
    return words(Array(text), classOf) { String($0) }
  }

  private static func classOf(_ byte: UInt8) -> Class {
    if byte.isSmall { return .small }
    if byte.isCapital { return .capital }
    return byte.isDigit ? .digit : .other
  }

  private static func classOf(_ character: Character) -> Class {
    if character.isNumber { return .digit }
    guard character.isLetter else { return .other }
    return character.isUppercase ? .capital : .small
  }

  /// A word begins after a separator, at a capital after a small letter, and at the last of several
  /// capitals when a small letter follows it. Digits belong to what stands before them.
  private static func words<Item>(
    _ items: [Item], _ classOf: (Item) -> Class, _ text: (ArraySlice<Item>) -> String
  ) -> [String] {
    var result: [String] = []
    var start = 0
    var before = Class.other
    func close(at end: Int) {
      if end > start { result.append(text(items[start..<end])) }
    }
    for (index, item) in items.enumerated() {
      switch classOf(item) {
      case .other:
        close(at: index)
        start = index + 1
        before = .other
      case .digit:
        break
      case .small:
        before = .small
      case .capital:
        let next = index + 1 < items.count ? classOf(items[index + 1]) : .other
        if before == .small || before == .capital && next == .small {
          close(at: index)
          start = index
        }
        before = .capital
      }
    }
    close(at: items.count)
    return result
  }
}
