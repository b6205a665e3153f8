import TestSupport

@testable import Documents

extension JSON {
  /// The value on one line.
  var compact: String {
    var writer = JSONWriter()
    writer.writeCompact(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Parses `text` as a file named `f`.
func parsed(_ text: String) throws(Diagnostic) -> JSONNode {
  try JSONDocument(parsing: Array(text.utf8), file: "f").root
}

/// What `bytes` hold, written on one line, or `f:LINE:COLUMN: message` of what is wrong with them.
func outcome(_ bytes: [UInt8]) -> String {
  do throws(Diagnostic) {
    return try JSONDocument(parsing: bytes, file: "f").root.written.compact
  } catch {
    return described(error)
  }
}

func outcome(_ text: String) -> String {
  outcome(Array(text.utf8))
}

extension JSONNode {
  /// The value as one that can be written; a decimal number becomes a string.
  var written: JSON {
    switch value {
    case .null: .null
    case .flag(let flag): .flag(flag)
    case .integer(let integer): .integer(integer)
    case .decimal(let text): .string("decimal " + text)
    case .string(let text): .string(text)
    case .array(let items): .array(items.map(\.written))
    case .object(let members):
      .object(members.map { JSON.Member($0.key, $0.value.written) })
    }
  }
}
