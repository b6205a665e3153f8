/// Takes values out of a JSON document and collects a complaint, with its place, for each that is
/// not what it should be.
package struct JSONReader {
  package private(set) var document: JSONDocument
  package var diagnostics = Diagnostics()
  /// What is no fault, but probably not meant.
  package var warnings = Diagnostics()

  package init(_ document: JSONDocument) {
    self.document = document
  }

  /// The root of another text whose values stand for some of the document; nil, with a complaint,
  /// where it is none.
  package mutating func include(_ bytes: [UInt8], file: String) -> JSONNode? {
    do {
      return try document.include(bytes, file: file)
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  package mutating func complain(
    _ message: String, at node: JSONNode, help: String? = nil
  ) {
    diagnostics.add(Diagnostic(message, at: document.location(of: node), help: help))
  }

  /// The members of the object at `node`, by key. Complains about a value that is no object, a key
  /// that is not among `known` (with the nearest one), a key that stands twice, and each of
  /// `required` that is absent.
  package mutating func object(
    _ node: JSONNode, _ what: String, known: [String], required: [String] = []
  ) -> NamedValues<JSONNode>? {
    guard case .object(let members) = node.value else {
      complain("\(what) must be an object, not \(node.kind)", at: node)
      return nil
    }
    var result = NamedValues<JSONNode>()
    for member in members where !diagnostics.isFull {
      guard known.contains(member.key) else {
        let nearest = Suggestion.nearest(to: member.key, among: known)
        diagnostics.add(
          Diagnostic(
            "unknown key “\(member.key)” in \(what)",
            at: document.location(at: member.keyOffset),
            help: nearest.map { "did you mean “\($0)”?" }
              ?? "known keys: \(known.joined(separator: ", "))"))
        continue
      }
      if result[member.key] != nil {
        diagnostics.add(
          Diagnostic(
            "the key “\(member.key)” stands twice in \(what)",
            at: document.location(at: member.keyOffset)))
      }
      result[member.key] = member.value
    }
    for key in required where result[key] == nil {
      complain("\(what) lacks the key “\(key)”", at: node)
    }
    return result
  }

  /// The members of an object whose keys are free, in order; complains about one that stands twice.
  ///
  /// - Parameter most: as many there may be.
  package mutating func members(
    _ node: JSONNode?, _ what: String, upTo most: Int = .max
  ) -> [JSONMember] {
    guard let node else { return [] }
    guard case .object(let members) = node.value else {
      complain("\(what) must be an object, not \(node.kind)", at: node)
      return []
    }
    if members.count > most {
      complain("\(what) may have at most \(most) members, and has \(members.count)", at: node)
      return []
    }
    var seen = Set<String>(minimumCapacity: members.count)
    for member in members where !seen.insert(member.key).inserted {
      diagnostics.add(
        Diagnostic(
          "the key “\(member.key)” stands twice in \(what)",
          at: document.location(at: member.keyOffset)))
    }
    return members
  }

  /// - Parameter most: as many there may be.
  package mutating func items(
    _ node: JSONNode?, _ what: String, upTo most: Int = .max
  ) -> [JSONNode] {
    guard let node else { return [] }
    guard case .array(let items) = node.value else {
      complain("\(what) must be a list, not \(node.kind)", at: node)
      return []
    }
    if items.count > most {
      complain("\(what) may have at most \(most) items, and has \(items.count)", at: node)
      return []
    }
    return items
  }

  package mutating func string(_ node: JSONNode?, _ what: String) -> String? {
    guard let node else { return nil }
    guard case .string(let text) = node.value else {
      complain("\(what) must be a string, not \(node.kind)", at: node)
      return nil
    }
    return text
  }

  package mutating func strings(
    _ node: JSONNode?, _ what: String, upTo most: Int = .max
  ) -> [String] {
    items(node, what, upTo: most).compactMap { string($0, "an item of \(what)") }
  }

  package mutating func flag(_ node: JSONNode?, _ what: String) -> Bool? {
    guard let node else { return nil }
    guard case .flag(let flag) = node.value else {
      complain("\(what) must be true or false, not \(node.kind)", at: node)
      return nil
    }
    return flag
  }

  package mutating func integer(_ node: JSONNode?, _ what: String) -> Int? {
    guard let node else { return nil }
    guard case .integer(let integer) = node.value else {
      complain("\(what) must be an integer, not \(node.kind)", at: node)
      return nil
    }
    return integer
  }
}
