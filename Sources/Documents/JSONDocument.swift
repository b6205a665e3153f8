/// A parsed JSON text that knows where each value stands.
package struct JSONDocument: Sendable {
  package let file: String
  package let bytes: [UInt8]
  package let root: JSONNode
  private let lines: LineIndex
  /// Texts that belong to this one, each with the offset from which on offsets are its own.
  private var included: [(start: Int, document: JSONDocument)] = []

  /// Parses JSON with comments (`//`, `/* */`) and trailing commas.
  ///
  /// - Throws: the first fault of syntax, since those after it are mostly its echoes.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    var parser = JSONParser(bytes: bytes, file: file)
    root = try parser.parseDocument()
    self.file = file
    self.bytes = bytes
    lines = LineIndex(of: bytes)
  }

  /// Parses another text whose values stand for some of this one, and are told by their own places.
  ///
  /// - Returns: its root, with offsets of this document.
  package mutating func include(
    _ bytes: [UInt8], file: String
  ) throws(Diagnostic) -> JSONNode {
    let document = try JSONDocument(parsing: bytes, file: file)
    let (start, last) = included.last.map { ($0.start, $0.document) } ?? (0, self)
    included.append((start + last.bytes.count + 1, document))
    return document.root.moved(by: start + last.bytes.count + 1)
  }

  package func location(at offset: Int) -> SourceLocation {
    if let other = included.last(where: { $0.start <= offset }) {
      return other.document.location(at: offset - other.start)
    }
    return lines.location(at: offset, in: file)
  }

  package func location(of node: JSONNode) -> SourceLocation {
    location(at: node.offset)
  }

  /// Where the text of a string begins, behind its quote.
  package func locationOfText(in node: JSONNode) -> SourceLocation {
    location(at: node.offset + 1)
  }
}

/// A value and the offset of its first byte.
package struct JSONNode: Sendable {
  package enum Value: Sendable {
    case null
    case flag(Bool)
    case integer(Int)
    /// A number that is no `Int`, as it is written.
    case decimal(String)
    case string(String)
    case array([JSONNode])
    /// In the order of the text; a key may stand twice.
    case object([JSONMember])
  }

  package var value: Value
  package var offset: Int

  package init(value: Value, offset: Int) {
    self.value = value
    self.offset = offset
  }

  fileprivate func moved(by distance: Int) -> JSONNode {
    var node = self
    node.offset += distance
    switch value {
    case .array(let items): node.value = .array(items.map { $0.moved(by: distance) })
    case .object(let members):
      node.value = .object(
        members.map { member in
          JSONMember(
            key: member.key, keyOffset: member.keyOffset + distance,
            value: member.value.moved(by: distance))
        })
    case .null, .flag, .integer, .decimal, .string: break
    }
    return node
  }

  /// What a complaint calls a value of this kind: “a string”.
  package var kind: String {
    switch value {
    case .null: "null"
    case .flag: "a flag"
    case .integer: "an integer"
    case .decimal: "a decimal number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

package struct JSONMember: Sendable {
  package var key: String
  package var keyOffset: Int
  package var value: JSONNode
}
