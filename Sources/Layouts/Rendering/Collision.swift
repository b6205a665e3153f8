import Documents
import FileTrees
import Templating

/// Two parts of a layout that get one path because of values.
struct Collision {
  let new: PlacedEntry
  let existing: PlacedEntry
  let manifest: Manifest

  /// Nil where two directories are one for words that the layout itself lists: whoever wrote it saw
  /// them.
  var diagnostic: Diagnostic? {
    let causes = causes
    if new.isDirectory, !causes.isEmpty, causes.allSatisfy(\.kind.isChosen) { return nil }
    if new.source == existing.source { return repetition(causes) }
    let names = causes.map(\.name).concatenated(by: " and ")
    let values = causes.isEmpty ? "" : ", because of the value of \(names)"
    let effect = new.isDirectory ? "would become one with" : "would replace"
    return Diagnostic(
      "\(new.source): “\(new.path)” \(effect) that of \(existing.source)\(values)",
      help: causes.isEmpty
        ? nil
        : "give another value with "
          + causes.map { "--\($0.optionName)" }.concatenated(by: " or ")
          + "; “refuse” in layout.json keeps values out")
  }

  /// One part of a layer, for two of its items.
  private func repetition(_ causes: [Variable]) -> Diagnostic {
    let message = "\(new.source): “\(new.path)” is written more than once by the same layer"
    guard
      let list = causes.first(where: { variable in
        new.layer.loops.contains { $0.list == variable.name }
      })
    else {
      return Diagnostic(
        message, help: "a file of a layer with “each” needs the item in its path")
    }
    let forms = forms.map { "\"\($0)\"" }.concatenated(by: ", ")
    return Diagnostic(
      "\(message): two items of \(list.name) give it",
      help: forms.isEmpty
        ? "give other items with --\(list.optionName)"
        : "give items with --\(list.optionName) that differ in this form too; in layout.json,"
          + " \"unique\": [\(forms)] asks for that")
  }

  /// The variables that the two paths depend on.
  private var causes: [Variable] {
    var result: [Variable] = []
    for entry in [new, existing] {
      let template = try? Template(
        parsing: Array(entry.template.utf8),
        at: SourceLocation(file: entry.source, line: 1, column: 1), in: .name,
        declarations: manifest.declarations.inLayer(entry.layer))
      for name in template?.names ?? [] {
        let loop = entry.layer.loops.first { loop in
          name == loop.item || name.utf8.starts(with: (loop.item + "_").utf8)
        }
        guard let variable = manifest.variable(named: loop?.list ?? name),
          !result.contains(where: { $0.name == variable.name })
        else { continue }
        result.append(variable)
      }
    }
    return result
  }

  /// The filters of the path that make a form of a text.
  private var forms: [String] {
    new.template.split(whereSeparator: { "|><".contains($0) }).map(String.init)
      .filter { Filters.form($0) != nil }
  }
}

extension Variable.Kind {
  /// Whether its values are words that the layout lists.
  fileprivate var isChosen: Bool {
    switch self {
    case .choice, .choices, .flag: true
    case .text, .name, .identifier, .integer, .port, .list: false
    }
  }
}
