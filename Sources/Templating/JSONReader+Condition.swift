import Documents

extension JSONReader {
  /// A condition in a string; nil when there is none or it is faulty.
  package mutating func condition(_ node: JSONNode?, _ declarations: Declarations) -> Condition? {
    guard let node, let text = string(node, "a condition") else { return nil }
    if text.utf8.count > Condition.longest {
      complain("a condition may have at most \(Condition.longest) bytes", at: node)
      return nil
    }
    do {
      return try Condition(
        parsing: text, at: document.locationOfText(in: node), declarations: declarations)
    } catch {
      diagnostics.add(error.writtenInJSON)
      return nil
    }
  }
}
