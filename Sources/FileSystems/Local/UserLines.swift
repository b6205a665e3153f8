import CLibrary
import FileTrees

/// The lines of a file that the user names, one after the other: those of a pipe as they come.
package struct UserLines {
  private let path: String
  private let file: ReadableFile
  private let longest: Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 14)
  /// What was read of `buffer`, and not taken.
  private var rest = 0..<0
  private var isAtEnd = false

  /// - Parameters:
  ///   - path: “-” is standard input.
  ///   - longest: the bytes of a line.
  /// - Throws: an error whose `givenName` is `path`.
  package init(of path: String, longest: Int) throws(FileSystemError) {
    self.path = path
    self.longest = longest
    file = ReadableFile(descriptor: try UserFile.opened(path), status: stat())
  }

  /// Without its end; nil behind the last one.
  ///
  /// - Throws: `EFBIG` for one that is too long.
  package mutating func next() throws(FileSystemError) -> [UInt8]? {
    do {
      return try line()
    } catch {
      throw FileSystemError(.read, .root, error.code, givenName: path)
    }
  }

  private mutating func line() throws(SystemError) -> [UInt8]? {
    var line: [UInt8] = []
    var isLine = false
    while true {
      if rest.isEmpty, !isAtEnd {
        rest = 0..<(try file.read(into: &buffer))
        isAtEnd = rest.isEmpty
      }
      if rest.isEmpty { return isLine ? line : nil }
      isLine = true
      let end = buffer[rest].firstIndex(of: UInt8(ascii: "\n"))
      line += buffer[rest.lowerBound..<(end ?? rest.upperBound)]
      if line.count > longest { throw .fileTooLarge }
      rest = (end.map { $0 + 1 } ?? rest.upperBound)..<rest.upperBound
      if end != nil { return line }
    }
  }
}
