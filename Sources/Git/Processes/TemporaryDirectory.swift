import FileSystems
import FileTrees
import Processes

/// A new directory that is for this user alone. Whoever makes one removes it.
struct TemporaryDirectory {
  let path: String
  private let parent: LocalFileSystem
  private let name: RelativePath
  private let files: any FileSystem

  init(_ environment: Environment) throws(GitError) {
    let given = environment["TMPDIR"] ?? ""
    let place = given.utf8.first == UInt8(ascii: "/") ? given : "/tmp"
    do {
      parent = try LocalFileSystem(opening: place)
      name = try Self.newDirectory(in: parent)
      files = try parent.directory(at: name)
    } catch {
      throw GitError(error, in: place)
    }
    path = "\(place)/\(name)"
  }

  private static func newDirectory(in parent: LocalFileSystem) throws(FileSystemError)
    -> RelativePath
  {
    while true {
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      let name = path("scaffold-git-\(digits)")
      do {
        try parent.createDirectory(name, .exactly(0o700))
        return name
      } catch {
        if error.code != SystemError.alreadyExists.code { throw error }
      }
    }
  }

  /// - Parameter name: one of ours, which breaks no rule.
  private static func path(_ name: String) -> RelativePath {
    (try? RelativePath(validating: name)) ?? .root
  }

  func makeDirectory(_ name: String) throws(GitError) {
    do {
      try files.createDirectory(Self.path(name))
    } catch {
      throw GitError(error, in: path)
    }
  }

  func write(_ content: [UInt8], to name: String) throws(GitError) {
    do {
      try files.createFile(Self.path(name), .private, .bytes(content))
    } catch {
      throw GitError(error, in: path)
    }
  }

  func contents(of name: String) throws(GitError) -> [UInt8] {
    do {
      return try files.contents(of: Self.path(name))
    } catch {
      throw GitError(error, in: path)
    }
  }

  /// A file that cannot be removed now goes with the directory, or stays.
  func remove(_ name: String) {
    try? files.remove(Self.path(name))
  }

  /// What cannot be removed is nobody's loss.
  func remove() {
    try? parent.removeTree(name)
  }
}
