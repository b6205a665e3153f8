import Documents
import FileTrees
import Templating

/// Where in the layout a file or a directory of the project comes from.
struct Origin {
  var path: RelativePath
  /// The path in the project with its placeholders, as it stands in the layers.
  var template: String
  var source: String
  var isDirectory: Bool
  var placement: LayerPlacement

  var layer: Manifest.Layer { placement.layer }
  var scope: Scope { placement.scope }

  /// Whether `other` is meant for the same path, whatever the values are: that is how a layer
  /// replaces what an earlier one has.
  func isMeantToBe(_ other: Origin) -> Bool {
    guard template == other.template else { return false }
    guard template.utf8.contains(UInt8(ascii: "<")) else { return true }
    return items == other.items
  }

  /// Which items of which lists the path speaks of.
  private var items: [Item] {
    layer.loops.filter { template.holdsWord($0.item) }.map { loop in
      var place = 0
      if case .integer(let index)? = scope[loop.item + "_INDEX"] { place = index }
      return Item(name: loop.item, list: loop.list, place: place)
    }
  }

  private struct Item: Equatable {
    var name: String
    var list: String
    var place: Int
  }
}

extension String {
  /// Whether `word` stands in the text, alone or as the beginning of a longer one.
  fileprivate func holdsWord(_ word: String) -> Bool {
    var rest = utf8[...]
    while let first = rest.first {
      if first == word.utf8.first, rest.starts(with: word.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

/// Two parts of a layout that get one path because of values.
struct Collision {
  let new: Origin
  let existing: Origin
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
    for origin in [new, existing] {
      let template = try? Template(
        parsing: Array(origin.template.utf8),
        at: SourceLocation(file: origin.source, line: 1, column: 1), in: .name,
        declarations: manifest.declarations.inLayer(origin.layer))
      for name in template?.names ?? [] {
        let loop = origin.layer.loops.first { loop in
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
