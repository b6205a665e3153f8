import Documents
import FileSystems
import FileTrees
import Projects

/// The DIRECTORY of a command line: where it leads on the disk.
struct DirectoryArgument {
  /// As it was given, without trailing slashes.
  let argument: String

  init(_ argument: String) {
    self.argument = argument.droppingTrailing("/")
  }

  /// The target's last component, under its real name for `.` and `..`.
  var name: String {
    let last = Self.lastComponent(of: argument)
    guard Self.isDots(last) || last.isEmpty else { return last }
    return realName ?? last
  }

  /// The name of the directory that is there, without the links on the way; nil when none is.
  var realName: String? {
    UserPath.resolved(argument).map(Self.lastComponent)
  }

  /// The components of the path without links, of what is there and of what is to be made below it;
  /// none where it is not known.
  var realComponents: [String] {
    var (base, absent) = (argument, [String]())
    while true {
      if let resolved = UserPath.resolved(base) {
        return resolved.parts(between: "/").filter { !$0.isEmpty } + absent
      }
      let last = Self.lastComponent(of: base)
      if base == "/" || base == "." || Self.isDots(last) { return [] }
      absent.insert(last, at: 0)
      base = Self.parent(of: base)
    }
  }

  /// How many of the components lead to the git repository, or worktree, that holds the directory;
  /// nil where none does.
  static func repository(around components: [String]) -> Int? {
    (0...components.count).reversed().first { count in
      UserPath.isThere("/" + (components[..<count] + [".git"]).concatenated(by: "/"))
    }
  }

  /// What `cd` takes to get there, as text for a command. One that begins with a dash is an option
  /// of `cd`, one with a plus a place in the stack of zsh, unless a directory stands before it.
  var nameForCommands: String {
    argument.begins(with: "-") || argument.begins(with: "+") ? "./" + argument : argument
  }

  /// The existing target, or the nearest directory above an absent one.
  ///
  /// - Throws: that something on the way is no directory, or cannot be entered.
  func locate() throws(TargetError) -> Target {
    var base = argument
    var absent: [String] = []
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
    let found: FileStatus?
    do {
      found = try UserPath.status(of: path, followsLast: false)
    } catch {
      // Something above it is no directory: that is what to complain of.
      if error.isBelowNoDirectory { return try kind(of: Self.parent(of: path), isTarget: false) }
      throw refusal(path, error)
    }
    guard var status = found else { return .absent }
    if status.kind == .link {
      if isTarget { throw Self.link(path) }
      status = try end(ofLink: path)
    }
    guard status.kind == .directory else {
      throw .refused(
        "“\(Printable.text(path))” is there and is not a directory", help: Self.otherDirectory)
    }
    return .directory
  }

  private func end(ofLink path: String) throws(TargetError) -> FileStatus {
    let end: FileStatus?
    do {
      end = try UserPath.status(of: path, followsLast: true)
    } catch {
      throw refusal(path, error)
    }
    guard let end else {
      throw .refused(
        "“\(Printable.text(path))” is a link that leads nowhere", help: Self.otherDirectory)
    }
    return end
  }

  private func target(_ base: String, _ absent: [String]) throws(TargetError) -> Target {
    let path: RelativePath
    do {
      path = absent.isEmpty ? .root : try RelativePath(validating: absent.concatenated(by: "/"))
    } catch {
      throw .refused("\(error)", help: help(for: error))
    }
    do throws(FileSystemError) {
      let fileSystem = try opened(base, isTarget: absent.isEmpty)
      return Target(
        fileSystem: fileSystem, path: path, displayName: argument,
        above: DirectoriesAbove(argument).opened)
    } catch {
      // A link may have been put there since it was looked at.
      if absent.isEmpty, error.isBlockedOnTheWay { throw Self.link(base) }
      throw refusal(base, error)
    }
  }

  /// The user's word is where `.` and `..` lead, and what is above an absent target.
  private func opened(_ base: String, isTarget: Bool) throws(FileSystemError) -> LocalFileSystem {
    guard isTarget, !Self.isDots(Self.lastComponent(of: base)) else {
      return try LocalFileSystem(opening: base)
    }
    return try LocalFileSystem(openingNoLink: base)
  }

  // MARK: Complaints

  private static let otherDirectory = "choose another directory"

  private static func link(_ path: String) -> TargetError {
    .refused("“\(Printable.text(path))” is a link", help: "name the directory that it leads to")
  }

  private func refusal(_ path: String, _ error: FileSystemError) -> TargetError {
    .refused("“\(Printable.text(path))”: \(error.reason)", help: Self.otherDirectory)
  }

  private func help(for error: any Error) -> String {
    if argument.begins(with: "~") {
      return "a shell replaces “~” where it is not quoted; write $HOME in its place"
    }
    return Self.otherDirectory
  }

  // MARK: Components

  private static func isDots(_ component: String) -> Bool {
    component == "." || component == ".."
  }

  private static func lastComponent(of path: String) -> String {
    path.dividedAtLast("/")?.behind ?? path
  }

  private static func parent(of path: String) -> String {
    guard let (before, _) = path.dividedAtLast("/") else { return "." }
    return before.isEmpty ? "/" : before.droppingTrailing("/")
  }
}
