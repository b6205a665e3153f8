import Documents

/// A tree as `tree` draws it, line by line: directories first, a note beside each path that has
/// one. The lines are text in pieces, so that whoever prints them may colour a piece.
package struct TreeDrawing: Sendable {
  package struct Line: Sendable {
    /// `│   ├── `
    package var branches: String
    /// A directory's ends with `/`.
    package var name: String
    package var isDirectory: Bool
    /// The directory that holds it; nil for the root.
    fileprivate var parent: RelativePath?
    /// What would happen to the file, or did.
    package var mark: String?
    /// What that is, for the looks of it.
    package var fate: TreeFate?
    /// The node's note; an empty directory says that it is one.
    package var note: String?
    /// What stands between the name and what follows it: blanks, or a line end and the branches below.
    package var gap: String

    /// Between a mark and a note.
    package var separator = Charset.unicode.separator

    /// Whether anything follows the name.
    package var isRemarked: Bool { mark != nil || note != nil }

    package var path: RelativePath {
      guard let parent else { return .root }
      let end = isDirectory ? name.utf8.dropLast().endIndex : name.endIndex
      return RelativePath(unchecked: String(name[..<end])).under(parent)
    }

    package var text: String {
      var text = ""
      write(to: &text)
      return text
    }

    fileprivate func write(to text: inout String) {
      text += branches
      text += name
      guard isRemarked else { return }
      text += gap
      text += "# "
      if let mark {
        text += mark
        if note != nil { text += separator }
      }
      text += note ?? ""
    }
  }

  package private(set) var lines: [Line] = []
  /// The columns that each line takes without its note.
  private var widths: [Int] = []
  /// Paths that no collapsed directory hides, with the directories above them.
  private var alwaysDrawn: Set<RelativePath> = []

  /// A longer name has its note behind it, and pushes no other away.
  static let mostBeforeNotes = 48

  /// The file that keeps a directory which must exist empty; alone it is not drawn.
  package static let keeper = ".gitkeep"

  /// - Parameters:
  ///   - title: the first line's name; a `/` is added.
  ///   - depth: how many levels are drawn; a directory below counts its files.
  ///   - always: paths that are drawn however deep they are.
  ///   - mark: what is set before a file's note, for example what would happen to it.
  package init(
    _ tree: FileTree, title: String, depth: Int = .max, always: [RelativePath] = [],
    mark: (FileTree.File) -> String? = { _ in nil }
  ) {
    for path in always {
      var path: RelativePath? = path
      while let present = path, !present.isRoot, alwaysDrawn.insert(present).inserted {
        path = present.parent
      }
    }
    append(
      Line(
        branches: "", name: title + "/", isDirectory: true, parent: nil, note: tree.root.note,
        gap: ""), level: 0)
    if !tree.root.isDrawnEmpty || !alwaysDrawn.isEmpty {
      draw(tree.root, at: .root, indentation: "", level: 1, depth: depth, mark: mark)
    }
    alignNotes()
  }

  /// How many levels of `tree` can be drawn in so many lines; 1 at least.
  package static func deepest(of tree: FileTree, in mostLines: Int) -> Int {
    var depth = 0
    var lines = 1
    var level = [tree.root]
    while true {
      var next: [FileTree.Directory] = []
      var count = 0
      for directory in level where !directory.isDrawnEmpty {
        count += directory.children.count
        for child in directory.children {
          if case .directory(let inner) = child.node { next.append(inner) }
        }
      }
      lines += count
      if count == 0 || lines > mostLines { return max(1, depth) }
      depth += 1
      level = next
    }
  }

  /// All lines, joined by line ends, without one at the end.
  package var text: String {
    var text = ""
    text.reserveCapacity(lines.count * 80)
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "\n" }
      line.write(to: &text)
    }
    return text
  }

  private mutating func draw(
    _ directory: FileTree.Directory, at path: RelativePath, indentation: String, level: Int,
    depth: Int, mark: (FileTree.File) -> String?
  ) {
    let children = directory.children
    var order = directory.drawingOrder
    if depth < 1 { order.removeAll { !isAlwaysDrawn(children[$0].name, in: path) } }
    let (branch, lastBranch) = (indentation + "├── ", indentation + "└── ")
    for (position, index) in order.enumerated() {
      let child = children[index]
      let isLast = position == order.count - 1
      let branches = isLast ? lastBranch : branch
      switch child.node {
      case .file(let file):
        append(
          Line(
            branches: branches, name: child.name, isDirectory: false, parent: path,
            mark: mark(file), note: file.note, gap: ""), level: level)
      case .directory(let inner):
        let isAlwaysDrawn = isAlwaysDrawn(child.name, in: path)
        let isEmpty = inner.isDrawnEmpty && !isAlwaysDrawn
        var note = inner.note
        if isEmpty { note = note.map { $0 + " (empty)" } ?? "(empty)" }
        if depth <= 1, !isEmpty {
          let count = inner.fileCount == 1 ? "1 file" : "\(inner.fileCount) files"
          note = note.map { "\($0) (\(count))" } ?? "(\(count))"
        }
        append(
          Line(
            branches: branches, name: child.name + "/", isDirectory: true, parent: path,
            note: note, gap: ""), level: level)
        if !isEmpty, depth > 1 || isAlwaysDrawn {
          draw(
            inner, at: RelativePath(unchecked: child.name).under(path),
            indentation: indentation + (isLast ? "    " : "│   "), level: level + 1,
            depth: max(depth - 1, 0), mark: mark)
        }
      }
    }
  }

  private func isAlwaysDrawn(_ name: String, in directory: RelativePath) -> Bool {
    !alwaysDrawn.isEmpty
      && alwaysDrawn.contains(RelativePath(unchecked: name).under(directory))
  }

  private mutating func append(_ line: Line, level: Int) {
    lines.append(line)
    widths.append(4 * level + line.name.cells)
  }

  /// Sets notes in one column, unless a name is so long that it would push all of them away.
  private mutating func alignNotes() {
    let widest = Self.mostBeforeNotes
    var column = 0
    for index in lines.indices where lines[index].isRemarked && widths[index] <= widest {
      column = max(column, widths[index])
    }
    for index in lines.indices where lines[index].isRemarked {
      let count = max(0, column - widths[index]) + 2
      lines[index].gap = String(unsafeUninitializedCapacity: count) { bytes in
        bytes.update(repeating: UInt8(ascii: " "))
        return count
      }
    }
  }
}

extension FileTree.Directory {
  /// Whether there is nothing but the file that keeps an empty directory.
  fileprivate var isDrawnEmpty: Bool {
    children.isEmpty || children.count == 1 && children[0].name == TreeDrawing.keeper
  }

  /// The indices of the children, directories first.
  fileprivate var drawingOrder: [Int] {
    var directories: [Int] = []
    var files: [Int] = []
    for index in children.indices {
      switch children[index].node {
      case .directory: directories.append(index)
      case .file: files.append(index)
      }
    }
    return directories + files
  }

  fileprivate var fileCount: Int {
    var count = 0
    for child in children {
      switch child.node {
      case .file: count += 1
      case .directory(let directory): count += directory.fileCount
      }
    }
    return count
  }
}
