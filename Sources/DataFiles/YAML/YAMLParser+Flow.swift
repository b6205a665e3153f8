import Documents

extension YAMLParser {
  /// Reads what stands in a line or in brackets: an alias, a scalar or a collection in brackets.
  ///
  /// - Parameter parent: the column of the block that a plain scalar is in; nil in brackets.
  mutating func parseScalarOrFlow(
    _ properties: YAMLProperties, parent: Int?
  ) throws(Diagnostic) -> DataNode {
    let start = offset
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try parseQuoted()
      return finished(.scalar(text, isQuoted: true), at: start, YAMLProperties())
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      _ = begin(properties)
      try open()
      defer { close() }
      let value = current == UInt8(ascii: "[") ? try parseFlowList() : try parseFlowMap()
      return finished(value, at: start, YAMLProperties())
    case UInt8(ascii: "*"):
      return try parseAlias(properties, inFlow: parent == nil)
    default:
      let text = try parsePlain(parent: parent)
      return finished(properties.value(ofPlain: text), at: start, YAMLProperties())
    }
  }

  private mutating func parseAlias(
    _ properties: YAMLProperties, inFlow: Bool
  ) throws(Diagnostic) -> DataNode {
    let start = offset
    guard properties.isEmpty else { throw fault("an alias has an anchor or a tag") }
    let name = try parseName(inFlow: inFlow)
    do throws(YAMLAliasFault) {
      return try anchors.node(named: name)
    } catch {
      throw fault(error.message(for: name), at: start)
    }
  }

  // MARK: Brackets

  private mutating func parseFlowList() throws(Diagnostic) -> DataNode.Value {
    let start = offset
    offset += 1
    var items: [DataNode] = []
    try skipFlowBlanks(of: start)
    while current != UInt8(ascii: "]") {
      items.append(try parseFlowItem())
      try endFlowEntry(of: start)
    }
    offset += 1
    return .list(items)
  }

  /// An item of a list: a node, or `key: value`, which is a map of one.
  private mutating func parseFlowItem() throws(Diagnostic) -> DataNode {
    let start = offset
    let line = lineStart
    let size = anchors.count
    var properties = YAMLProperties()
    let node = try parseFlowNode(&properties)
    skipBlanks()
    guard current == UInt8(ascii: ":"), lineStart == line else {
      return named(node, properties, since: size)
    }
    let key = try key(of: node, at: start, properties)
    var builder = YAMLMapBuilder()
    try add(key, try parseFlowValue(of: start), to: &builder)
    return finished(try finish(builder), at: start, YAMLProperties(), since: size)
  }

  private mutating func parseFlowMap() throws(Diagnostic) -> DataNode.Value {
    let start = offset
    offset += 1
    var builder = YAMLMapBuilder()
    try skipFlowBlanks(of: start)
    while current != UInt8(ascii: "}") {
      let (line, keyStart) = (lineStart, offset)
      var properties = YAMLProperties()
      let node = try parseFlowNode(&properties)
      let key = try key(of: node, at: keyStart, properties)
      skipBlanks()
      if current == UInt8(ascii: ":"), lineStart == line {
        try add(key, try parseFlowValue(of: start), to: &builder)
      } else {
        try add(key, finished(.null, at: key.offset, YAMLProperties()), to: &builder)
      }
      try endFlowEntry(of: start)
    }
    offset += 1
    return try finish(builder)
  }

  /// What stands behind the `:` at hand.
  private mutating func parseFlowValue(of bracket: Int) throws(Diagnostic) -> DataNode {
    let start = offset
    offset += 1
    try skipFlowBlanks(of: bracket)
    if isAtFlowEnd { return finished(.null, at: start, YAMLProperties()) }
    let size = anchors.count
    var properties = YAMLProperties()
    let node = try parseFlowNode(&properties)
    return named(node, properties, since: size)
  }

  private mutating func parseFlowNode(
    _ properties: inout YAMLProperties
  ) throws(Diagnostic) -> DataNode {
    let start = offset
    while isAtProperty {
      try parseProperty(into: &properties, inFlow: true)
      try skipFlowBlanks(of: start)
    }
    if !properties.isEmpty, isAtFlowEnd {
      return finished(properties.value(ofPlain: ""), at: start, YAMLProperties())
    }
    return try parseScalarOrFlow(properties, parent: nil)
  }

  private var isAtFlowEnd: Bool {
    current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
  }

  /// Goes over the comma behind an entry, which may be missing before the bracket that closes.
  private mutating func endFlowEntry(of bracket: Int) throws(Diagnostic) {
    try skipFlowBlanks(of: bracket)
    let closing = bytes[bracket] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
    if current == closing { return }
    guard current == UInt8(ascii: ",") else {
      throw fault("expected “,” or “\(Unicode.Scalar(closing))”")
    }
    offset += 1
    try skipFlowBlanks(of: bracket)
  }

  /// - Parameter bracket: the one that is open.
  private mutating func skipFlowBlanks(of bracket: Int) throws(Diagnostic) {
    while true {
      skipBlanks()
      skipComment()
      guard takeBreak() else { break }
      guard !isAtMarker else { throw fault("a bracket is never closed", at: bracket) }
    }
    guard offset < bytes.count else { throw fault("a bracket is never closed", at: bracket) }
  }
}
