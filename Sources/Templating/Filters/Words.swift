/// The words of a name or title, however they are run together: `my-app`, `my_app`, `my app`,
/// `my.app`, `myApp` and `MYApp` all have two.
enum Words {
  private enum Class {
    case small, capital, digit, other
  }

  /// Names of one word whose capitals look like the beginning of another.
  private static let mixed: [StaticString] = [
    "DynamoDB", "FastAPI", "GitHub", "GitLab", "GraphQL", "IPv4", "IPv6", "JavaScript", "LaTeX",
    "MongoDB", "MySQL", "NoSQL", "OAuth", "OpenAPI", "OpenID", "PostgreSQL", "SQLite", "SaaS",
    "TypeScript", "WebSocket", "YouTube", "eBay", "iCloud", "iOS", "iPad", "iPadOS", "iPhone",
    "macOS",
    "tvOS", "watchOS",
  ]

  /// The words with their letters as they are; everything but letters and digits separates.
  static func split(_ text: String) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return words(Array(text.utf8), classOf, { $0 }) { String(decoding: $0, as: UTF8.self) }
    }
    return words(Array(text), classOf, { $0.asciiValue ?? 0 }) { String($0) }
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
  /// capitals when a small letter follows it. Digits belong to what stands before them, and so does
  /// the lone `s` of `PDFs`; the `v2` of `APIv2` is a word.
  ///
  /// - Parameter byteOf: an item's ASCII code, 0 where it has none.
  private static func words<Item>(
    _ items: [Item], _ classOf: (Item) -> Class, _ byteOf: (Item) -> UInt8,
    _ text: (ArraySlice<Item>) -> String
  ) -> [String] {
    var result: [String] = []
    var start = 0
    var before = Class.other
    func classAt(_ index: Int) -> Class {
      index < items.count ? classOf(items[index]) : .other
    }
    func close(at end: Int) {
      if end > start { result.append(text(items[start..<end])) }
      start = end
    }
    /// The end of the name of `mixed` that begins at `index`.
    func mixedEnd(_ index: Int) -> Int? {
      for name in mixed {
        let end = index + name.utf8CodeUnitCount
        guard end <= items.count, classAt(end) != .small, name.utf8Start[0] == byteOf(items[index])
        else { continue }
        let isName = (0..<name.utf8CodeUnitCount).allSatisfy {
          name.utf8Start[$0] == byteOf(items[index + $0])
        }
        if isName { return end }
      }
      return nil
    }
    /// Whether the small letter at `index` makes a plural of the capitals before it.
    func isPluralMark(_ index: Int) -> Bool {
      index < items.count && byteOf(items[index]) == UInt8(ascii: "s")
        && classAt(index + 1) != .small
    }
    func isVersionMark(_ index: Int) -> Bool {
      index < items.count && byteOf(items[index]) == UInt8(ascii: "v")
        && classAt(index + 1) == .digit
    }
    var index = 0
    while index < items.count {
      let found = classAt(index)
      switch found {
      case .other:
        close(at: index)
        start = index + 1
        before = .other
      case .digit:
        break
      case .small where before == .capital && isVersionMark(index) && index - start > 1:
        close(at: index)
        before = .small
      case .small:
        before = .small
      case .capital:
        let isAcronym = before == .capital
        let endsAcronym = isPluralMark(index + 1) || isVersionMark(index + 1)
        if before == .small || isAcronym && classAt(index + 1) == .small && !endsAcronym {
          close(at: index)
        }
        before = .capital
      }
      if start == index, let end = mixedEnd(index) {
        index = end
        before = .small  // a capital begins the next word
      } else {
        index += 1
      }
    }
    close(at: items.count)
    return result
  }
}
