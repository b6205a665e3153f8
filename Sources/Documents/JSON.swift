/// A JSON value to be written.
package indirect enum JSON: Hashable, Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The value indented by two spaces a level, with a line end after the last line. Containers
  /// without containers inside stay on one line where they fit into 100 columns.
  package var pretty: String {
    var text = ""
    write(to: &text, indentation: 0, before: 0)
    text += "\n"
    return text
  }

  /// The value on one line.
  package var compact: String {
    var text = ""
    writeCompact(to: &text)
    return text
  }

  private func write(to text: inout String, indentation: Int, before: Int) {
    if isFlat {
      var line = ""
      writeCompact(to: &line)
      if indentation + before + line.utf8.count <= 98 {
        text += line
        return
      }
    }
    let blanks = String(repeating: " ", count: indentation + 2)
    let end = "\n" + String(repeating: " ", count: indentation)
    switch self {
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + blanks
        item.write(to: &text, indentation: indentation + 2, before: 0)
      }
      text += end + "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + blanks
        let key = Self.quoted(member.key)
        text += key + ": "
        member.value.write(
          to: &text, indentation: indentation + 2, before: key.utf8.count + 2)
      }
      text += end + "}"
    default:
      writeCompact(to: &text)
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  private var isFlat: Bool {
    switch self {
    case .array(let items): !items.contains(where: \.isContainer)
    case .object(let members): !members.contains { $0.value.isContainer }
    default: true
    }
  }

  private func writeCompact(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .integer(let integer): text += String(integer)
    case .string(let string): text += Self.quoted(string)
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", " }
        item.writeCompact(to: &text)
      }
      text += "]"
    case .object(let members):
      text += members.isEmpty ? "{" : "{ "
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        text += Self.quoted(member.key) + ": "
        member.value.writeCompact(to: &text)
      }
      text += members.isEmpty ? "}" : " }"
    }
  }

  /// `text` as a JSON string. Control and bidirectional characters are escaped, so that what is
  /// printed is what is read.
  package static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain { return "\"\(text)\"" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value >= 0x20, scalar.value < 0x7F {
          result.unicodeScalars.append(scalar)
        } else if scalar.isUnsafeToPrint {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension Unicode.Scalar {
  /// Whether printing it could change what a reader sees of the text around it: control
  /// characters, bidirectional controls, line separators.
  package var isUnsafeToPrint: Bool {
    if value < 0x20 || value == 0x7F { return true }
    if value < 0x80 { return false }
    return properties.generalCategory == .control || properties.isBidiControl
      || value == 0x2028 || value == 0x2029
  }
}
