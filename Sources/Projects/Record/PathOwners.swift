import FileTrees

/// Which paths of a project belong to which of its layouts: a file is written and updated by one.
struct PathOwners {
  private var tree = FileTree()
  /// What the files of `tree` number.
  private var files: [Owner] = []

  struct Owner {
    /// The layout's name.
    let layout: String
    /// Where it has what is asked for, or what cannot be beside that.
    let file: Record.File
  }

  init(_ entries: [Record.Entry]) {
    for entry in entries {
      for file in entry.files {
        // Of two that cannot be beside each other the first counts.
        guard (try? tree.insertFile(leaf: files.count, at: file.path)) == nil else { continue }
        files.append(Owner(layout: entry.layout.name, file: file))
      }
    }
  }

  /// The owner of a file's path, or of one that collides with it where letter case or Unicode form is
  /// ignored, or that needs a directory there; nil where the path is free, which is taken from then on.
  mutating func claimFile(at path: RelativePath) -> Owner? {
    do {
      return try tree.insertFile(leaf: -1, at: path).flatMap { $0 < 0 ? nil : files[$0] }
    } catch {
      return owner(of: error.existing)
    }
  }

  /// As `claimFile`; a directory belongs to everybody who has something in it.
  mutating func claimDirectory(at path: RelativePath) -> Owner? {
    do {
      try tree.insertDirectory(at: path)
      return nil
    } catch {
      return owner(of: error.existing)
    }
  }

  /// Whether a layout has something below `path`.
  func hasDirectory(at path: RelativePath) -> Bool {
    guard case .directory(let directory)? = tree[path] else { return false }
    return directory.firstNumber != nil
  }

  private func owner(of path: RelativePath) -> Owner? {
    switch tree[path] {
    case .file(let file)?: file.leaf < 0 ? nil : files[file.leaf]
    case .directory(let directory)?: directory.firstNumber.map { files[$0] }
    case nil: nil
    }
  }
}

extension FileTree.Directory {
  /// The number of the first file that a layout has here.
  fileprivate var firstNumber: Int? {
    for child in children {
      switch child.node {
      case .file(let file) where file.leaf >= 0: return file.leaf
      case .file: continue
      case .directory(let directory):
        if let number = directory.firstNumber { return number }
      }
    }
    return nil
  }
}
