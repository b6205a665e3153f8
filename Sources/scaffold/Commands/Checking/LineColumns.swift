import FileSystems
import FileTrees
import Rules

/// The columns of findings as editors count them, in UTF-16 units; findings count bytes. Where a line
/// is ASCII up to there, both are the same.
struct LineColumns {
  private let fileSystem: any FileSystem
  /// Findings come file by file, and in each line by line.
  private var latest: File?

  private struct File {
    let path: RelativePath
    let content: [UInt8]
    /// A line, and where it begins.
    var line = 1
    var start = 0

    /// - Returns: whether there is such a line.
    mutating func move(to line: Int) -> Bool {
      if line < self.line { (self.line, start) = (1, 0) }
      while self.line < line {
        guard let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) else { return false }
        (self.line, start) = (self.line + 1, end + 1)
      }
      return true
    }
  }

  /// In bytes; of a larger file no column is told.
  private static let largest = 16 << 20

  init(in fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
  }

  /// Nil where the finding has none, or its line cannot be read any more.
  mutating func column(of finding: Finding) -> Int? {
    guard let line = finding.line, let column = finding.column else { return nil }
    if column <= 1 { return column }
    if latest?.path != finding.path {
      latest = (try? fileSystem.contents(of: finding.path, limit: Self.largest))
        .map { File(path: finding.path, content: $0) }
    }
    guard latest?.move(to: line) == true, let file = latest else { return nil }
    let before = file.content[file.start...].prefix(column - 1)
    guard before.count == column - 1 else { return nil }
    return String(decoding: before, as: UTF8.self).utf16.count + 1
  }
}
