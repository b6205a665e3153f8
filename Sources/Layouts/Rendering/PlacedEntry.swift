import FileTrees
import Templating

/// Where in the layout a file or a directory of the project comes from.
struct PlacedEntry {
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
  func isMeantToBe(_ other: PlacedEntry) -> Bool {
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

extension PlacedEntry {
  /// Of a file at `path`.
  init(
    of placed: PlacedFile, at path: RelativePath, in layout: Layout, _ placement: LayerPlacement
  ) {
    let source = layout.folder.path(of: Int(placed.file))
    self.init(
      path: path, template: layout.manifest.projectPath(of: source, in: placement.layer),
      source: layout.folder.displayName(of: source), isDirectory: false, placement: placement)
  }
}

extension Manifest {
  /// Where a file of a layer goes in the project, with its placeholders.
  ///
  /// - Parameter path: below the layout's folder.
  func projectPath(of path: String, in layer: Layer) -> String {
    let names = path.dropping(layer.folder.string.utf8.count + 1).parts(between: "/").map { name in
      rename(of: name).map { renames[$0].to } ?? name
    }
    return (layer.destination.components + names).concatenated(by: "/")
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
