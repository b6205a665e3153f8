/// Writes JSON into bytes: a record of a large project is one of the longer texts that a run makes.
struct JSONWriter {
  var bytes: [UInt8] = []

  private static let widest = 98

  /// - Parameter before: the columns that a key takes on the value's line.
  mutating func write(_ value: JSON, indentation: Int, before: Int) {
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
