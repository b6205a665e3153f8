import DataFiles
import Documents

/// What reading `text` gave: its values on a line, or the fault with its place in the file `f`.
func outcome(_ text: String, as format: DataFormat) -> String {
  outcome(Array(text.utf8), as: format)
}

func outcome(_ bytes: [UInt8], as format: DataFormat) -> String {
  do {
    let document = try DataDocument(parsing: bytes, as: format, file: "f")
    return document.documents.map(\.summary).joined(separator: " --- ")
  } catch {
    return "\(error.location?.description ?? "nowhere"): \(error.message)"
  }
}

extension DataNode {
  /// Plain scalars as they are, others in quotes, lists in brackets and maps in braces.
  var summary: String {
    switch value {
    case .null: "null"
    case .scalar(let text, isQuoted: false): text
    case .scalar(let text, isQuoted: true): JSON.string(text).pretty.dropLast().description
    case .list(let items): "[" + items.map(\.summary).joined(separator: ", ") + "]"
    case .map(let members):
      "{" + members.map { "\($0.key): \($0.node.summary)" }.joined(separator: ", ") + "}"
    }
  }

  /// `KEY@OFFSET` and `@OFFSET` of every key and value, in their order.
  var places: [String] {
    let children: [String] =
      switch value {
      case .null, .scalar: []
      case .list(let items): items.flatMap(\.places)
      case .map(let members): members.flatMap { ["\($0.key)@\($0.keyOffset)"] + $0.node.places }
      }
    return ["@\(offset)"] + children
  }
}
