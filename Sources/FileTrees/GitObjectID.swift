import SHA1

/// The name that git gives to a content (a blob) or to a folder (a tree): a SHA-1 over its bytes.
///
/// With it a file of a project can be found in the project's git history, and a layout in the
/// history of the repository that it came from: `git rev-parse HEAD:Templates/NAME` is the
/// digest of a built-in layout.
package struct GitObjectID: Hashable, Sendable, CustomStringConvertible {
  private let digest: Digest

  /// 160 bits, the first word first.
  private struct Digest: Hashable, Sendable {
    var a, b, c, d, e: UInt32
  }

  package init(blob content: [UInt8]) {
    self.init("blob", content)
  }

  private init(_ type: StaticString, _ content: [UInt8]) {
    var hash = Hash(type, size: content.count)
    content.withUnsafeBytes { hash.append($0) }
    digest = hash.finished()
  }

  /// Works out the id of a content that comes in pieces.
  package struct BlobHash {
    private var hash: Hash
    private var missing: Int

    /// - Parameter size: of the whole content, in bytes.
    package init(size: Int) {
      missing = size
      hash = Hash("blob", size: size)
    }

    package mutating func append(_ piece: UnsafeRawBufferPointer) {
      missing -= piece.count
      hash.append(piece)
    }

    /// Nil when the pieces were not of the size that was told.
    package var id: GitObjectID? {
      guard missing == 0 else { return nil }
      var hash = hash
      return GitObjectID(digest: hash.finished())
    }
  }

  /// A hash that has taken in what git has before a content.
  private struct Hash {
    private var hash = sha1_hash()

    init(_ type: StaticString, size: Int) {
      sha1_start(&hash)
      sha1_append(&hash, type.utf8Start, type.utf8CodeUnitCount)
      var text = " \(size)\0"
      text.withUTF8 { sha1_append(&hash, $0.baseAddress, $0.count) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
      sha1_append(&hash, bytes.baseAddress, bytes.count)
    }

    /// Nothing can be appended afterwards.
    mutating func finished() -> Digest {
      sha1_finish(&hash)
      let (a, b, c, d, e) = hash.state
      return Digest(a: a, b: b, c: c, d: d, e: e)
    }
  }

  private init(digest: Digest) {
    self.digest = digest
  }

  /// - Parameter hexadecimal: 40 hexadecimal digits.
  package init?(hexadecimal: String) {
    guard hexadecimal.utf8.count == 40 else { return nil }
    var digest = Digest(a: 0, b: 0, c: 0, d: 0, e: 0)
    for digit in hexadecimal.utf8 {
      guard let value = Self.value(of: digit) else { return nil }
      digest.a = digest.a << 4 | digest.b >> 28
      digest.b = digest.b << 4 | digest.c >> 28
      digest.c = digest.c << 4 | digest.d >> 28
      digest.d = digest.d << 4 | digest.e >> 28
      digest.e = digest.e << 4 | value
    }
    self.digest = digest
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// The 20 bytes.
  private var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in words {
      for shift: UInt32 in [24, 16, 8, 0] {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }

  private var words: [UInt32] { [digest.a, digest.b, digest.c, digest.d, digest.e] }

  /// The tree object of a folder. Directories without files are left out, as git does.
  ///
  /// - Parameter blob: content and executable bit of the file with a number.
  package init(
    tree: FileTree.Directory, blob: (Int) -> (id: GitObjectID, isExecutable: Bool)
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
    String(unsafeUninitializedCapacity: 40) { text in
      var index = 0
      for word in words {
        for shift in stride(from: UInt32(28), through: 0, by: -4) {
          let value = UInt8(truncatingIfNeeded: word >> shift & 15)
          text[index] = value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
          index += 1
        }
      }
      return 40
    }
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
