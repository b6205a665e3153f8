import Documents

extension YAMLParser {
  /// Reads what stands behind an indicator or at the start of a document, and goes on to what comes
  /// next, which is the start of a text on its line.
  mutating func parseNode(_ place: YAMLPlace) throws(Diagnostic) -> DataNode {
    let start = offset
    var mayOpen = place.mayBeCompact
    // Those of earlier lines, and those of the line at hand: these are a key's, where one follows.
    var earlier = YAMLProperties()
    var properties = YAMLProperties()
    while true {
      // How far a tab leads is not known, so that nothing can be lined up behind one.
      if skipBlanks() { mayOpen = false }
      if isAtLineEnd {
        guard let joined = earlier.joined(with: properties) else {
          throw fault("a second anchor or tag for one value", at: properties.offset)
        }
        (earlier, properties) = (joined, YAMLProperties())
        try endLine()
        guard isInside(place) else {
          return finished(earlier.value(ofPlain: ""), at: start, earlier)
        }
        mayOpen = true
      } else if isAtProperty {
        try parseProperty(into: &properties, inFlow: false)
      } else {
        break
      }
    }
    return try parseContent(place, mayOpen: mayOpen, earlier: earlier, properties)
  }

  /// Whether what stands on a new line belongs to a node that has its place.
  private func isInside(_ place: YAMLPlace) -> Bool {
    if isAtEnd { return false }
    return column > place.parent
      || place.mayAlign && column == place.parent && isAtIndicator("-")
  }

  private mutating func parseContent(
    _ place: YAMLPlace, mayOpen: Bool, earlier: YAMLProperties, _ properties: YAMLProperties
  ) throws(Diagnostic) -> DataNode {
    let start = offset
    if isAtIndicator("-") || isAtIndicator("?") {
      guard mayOpen, properties.isEmpty else {
        throw fault("a list or a “? ” cannot begin on this line")
      }
      let size = begin(earlier)
      let value =
        current == UInt8(ascii: "-")
        ? try parseList(column: column) : try parseMap(column: column, first: nil)
      return finished(value, at: start, earlier, since: size)
    }
    if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
      let all = try joined(earlier, properties)
      let text = try parseBlockScalar(parent: place.parent)
      return finished(.scalar(text, isQuoted: true), at: start, all)
    }
    // What may turn out to be a key.
    let line = lineStart
    let first = properties.isEmpty ? start : properties.offset
    // An anchor of an earlier line is that of the map that begins here, if one does.
    let size = begin(earlier)
    let node = try parseScalarOrFlow(properties, parent: place.parent)
    skipBlanks()
    guard isAtIndicator(":") else {
      let all = try joined(earlier, properties)
      try checkEarlier(earlier, of: node, at: start)
      try endLine()
      return named(node, all, since: size)
    }
    guard lineStart == line else { throw severalLines() }
    guard mayOpen else {
      throw fault("a map cannot begin on this line; text with “: ” needs quotes")
    }
    let key = try self.key(of: node, at: start, properties)
    let value = try parseMap(column: first - line, first: key)
    return finished(value, at: first, earlier, since: size)
  }

  private func joined(
    _ earlier: YAMLProperties, _ properties: YAMLProperties
  ) throws(Diagnostic) -> YAMLProperties {
    guard let all = earlier.joined(with: properties) else {
      throw fault("a second anchor or tag for one value", at: properties.offset)
    }
    return all
  }

  /// Refuses what only properties of the same line can be for.
  private func checkEarlier(
    _ earlier: YAMLProperties, of node: DataNode, at start: Int
  ) throws(Diagnostic) {
    if earlier.isEmpty { return }
    if bytes[start] == UInt8(ascii: "*") {
      throw fault("an alias has an anchor or a tag", at: start)
    }
    if earlier.tag == nil { return }
    switch node.value {
    case .list, .map, .scalar(_, isQuoted: true): break
    case .null, .scalar: throw fault("a plain text stands on another line than its tag", at: start)
    }
  }

  /// That the `:` at hand stands behind a text of several lines.
  private func severalLines() -> Diagnostic {
    fault("a “:” behind several lines of text; are they indented well?")
  }

  // MARK: Lists

  private mutating func parseList(column list: Int) throws(Diagnostic) -> DataNode.Value {
    try open()
    defer { close() }
    var items: [DataNode] = []
    while !isAtEnd, column == list, isAtIndicator("-") {
      offset += 1
      items.append(
        try parseNode(YAMLPlace(parent: list, mayAlign: false, mayBeCompact: true)))
    }
    guard isAtEnd || column <= list else { throw unexpected() }
    return .list(items)
  }

  // MARK: Maps

  /// - Parameter first: the key in front of the `:` at hand; nil where the map begins with a `?`.
  private mutating func parseMap(
    column map: Int, first: YAMLKey?
  ) throws(Diagnostic) -> DataNode.Value {
    try open()
    defer { close() }
    var builder = YAMLMapBuilder()
    var next = first
    while true {
      if next == nil {
        guard !isAtEnd, column == map else { break }
      }
      let key: YAMLKey
      if let known = next {
        key = known
        next = nil
      } else {
        key = try parseKey(column: map)
      }
      let node: DataNode
      if key.hasValue {
        offset += 1
        node = try parseNode(
          YAMLPlace(parent: map, mayAlign: true, mayBeCompact: key.isExplicit))
      } else {
        node = finished(.null, at: key.offset, YAMLProperties())
      }
      try add(key, node, to: &builder)
    }
    guard isAtEnd || column < map else { throw unexpected() }
    return try finish(builder)
  }

  /// Reads a key, and stops at the `:` behind it; behind a `?` there may be none.
  private mutating func parseKey(column map: Int) throws(Diagnostic) -> YAMLKey {
    if isAtIndicator("?") {
      let start = offset
      offset += 1
      let node = try parseNode(YAMLPlace(parent: map, mayAlign: false, mayBeCompact: true))
      var key = try self.key(of: node, at: start, YAMLProperties())
      key.isExplicit = true
      if isAtEnd || column != map || !isAtIndicator(":") {
        guard isAtEnd || column <= map else { throw unexpected() }
        key.hasValue = false
      }
      return key
    }
    if isAtIndicator("-") { throw unexpected() }
    var properties = YAMLProperties()
    while isAtProperty {
      try parseProperty(into: &properties, inFlow: false)
      skipBlanks()
    }
    let (line, start) = (lineStart, offset)
    let node = try parseScalarOrFlow(properties, parent: map)
    skipBlanks()
    guard isAtIndicator(":") else { throw fault("expected “: ” behind a key") }
    guard lineStart == line else { throw severalLines() }
    return try key(of: node, at: start, properties)
  }
}
