import Documents
import FileSystems
import FileTrees

/// The layouts that `--layout NAME` can mean.
package struct Catalogue: Sendable {
  private let layouts: [EmbeddedLayout]

  package init(builtIn layouts: [EmbeddedLayout]) {
    self.layouts = layouts
  }

  package var names: [String] { layouts.map(\.name) }

  /// What a list shows of a layout.
  package struct Summary: Sendable {
    package var name: String
    package var summary: String
  }

  /// One of each layout, in the order of the names.
  package var summaries: [Summary] {
    layouts.map { Summary(name: $0.name, summary: $0.summary) }
  }

  /// Nil when there is no such layout.
  package func layout(named name: String) -> Layout? {
    layouts.first { $0.name == name }.map(Layout.init(embedded:))
  }

  /// What to say of a name that is not in the catalogue.
  package func unknown(_ name: String) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: names)
    return Diagnostic(
      "unknown layout “\(Printable.text(name))”",
      help: (nearest.map { "did you mean “\($0)”? " } ?? "")
        + "“scaffold list” shows the layouts; a layout in a folder is named with a “/”, as in"
        + " “./\(Printable.text(name))”")
  }
}
