import Documents

/// What a JSON text holds, as a data file's values.
enum JSONData {
  static func parse(_ bytes: [UInt8], file: String) throws(Diagnostic) -> DataNode {
    let document = try JSONDocument(parsing: bytes, file: file)
    return try node(of: document.root, in: document)
  }

  private static func node(
    of node: JSONNode, in document: JSONDocument
  ) throws(Diagnostic) -> DataNode {
    let value: DataNode.Value
    switch node.value {
    case .null: value = .null
    case .flag(let flag): value = .scalar(flag ? "true" : "false", isQuoted: false)
    case .integer, .decimal:
      value = .scalar(number(at: node.offset, in: document.bytes), isQuoted: false)
    case .string(let text): value = .scalar(text, isQuoted: true)
    case .array(let items):
      var list: [DataNode] = []
      list.reserveCapacity(items.count)
      for item in items { list.append(try self.node(of: item, in: document)) }
      value = .list(list)
    case .object(let members):
      var map = MapBuilder()
      for member in members {
        let known = map.add(
          member.key, at: member.keyOffset, try self.node(of: member.value, in: document))
        guard known == nil else {
          throw Diagnostic(
            "the key “\(member.key)” stands twice", at: document.location(at: member.keyOffset))
        }
      }
      value = .map(map.members)
    }
    return DataNode(value, at: node.offset)
  }

  /// A number as it is written: `1.50` is not `1.5`, and `-0` is not `0`.
  private static func number(at start: Int, in bytes: [UInt8]) -> String {
    var end = start
    while end < bytes.count, isOfNumber(bytes[end]) { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
