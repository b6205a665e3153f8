import Documents

/// One line of text and the place in it where typing goes. Moves by what readers take for one
/// character.
struct LineEditor: Equatable, Sendable {
  private(set) var characters: [Character]
  /// Before the character of this index.
  private(set) var cursor: Int

  init(_ text: String = "", cursor: Int? = nil) {
    characters = Array(text)
    self.cursor = min(cursor ?? characters.count, characters.count)
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }
  var isAtStart: Bool { cursor == 0 }
  var isAtEnd: Bool { cursor == characters.count }

  /// What stands before the cursor, and what stands behind it.
  var parts: (before: String, behind: String) {
    (String(characters[..<cursor]), String(characters[cursor...]))
  }

  mutating func insert(_ inserted: String) {
    let (before, behind) = parts
    // What is typed may join what stands beside it: a combining mark, the half of a flag.
    let place = (before + inserted).unicodeScalars.count
    characters = Array(before + inserted + behind)
    var passed = 0
    cursor = 0
    while cursor < characters.count, passed < place {
      passed += characters[cursor].unicodeScalars.count
      cursor += 1
    }
  }

  /// - Returns: whether it is a key that edits or moves; what else it may mean is for others.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .scalar(let scalar): insert(String(Character(scalar)))
    case .paste(let text): insert(Self.oneLine(text))
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace: remove(max(0, cursor - 1)..<cursor)
    // Of nothing it is the end of input.
    case .control("d") where isEmpty: return false
    case .delete, .control("d"): remove(cursor..<min(characters.count, cursor + 1))
    case .deleteWord, .control("w"): remove(wordStart..<cursor)
    case .control("u"): remove(0..<cursor)
    case .control("k"): remove(cursor..<characters.count)
    default: return false
    }
    return true
  }

  /// Blanks stand for line ends within what is pasted, and none for those around it.
  private static func oneLine(_ text: String) -> String {
    var lines = text.parts(between: "\n")
    while lines.count > 1, lines.last == "" { lines.removeLast() }
    while lines.count > 1, lines.first == "" { lines.removeFirst() }
    return lines.concatenated(by: " ")
  }

  private mutating func remove(_ range: Range<Int>) {
    // What stood apart may become one character: it is all read again.
    self = Self(String(characters[..<range.lowerBound]))
      .appending(String(characters[range.upperBound...]))
  }

  private func appending(_ behind: String) -> Self {
    var editor = self
    editor.characters = Array(text + behind)
    editor.cursor = min(cursor, editor.characters.count)
    return editor
  }

  private var wordStart: Int {
    var index = cursor
    while index > 0, characters[index - 1] == " " { index -= 1 }
    while index > 0, characters[index - 1] != " " { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    var index = cursor
    while index < characters.count, characters[index] == " " { index += 1 }
    while index < characters.count, characters[index] != " " { index += 1 }
    return index
  }
}
