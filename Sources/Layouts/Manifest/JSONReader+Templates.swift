import Documents
import Templating

/// What a manifest writes in the language of templates.
extension JSONReader {
  /// A template of one line in a string; nil when there is none or it is faulty.
  mutating func template(
    _ node: JSONNode?, _ what: String, _ declarations: Declarations
  ) -> Template? {
    guard let node, let text = string(node, what) else { return nil }
    if let fault = NameRules.fault(inText: text) { complain("\(what) \(fault)", at: node) }
    do {
      return try Template(
        parsing: Array(text.utf8), at: document.locationOfText(in: node),
        declarations: declarations, warnings: &warnings)
    } catch {
      diagnostics.add(error.writtenInJSON)
      return nil
    }
  }
}
