/// A tree as `tree` draws it, line by line: directories first, a note beside each path that has
/// one. The lines are text in pieces, so that whoever prints them may colour a piece.
package struct TreeDrawing: Sendable {
  package struct Line: Sendable {
    /// `│   ├── `
    package var branches: String
    package var name: String
    package var isDirectory: Bool
    package var path: RelativePath
    /// The node's note; an empty directory says that it is one.
    package var note: String?
    /// The blanks between the name and the note.
    package var gap: String

    package var text: String {
      guard let note else { return branches + name }
      return branches + name + gap + "# " + note
    }
  }

  package private(set) var lines: [Line] = []

  /// The file that keeps a directory which must exist empty; alone it is not drawn.
  package static let keeper = ".gitkeep"

  /// - Parameters:
  ///   - title: the first line's name; a `/` is added.
  ///   - depth: how many levels are drawn; a directory below counts its files.
  ///   - mark: what is set before a note, for example what would happen to the file.
  package init<Leaf>(
    _ tree: FileTree<Leaf>, title: String, depth: Int = .max,
    mark: (RelativePath, FileTree<Leaf>.File) -> String? = { _, _ in nil }
  ) {
    lines.append(
      Line(
        branches: "", name: title + "/", isDirectory: true, path: .root, note: tree.root.note,
        gap: ""))
    draw(tree.root.drawn, at: .root, indentation: "", depth: depth, mark: mark)
    alignNotes()
  }

  /// How many levels of `tree` can be drawn in so many lines; 1 at least.
  package static func deepest<Leaf>(of tree: FileTree<Leaf>, in mostLines: Int) -> Int {
    var depth = 0
    var lines = 1
    var level = [tree.root]
    while true {
      let children = level.flatMap(\.drawn)
      lines += children.count
      if children.isEmpty || lines > mostLines { return max(1, depth) }
      depth += 1
      level = children.compactMap { child in
        if case .directory(let directory) = child.node { directory } else { nil }
      }
    }
  }

  /// All lines, joined by line ends, without one at the end.
  package var text: String {
    lines.map(\.text).joined(separator: "\n")
  }

  private mutating func draw<Leaf>(
    _ children: [FileTree<Leaf>.Child], at path: RelativePath, indentation: String, depth: Int,
    mark: (RelativePath, FileTree<Leaf>.File) -> String?
  ) {
    for (index, child) in children.enumerated() {
      let isLast = index == children.count - 1
      let childPath = RelativePath(unchecked: child.name).under(path)
      let branches = indentation + (isLast ? "└── " : "├── ")
      switch child.node {
      case .file(let file):
        let parts = [mark(childPath, file), file.note].compactMap(\.self)
        lines.append(
          Line(
            branches: branches, name: child.name, isDirectory: false, path: childPath,
            note: parts.isEmpty ? nil : parts.joined(separator: " · "), gap: ""))
      case .directory(let inner):
        let drawn = inner.drawn
        var note = inner.note
        if drawn.isEmpty { note = note.map { $0 + " (empty)" } ?? "(empty)" }
        if depth <= 1, !drawn.isEmpty {
          let count = inner.fileCount == 1 ? "1 file" : "\(inner.fileCount) files"
          note = note.map { "\($0) (\(count))" } ?? "(\(count))"
        }
        lines.append(
          Line(
            branches: branches, name: child.name + "/", isDirectory: true, path: childPath,
            note: note, gap: ""))
        if depth > 1 {
          draw(
            drawn, at: childPath, indentation: indentation + (isLast ? "    " : "│   "),
            depth: depth - 1, mark: mark)
        }
      }
    }
  }

  /// Sets notes in one column, unless a name is so long that it would push all of them away.
  private mutating func alignNotes() {
    let widest = 48
    let widths = lines.map { $0.branches.count + $0.name.count }
    let noted = zip(lines, widths).filter { line, width in line.note != nil && width <= widest }
    let column = noted.map(\.1).max() ?? 0
    for index in lines.indices where lines[index].note != nil {
      lines[index].gap = String(repeating: " ", count: max(0, column - widths[index]) + 2)
    }
  }
}

extension FileTree.Directory {
  /// Directories first; nothing where there is only the file that keeps an empty directory.
  fileprivate var drawn: [FileTree.Child] {
    if children.count == 1, children[0].name == TreeDrawing.keeper { return [] }
    let isDirectory = { (child: FileTree.Child) in
      if case .directory = child.node { true } else { false }
    }
    return children.filter(isDirectory) + children.filter { !isDirectory($0) }
  }

  fileprivate var fileCount: Int {
    children.reduce(0) { count, child in
      switch child.node {
      case .file: count + 1
      case .directory(let directory): count + directory.fileCount
      }
    }
  }
}
