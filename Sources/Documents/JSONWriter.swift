/// Writes JSON into bytes, a value at once or member by member: a record of a large project is one of
/// the longer texts that a run makes.
package struct JSONWriter: Sendable {
  private(set) var bytes: [UInt8] = []
  /// The containers that are open, outermost first, each as its kind and whether it holds something.
  /// (As bytes, whose arrays a program has anyway.)
  private var open: [UInt8] = []

  private static let widest = 98

  package enum Container: UInt8 {
    case object, array, row
  }

  private static let isFilled: UInt8 = 0x80

  package init() {}

  // MARK: Member by member

  /// Makes room for so many bytes.
  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// How many containers are open.
  package var depth: Int { open.count }

  /// How many bytes are written.
  package var count: Int { bytes.count }

  /// What was written from an offset on.
  package func written(from offset: Int) -> ArraySlice<UInt8> { bytes[offset...] }

  /// What was written since this was last asked for, which is not kept: a long text is handed on in
  /// parts.
  package mutating func taken() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  /// - Parameter key: nil in a list, and for the whole.
  package mutating func begin(_ container: Container, at key: String? = nil) {
    beginMember(at: key)
    open.append(container.rawValue)
    append(container == .array ? "[" : "{")
  }

  package mutating func write(_ key: String, _ value: JSON) { add(value, at: key) }

  /// An item of a list.
  package mutating func write(_ item: JSON) { add(item, at: nil) }

  private mutating func add(_ value: JSON, at key: String?) {
    let before = beginMember(at: key)
    if isInRow { writeCompact(value) } else { write(value, indentation: 2 * depth, before: before) }
  }

  /// Ends the container that was begun last.
  package mutating func end() {
    guard let last = open.popLast() else { return }
    let container = Container(rawValue: last & ~Self.isFilled)
    if last & Self.isFilled != 0 {
      if container == .row { append(" ") } else { endLine(2 * depth) }
    }
    append(container == .array ? "]" : "}")
  }

  /// What was written, with a line end. Nothing may be written afterwards.
  package mutating func finished() -> [UInt8] {
    append("\n")
    return bytes
  }

  private var isInRow: Bool {
    open.last.map { $0 & ~Self.isFilled == Container.row.rawValue } ?? false
  }

  /// - Returns: the columns that the key takes.
  @discardableResult
  private mutating func beginMember(at key: String?) -> Int {
    if let last = open.last {
      let isFirst = last & Self.isFilled == 0
      open[open.count - 1] = last | Self.isFilled
      if isInRow {
        append(isFirst ? " " : ", ")
      } else {
        beginItem(isFirst ? 0 : 1, 2 * depth)
      }
    }
    guard let key else { return 0 }
    let start = bytes.count
    writeQuoted(key)
    append(": ")
    return bytes.count - start
  }

  // MARK: At once

  /// - Parameter before: the columns that a key takes on the value's line.
  mutating func write(_ value: JSON, indentation: Int, before: Int) {
    if case .row = value { return writeCompact(value) }
    if value.isFlat {
      let start = bytes.count
      writeCompact(value)
      if indentation + before + bytes.count - start <= Self.widest { return }
      bytes.removeLast(bytes.count - start)
    }
    switch value {
    case .array(let items):
      append("[")
      for index in items.indices {
        beginItem(index, indentation + 2)
        write(items[index], indentation: indentation + 2, before: 0)
      }
      endLine(indentation)
      append("]")
    case .object(let members):
      append("{")
      for index in members.indices {
        beginItem(index, indentation + 2)
        let start = bytes.count
        writeQuoted(members[index].key)
        append(": ")
        write(members[index].value, indentation: indentation + 2, before: bytes.count - start)
      }
      endLine(indentation)
      append("}")
    default:
      writeCompact(value)
    }
  }

  private mutating func beginItem(_ index: Int, _ indentation: Int) {
    if index > 0 { append(",") }
    endLine(indentation)
  }

  private mutating func endLine(_ indentation: Int) {
    append("\n")
    for _ in 0..<indentation { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func writeCompact(_ value: JSON) {
    switch value {
    case .null: append("null")
    case .flag(true): append("true")
    case .flag(false): append("false")
    case .integer(let integer): bytes.append(contentsOf: String(integer).utf8)
    case .string(let string): writeQuoted(string)
    case .array(let items):
      append("[")
      for index in items.indices {
        if index > 0 { append(", ") }
        writeCompact(items[index])
      }
      append("]")
    case .object(let members), .row(let members):
      append(members.isEmpty ? "{" : "{ ")
      for index in members.indices {
        if index > 0 { append(", ") }
        writeQuoted(members[index].key)
        append(": ")
        writeCompact(members[index].value)
      }
      append(members.isEmpty ? "}" : " }")
    }
  }

  private mutating func writeQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts need no escape, and are copied as they are.
    let isWritten = text.utf8.withContiguousStorageIfAvailable { text in
      for byte in text
      where byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
      {
        return false
      }
      bytes.append(contentsOf: text)
      return true
    }
    if isWritten != true {
      for scalar in text.unicodeScalars { writeEscaped(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where scalar.isUnsafeToPrint:
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        append("\\u")
        bytes.append(contentsOf: (String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      }
    default:
      bytes.append(contentsOf: String(scalar).utf8)
    }
  }
}

extension JSON {
  /// Whether it holds no containers.
  fileprivate var isFlat: Bool {
    switch self {
    case .array(let items):
      for item in items where item.isContainer { return false }
    case .object(let members):
      for member in members where member.value.isContainer { return false }
    default: break
    }
    return true
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object, .row: true
    default: false
    }
  }
}
