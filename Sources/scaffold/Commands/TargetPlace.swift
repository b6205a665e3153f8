import Documents
import FileSystems
import FileTrees
import Projects

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The DIRECTORY of a command line: where it leads on the disk.
struct TargetPlace {
  /// As it was given, without trailing slashes.
  let argument: String

  init(_ argument: String) {
    var argument = argument[...]
    while argument.count > 1, argument.hasSuffix("/") { argument.removeLast() }
    self.argument = String(argument)
  }

  /// The target's last component, under its real name for `.` and `..`.
  var name: String {
    let last = Self.lastComponent(of: argument)
    guard last == "." || last == ".." || last.isEmpty else { return last }
    return realName ?? last
  }

  /// The name of the directory that is there, without the links on the way; nil when none is.
  var realName: String? {
    guard let resolved = realpath(argument, nil) else { return nil }
    defer { free(resolved) }
    return Self.lastComponent(of: String(cString: resolved))
  }

  /// What `cd` takes to get there, as text for a command; one that begins with a dash needs a
  /// directory before it.
  var nameForCommands: String {
    argument.hasPrefix("-") ? "./" + argument : argument
  }

  /// The existing target, or the nearest directory above an absent one.
  ///
  /// - Throws: that something on the way is no directory, or cannot be entered.
  func locate() throws(TargetError) -> Target {
    var base = argument
    var absent: [String] = []
    if base.isEmpty { throw .refused("DIRECTORY is empty", help: "“.” is the current directory") }
    while true {
      switch try kind(of: base, isTarget: absent.isEmpty) {
      case .directory:
        return try target(base, absent)
      case .absent:
        absent.insert(Self.lastComponent(of: base), at: 0)
        base = Self.parent(of: base)
      }
    }
  }

  private enum Kind {
    case directory
    case absent
  }

  /// A link may lead to a directory above the target; the target itself is never one.
  private func kind(of path: String, isTarget: Bool) throws(TargetError) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return .absent }
      throw .refused("“\(Printable.text(path))”: \(String(cString: strerror(errno)))")
    }
    if isTarget, status.st_mode & S_IFMT == S_IFLNK {
      throw .refused(
        "“\(Printable.text(path))” is a link", help: "name the directory that it leads to")
    }
    guard stat(path, &status) == 0 else {
      throw .refused("“\(Printable.text(path))”: \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .refused(
        "“\(Printable.text(path))” is there and is not a directory",
        help: "choose another directory")
    }
    return .directory
  }

  private func target(_ base: String, _ absent: [String]) throws(TargetError) -> Target {
    let path: RelativePath
    do {
      path = absent.isEmpty ? .root : try RelativePath(validating: absent.concatenated(by: "/"))
    } catch {
      throw .refused("\(error)", help: "choose another directory")
    }
    do {
      return Target(
        fileSystem: try LocalFileSystem(opening: base), path: path, displayName: argument)
    } catch {
      throw .refused("“\(Printable.text(base))”: \(error.message)")
    }
  }

  private static func lastComponent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  private static func parent(of path: String) -> String {
    guard var slash = path.lastIndex(of: "/") else { return "." }
    while slash > path.startIndex, path[path.index(before: slash)] == "/" {
      slash = path.index(before: slash)
    }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
