/// The name that git gives to a content (a blob) or to a folder (a tree): a SHA-1 over its bytes.
///
/// With it a file of a project can be found in the project's git history, and a layout in the
/// history of the repository that it came from: `git rev-parse HEAD:Templates/NAME` is the
/// digest of a built-in layout.
package struct GitObjectID: Hashable, Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  private init(_ type: String, _ content: [UInt8]) {
    bytes = SHA1.digest(of: Array("\(type) \(content.count)\0".utf8), content)
  }

  package init(blob content: [UInt8]) {
    self.init("blob", content)
  }

  /// - Parameter hexadecimal: 40 hexadecimal digits.
  package init?(hexadecimal: String) {
    let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 40, hexadecimal.utf8.count == 40 else { return nil }
    bytes = stride(from: 0, to: 40, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// The tree object of a folder. Directories without files are left out, as git does.
  ///
  /// - Parameter blob: content and executable bit of a file.
  package init<Leaf>(
    tree: FileTree<Leaf>.Directory, blob: (Leaf) -> (id: GitObjectID, isExecutable: Bool)
  ) {
    var entries: [(sortKey: String, line: [UInt8])] = []
    for child in tree.children {
      switch child.node {
      case .file(let file):
        let (id, isExecutable) = blob(file.leaf)
        let mode = isExecutable ? "100755" : "100644"
        entries.append((child.name, Array("\(mode) \(child.name)\0".utf8) + id.bytes))
      case .directory(let directory):
        guard directory.holdsFiles else { continue }
        let id = GitObjectID(tree: directory, blob: blob)
        entries.append((child.name + "/", Array("40000 \(child.name)\0".utf8) + id.bytes))
      }
    }
    entries.sort { $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8) }
    self.init("tree", entries.flatMap(\.line))
  }

  /// The 40 hexadecimal digits.
  package var description: String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = Self.digit(byte >> 4)
        text[2 * index + 1] = Self.digit(byte & 15)
      }
      return 2 * bytes.count
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }
}

extension FileTree.Directory {
  fileprivate var holdsFiles: Bool {
    children.contains { child in
      switch child.node {
      case .file: true
      case .directory(let directory): directory.holdsFiles
      }
    }
  }
}
