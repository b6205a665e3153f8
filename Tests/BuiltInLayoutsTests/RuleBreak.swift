import FileTrees
import Foundation
import TestSupport

/// A change of a generated project that breaks a rule of its layout, or that is one of the forms in
/// which people keep it: an entry of `RuleBreaks/LAYOUT.json`.
struct RuleBreak: Decodable, Sendable, CustomStringConvertible {
  /// Its id, without the layout.
  var rule: String
  /// Of the project; the defaults for what is not here.
  var answers: [String: String]?
  /// What is not there any more: a file, or with `/` at its end a directory.
  var remove: String?
  /// What is there besides, with `becomes` in it.
  var add: String?
  /// Where `text`, which is there once, or all that there is, becomes `becomes`.
  var file: String?
  var text: String?
  var becomes: String?
  /// What the rule finds then: paths, `@` for the line of the change, `@+1` for the one behind it.
  /// None, and the change is a form in which the rule is kept: no rule of the layout finds anything.
  var finds: [String]

  var description: String {
    let change = remove.map { "without \($0)" } ?? add.map { "with \($0)" } ?? file ?? ""
    return "\(rule): \(change) \(text ?? "") → \(becomes ?? "")"
  }

  struct Fault: Error {
    var message: String
  }

  static func all(of layout: String) throws -> [RuleBreak] {
    let text = try Repository.text(of: "Tests/BuiltInLayoutsTests/RuleBreaks/\(layout).json")
    return try JSONDecoder().decode([RuleBreak].self, from: Data(text.utf8))
  }

  /// The project once it is changed, and the places that the rule is to find.
  func applied(to project: [String: String]) throws -> (files: [String: String], places: [String]) {
    var files = project
    var line = 0
    if let remove {
      let gone = files.keys.filter {
        remove.hasSuffix("/") ? $0.hasPrefix(remove) : $0 == remove
      }
      if gone.isEmpty { throw Fault(message: "\(self): nothing of the name is there") }
      for path in gone { files[path] = nil }
    }
    if let add {
      if files[add] != nil { throw Fault(message: "\(self): it is there") }
      files[add] = becomes ?? ""
    }
    if let file {
      guard let content = files[file], let becomes else {
        throw Fault(message: "\(self): no such file, or nothing that it becomes")
      }
      let parts = text.map { content.components(separatedBy: $0) } ?? ["", ""]
      guard parts.count == 2 else {
        throw Fault(message: "\(self): the text is there \(parts.count - 1) times")
      }
      line = parts[0].utf8.count { $0 == UInt8(ascii: "\n") } + 1
      files[file] = parts[0] + becomes + parts[1]
    }
    let places = finds.map { find in
      guard let file, find.hasPrefix("@") else { return find }
      return "\(file):\(line + (Int(find.dropFirst()) ?? 0))"
    }
    return (files, places)
  }
}
