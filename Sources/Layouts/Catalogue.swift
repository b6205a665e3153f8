import Documents
import FileSystems
import FileTrees

/// The one way from a reference to a layout: the layouts of the binary, and folders.
package struct Catalogue: Sendable {
  private let builtIn: [EmbeddedLayout]
  private let open: Opener

  /// Opens the folder at a path as the user wrote it.
  package typealias Opener = @Sendable (String) throws(FileSystemError) -> any ReadableFileSystem

  package init(
    builtIn: [EmbeddedLayout],
    opening open: @escaping Opener = { (path) throws(FileSystemError) in
      try LocalFileSystem(opening: path)
    }
  ) {
    self.builtIn = builtIn
    self.open = open
  }

  /// Of the layouts in the binary.
  package var names: [String] { builtIn.map(\.name) }

  /// What a list shows of a layout.
  package struct Summary: Sendable {
    package var name: String
    package var summary: String
  }

  /// One of each layout in the binary, in the order of the names.
  package var summaries: [Summary] {
    builtIn.map { Summary(name: $0.name, summary: $0.summary) }
  }

  /// - Parameter budget: pays for reading a folder.
  /// - Throws: `LayoutError`: there is none, or its manifest or names are at fault; what the files of a
  ///   folder hold is checked where it is read.
  package func layout(
    _ reference: LayoutReference, within budget: Budget = Budget()
  ) throws(LayoutError) -> Layout {
    switch reference {
    case .builtIn(let name):
      guard let layout = layout(builtIn: name) else { throw .absent(unknown(name)) }
      return layout
    case .folder(let path):
      return try layout(in: path, within: budget)
    }
  }

  package func layout(builtIn name: String) -> Layout? {
    builtIn.first { $0.name == name }.map(Layout.init(embedded:))
  }

  /// Whether there is such a layout, as far as can be told without reading it.
  package func has(_ reference: LayoutReference) -> Bool {
    switch reference {
    case .builtIn(let name):
      return builtIn.contains { $0.name == name }
    case .folder(let path):
      guard let folder = try? open(path),
        let manifest = try? RelativePath.root.appending(Manifest.fileName)
      else { return false }
      return (try? folder.status(of: manifest)) != nil
    }
  }

  /// The name of a layout in the binary that `text` is like.
  package func name(near text: String) -> String? {
    Suggestion.nearest(to: text, among: names)
  }

  private func layout(
    in path: String, within budget: Budget
  ) throws(LayoutError) -> Layout {
    let folder: any ReadableFileSystem
    do {
      folder = try open(path)
    } catch {
      throw .absent(
        Diagnostic(
          "there is no layout in “\(Printable.text(path))”: \(error.message)",
          help: "“scaffold list” shows the built-in layouts"))
    }
    do {
      return try Layout(scanning: folder, name: path, within: budget) {
        () throws(FileSystemError) in try open(path + "/..")
      }
    } catch {
      throw .faulty(error)
    }
  }

  private func unknown(_ name: String) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, among: names)
    return Diagnostic(
      "unknown layout “\(Printable.text(name))”",
      help: (nearest.map { "did you mean “\($0)”? " } ?? "")
        + "“scaffold list” shows the layouts; a layout in a folder is named with a “/”, as in"
        + " “./\(Printable.text(name))”")
  }
}

/// Why a reference leads to no layout.
package enum LayoutError: Error, Sendable {
  /// There is none of that name, or at that place.
  case absent(Diagnostic)
  /// Every fault of the layout.
  case faulty(Diagnostics)
}
