import FileSystems
import FileTrees

/// What the files of a project hold, each read once.
struct ProjectContents {
  private let fileSystem: any ReadableFileSystem
  private var files: [RelativePath: File] = [:]
  private var left = Self.mostKept

  /// Larger files are compared by their blob ids alone, and so is what comes after so much. In bytes.
  private static let largestText = 1 << 20
  private static let mostKept = 64 << 20

  struct File {
    let blob: GitObjectID
    /// Nil of what is large.
    let text: [UInt8]?
    /// Hashes of lines, each as often as the line is there.
    fileprivate var lines: LineCounts?
    /// By the blob ids of what was compared with it.
    fileprivate var likenesses: [GitObjectID: Int] = [:]
  }

  init(_ fileSystem: any ReadableFileSystem) {
    self.fileSystem = fileSystem
  }

  /// - Returns: nil where there is no file that can be read.
  mutating func file(at path: RelativePath) -> File? {
    if let file = files[path] { return file }
    guard let (status, content) = try? fileSystem.load(path, upTo: Self.largestText),
      status.kind == .file
    else { return nil }
    let file: File
    if let content, content.count <= left {
      left -= content.count
      file = File(blob: GitObjectID(blob: content), text: content)
    } else {
      guard let blob = try? fileSystem.blob(of: path).id else { return nil }
      file = File(blob: blob, text: nil)
    }
    files[path] = file
    return file
  }

  /// How much of its lines a file that is there has in common with a text, from 0 to 1000.
  ///
  /// - Parameters:
  ///   - blob: the text's.
  ///   - text: asked for where that was not compared before.
  mutating func likeness(
    of path: RelativePath, to blob: GitObjectID, _ text: () -> [UInt8]?
  ) -> Int {
    guard var file = file(at: path), let own = file.text else { return 0 }
    if let known = file.likenesses[blob] { return known }
    let lines = file.lines ?? LineCounts(own)
    let likeness = text().map { lines.likeness(to: LineCounts($0)) } ?? 0
    file.lines = lines
    file.likenesses[blob] = likeness
    files[path] = file
    return likeness
  }
}

/// The lines of a text, by their hashes.
struct LineCounts {
  private var counts: [Int: Int] = [:]
  private var total = 0

  init(_ text: [UInt8]) {
    for line in text.split(separator: UInt8(ascii: "\n")) {
      var line = line
      // Indentation and line ends say less than words.
      while let last = line.last, Self.isBlank(last) { line.removeLast() }
      while let first = line.first, Self.isBlank(first) { line.removeFirst() }
      // One that says nothing is like any other.
      if line.count < 3 { continue }
      var hasher = Hasher()
      line.withUnsafeBytes { hasher.combine(bytes: $0) }
      counts[hasher.finalize(), default: 0] += 1
      total += 1
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  func likeness(to other: LineCounts) -> Int {
    let (few, many) = counts.count < other.counts.count ? (self, other) : (other, self)
    var shared = 0
    for (line, count) in few.counts { shared += min(count, many.counts[line] ?? 0) }
    return total + other.total == 0 ? 0 : 2000 * shared / (total + other.total)
  }
}
