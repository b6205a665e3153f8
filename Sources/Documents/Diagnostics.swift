/// Every complaint about one input, reported together. Of one kind only the first are kept, and the
/// number of the others: whoever has made one mistake three hundred times reads of it once.
package struct Diagnostics: Error, Sendable {
  /// Those that are kept, at most `mostOfAKind` of one kind.
  package private(set) var all: [Diagnostic] = []
  /// How many of each kind are kept, and how many are not.
  private var kept = NamedValues<Int>()
  private var omitted = NamedValues<Int>()
  /// Whether there are no more than these, however many they are.
  package var isExhaustive = false
  /// How many there were, those that are not kept among them.
  package private(set) var count = 0

  /// So many complaints of a kind are told one by one.
  package static let mostOfAKind = 20
  /// Whoever collects this many stops looking for more.
  package static let most = 1000

  package init(_ all: [Diagnostic] = []) {
    for diagnostic in all { add(diagnostic) }
  }

  package init(_ one: Diagnostic) {
    add(one)
  }

  package var isEmpty: Bool { all.isEmpty }

  /// Whether there are so many that nobody needs more.
  package var isFull: Bool { count >= Self.most }

  package mutating func add(_ diagnostic: Diagnostic) {
    let kind = diagnostic.kind
    let before = kept[kind] ?? 0
    if before < Self.mostOfAKind {
      all.append(diagnostic)
      kept[kind] = before + 1
    } else {
      omitted[kind] = (omitted[kind] ?? 0) + 1
    }
    count += 1
  }

  package mutating func add(_ others: Diagnostics) {
    for diagnostic in others.all { add(diagnostic) }
    for (kind, count) in others.omitted.items {
      omitted[kind] = (omitted[kind] ?? 0) + count
      self.count += count
    }
  }

  /// Puts what to do next below the last complaint.
  package mutating func advise(_ help: String) {
    guard !all.isEmpty else { return }
    all[all.count - 1].help = help
  }

  /// These complaints, each changed by `change` to one of the same kind.
  package func map(_ change: (Diagnostic) -> Diagnostic) -> Diagnostics {
    var result = self
    result.all = all.map(change)
    return result
  }

  /// With help that can be copied into a string of JSON: quotes and backslashes escaped.
  package var writtenInJSON: Diagnostics {
    map { diagnostic in
      var result = diagnostic
      result.help = diagnostic.help.map { help in
        String(
          String.UnicodeScalarView(
            help.unicodeScalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }))
      }
      return result
    }
  }

  /// Throws all that was collected, in order of place; returns when there was nothing.
  package func throwIfAny() throws(Diagnostics) {
    guard !isEmpty else { return }
    throw sorted()
  }

  /// By file, line and column, each once; complaints without a place keep their order, first.
  package func sorted() -> Diagnostics {
    func key(_ diagnostic: Diagnostic) -> (String, Int, Int) {
      guard let place = diagnostic.location else { return ("", 0, 0) }
      return (place.file, place.line, place.column)
    }
    var result = self
    var seen: Set<Diagnostic> = []
    let distinct = all.filter { seen.insert($0).inserted }
    result.count -= all.count - distinct.count
    result.all = distinct.enumerated().sorted { left, right in
      let (leftKey, rightKey) = (key(left.element), key(right.element))
      return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
    }.map(\.element)
    return result
  }

  // MARK: Telling

  /// What is to be told: the complaints, and after the last one of a kind how many more there were.
  package var told: [Diagnostic] {
    if count == all.count { return all }
    var result: [Diagnostic] = []
    for (index, diagnostic) in all.enumerated() {
      let kind = diagnostic.kind
      let omitted = omitted[kind] ?? 0
      guard omitted > 0, !all[(index + 1)...].contains(where: { $0.kind == kind }) else {
        result.append(diagnostic)
        continue
      }
      var last = diagnostic
      var rest = Diagnostic("… and \(omitted) more of this kind")
      // Advice that stands once is for all of them, and stands last.
      if !all[..<index].contains(where: { $0.kind == kind && $0.help != nil }) {
        (rest.help, last.help) = (last.help, nil)
      }
      result += [last, rest]
    }
    if isFull, !isExhaustive {
      result.append(Diagnostic("there are \(Self.most) faults; no more were looked for"))
    }
    return result
  }
}

extension Diagnostic {
  /// What it has in common with others: its words, without the names, numbers and paths in it.
  var kind: String {
    var words: [UInt8] = []
    // Where the word at hand began, and whether it is a path.
    var (start, isPath) = (0, false)
    var text = message.utf8[...]
    var quotes = 0
    func endWord() {
      if isPath { words.removeSubrange(start...) }
      (start, isPath) = (words.count, false)
    }
    while let byte = text.popFirst() {
      if byte == 0xE2, text.first == 0x80 {
        // “ and ”
        if text.dropFirst().first == 0x9C { quotes += 1 }
        if text.dropFirst().first == 0x9D { quotes = max(0, quotes - 1) }
      }
      guard quotes == 0 else { continue }
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): words.append(byte)
      // What stands before a colon is a place or a name.
      case UInt8(ascii: ":") where text.first == UInt8(ascii: " "):
        words = []
        (start, isPath) = (0, false)
      case UInt8(ascii: "/"): isPath = true
      case UInt8(ascii: " "): endWord()
      default: break
      }
    }
    endWord()
    return String(decoding: words, as: UTF8.self)
  }
}
