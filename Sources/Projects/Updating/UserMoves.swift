import Documents
import FileSystems
import FileTrees
import Layouts

/// Looks among the files that no layout knows for those that the user has moved.
struct UserMoves {
  private let looking: Looking
  /// The paths that layouts have, and the directories that these are in.
  private let known: Set<RelativePath>
  /// With their sizes; nil until they are asked for.
  private var candidates: [(path: RelativePath, size: Int)]?

  /// More bytes of a file are not compared.
  static let mostRead = 1 << 20
  /// More files than this are not looked through.
  private static let mostLookedThrough = 20_000

  /// Whether a directory that may not be looked into ends it, since what is in there is not known.
  private let isComplete: Bool

  /// - Parameter known: the paths that layouts have.
  init(_ looking: Looking, known: Set<RelativePath>, isComplete: Bool = false) {
    self.looking = looking
    self.known = known.withDirectories
    self.isComplete = isComplete
  }

  /// Where the file is now; nil where it is not found, or several could be it.
  ///
  /// - Parameter content: what the layout had written; nil where nobody knows.
  mutating func place(
    of file: Record.File, content: [UInt8]?
  ) throws(TargetError) -> RelativePath? {
    let found = try places(of: file, size: content?.count)
    if !found.isEmpty { return found.count == 1 ? found[0] : nil }
    guard let content, !content.contains(0) else { return nil }
    return try mostAlike(candidates ?? [], file.path, content)
  }

  /// Where its very content is now.
  ///
  /// - Parameter size: in bytes; where nobody knows it, a file of another name is not looked at.
  mutating func places(
    of file: Record.File, size: Int?
  ) throws(TargetError) -> [RelativePath] {
    if candidates == nil { candidates = try findCandidates() }
    var found: [RelativePath] = []
    for candidate in candidates ?? [] where candidate.size == size ?? candidate.size {
      if size == nil, candidate.path.name != file.path.name { continue }
      if try looking.file(at: candidate.path).isFile(file.blob) { found.append(candidate.path) }
    }
    return found
  }

  /// The one candidate with the same ending that has at least half of the lines, and more than any
  /// other.
  private func mostAlike(
    _ all: [(path: RelativePath, size: Int)], _ path: RelativePath, _ content: [UInt8]
  ) throws(TargetError) -> RelativePath? {
    let ending = Self.ending(of: path)
    let lines = Self.lines(of: content)
    guard lines.count >= 2 else { return nil }
    var best: (path: RelativePath?, shared: Int) = (nil, lines.count / 2)
    for candidate in all
    where candidate.size <= Self.mostRead && Self.ending(of: candidate.path) == ending {
      guard let text = try? looking.contents(of: candidate.path, limit: Self.mostRead) else {
        continue
      }
      let shared = Self.lines(of: text).intersection(lines).count
      if shared > best.shared {
        best = (candidate.path, shared)
      } else if shared == best.shared {
        best.path = nil
      }
    }
    return best.path
  }

  /// Those that say something, each once.
  private static func lines(of text: [UInt8]) -> Set<ArraySlice<UInt8>> {
    Set(text.split(separator: UInt8(ascii: "\n")).filter { $0.count > 3 })
  }

  private static func ending(of path: RelativePath) -> String {
    path.name.dividedAtLast(".")?.behind ?? ""
  }

  /// Whether a directory of this name holds what nobody wrote.
  private static func isMadeByTools(_ name: String) -> Bool {
    name.begins(with: ".") || ToolDirectories.contains(name)
      || ["vendor", "target", "build", "dist"].contains(name)
  }

  private func findCandidates() throws(TargetError) -> [(path: RelativePath, size: Int)] {
    var found: [(path: RelativePath, size: Int)] = []
    var open: [RelativePath] = [.root]
    var left = Self.mostLookedThrough
    while let directory = open.popLast() {
      let names = try looking.names(in: directory)
      if names == nil, isComplete {
        let name = Printable.text(looking.target.displayName(of: directory))
        throw .refused("“\(name)” cannot be looked through")
      }
      for name in names ?? [] where left > 0 {
        left -= 1
        guard name != ".git", !Layout.isReserved(name), let path = try? directory.appending(name),
          let status = try looking.status(of: path)
        else { continue }
        switch status.kind {
        // What tools make is not looked through, unless the layout has something in it.
        case .directory where known.contains(path) || !Self.isMadeByTools(name):
          open.append(path)
        case .file where !known.contains(path): found.append((path, status.size))
        case .file, .directory, .link, .other: break
        }
      }
    }
    return found
  }
}

extension Set<RelativePath> {
  /// The paths, and all directories that they are in.
  var withDirectories: Set<RelativePath> {
    var result = self
    for path in self {
      var above = path.parent
      while let directory = above, result.insert(directory).inserted { above = directory.parent }
    }
    return result
  }
}
