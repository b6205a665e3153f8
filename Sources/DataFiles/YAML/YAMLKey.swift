import Documents

/// A key of a map, in front of its `:`.
struct YAMLKey {
  var text: String
  var offset: Int
  /// `<<`, whose value gives members to the map.
  var isMerge: Bool
  /// Whether it stands behind a `?`.
  var isExplicit = false
  /// Whether a `:` follows.
  var hasValue = true
}

/// A map that is being read.
struct YAMLMapBuilder {
  var map = MapBuilder()
  /// What `<<` names, the first of which wins; nil where there is no `<<`.
  var merged: [DataNode]?
}

extension YAMLParser {
  /// - Parameters:
  ///   - place: where the key begins; an alias has another place than what it names.
  ///   - properties: those of the key.
  mutating func key(
    of node: DataNode, at place: Int, _ properties: YAMLProperties
  ) throws(Diagnostic) -> YAMLKey {
    let key: YAMLKey
    switch node.value {
    case .scalar(let text, let isQuoted):
      key = YAMLKey(text: text, offset: place, isMerge: !isQuoted && text == "<<")
    case .null:
      key = YAMLKey(text: wordOfNull(at: node.offset), offset: place, isMerge: false)
    case .list, .map:
      throw fault(
        "a list or a map cannot be a key; a “{{ … }}” of a template needs quotes", at: place)
    }
    guard properties.tag == nil || !key.isMerge else {
      throw fault("a tag for the key “<<”", at: place)
    }
    if let anchor = properties.anchor { anchors.close(anchor, node, size: 1) }
    return key
  }

  /// As a key the word is nothing but a text: `~` or `null`, as it is written.
  private func wordOfNull(at start: Int) -> String {
    if byte(at: start) == UInt8(ascii: "~") { return "~" }
    var end = start
    while (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte(at: end) | 0x20) { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  mutating func add(
    _ key: YAMLKey, _ node: DataNode, to builder: inout YAMLMapBuilder
  ) throws(Diagnostic) {
    guard key.isMerge else {
      guard builder.map.add(key.text, at: key.offset, node) == nil else {
        throw fault("the key “\(key.text)” stands twice", at: key.offset)
      }
      return
    }
    guard builder.merged == nil else { throw fault("the key “<<” stands twice", at: key.offset) }
    switch node.value {
    case .map: builder.merged = [node]
    case .list(let items) where items.allSatisfy(\.isMap): builder.merged = items
    case .list, .scalar, .null:
      throw fault("“<<” takes a map or a list of maps", at: key.offset)
    }
  }

  /// The members that the map has itself, and behind them those that it is given.
  mutating func finish(_ builder: YAMLMapBuilder) throws(Diagnostic) -> DataNode.Value {
    var map = builder.map
    for source in builder.merged ?? [] {
      guard case .map(let members) = source.value else { continue }
      for member in members { _ = map.add(member.key, at: member.keyOffset, member.node) }
    }
    return .map(map.members)
  }

  // MARK: Nodes

  /// Makes a node, which is counted, and named where it has an anchor.
  ///
  /// - Parameter size: of the document, before the node.
  mutating func finished(
    _ value: DataNode.Value, at offset: Int, _ properties: YAMLProperties, since size: Int? = nil
  ) -> DataNode {
    let size = size ?? anchors.count
    anchors.countNode()
    return named(DataNode(value, at: offset), properties, since: size)
  }

  mutating func named(
    _ node: DataNode, _ properties: YAMLProperties, since size: Int
  ) -> DataNode {
    if let anchor = properties.anchor { anchors.close(anchor, node, size: anchors.count - size) }
    return node
  }

  /// Begins a collection that may have an anchor.
  ///
  /// - Returns: the size of the document before it.
  mutating func begin(_ properties: YAMLProperties) -> Int {
    if let anchor = properties.anchor { anchors.open(anchor) }
    return anchors.count
  }
}

extension DataNode {
  fileprivate var isMap: Bool {
    if case .map = value { true } else { false }
  }
}
