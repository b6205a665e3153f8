import Documents
import FileSystems
import FileTrees

/// The files whose mode the disk did not keep, where that matters.
struct KeptModes {
  private var readable: [RelativePath] = []
  private var unrunnable: [RelativePath] = []

  /// - Parameter file: where the file is that was just made for `path`.
  mutating func look(
    at file: RelativePath, for path: RelativePath, _ permissions: Permissions,
    in fileSystem: any FileSystem
  ) throws(FileSystemError) {
    let (isPrivate, isProgram) =
      switch permissions {
      case .regular, .exactly: (false, false)
      case .executable: (false, true)
      case .private: (true, false)
      case .privateExecutable: (true, true)
      }
    guard isPrivate || isProgram, let status = try fileSystem.status(of: file) else { return }
    if isPrivate, status.mode & 0o077 != 0 { readable.append(path) }
    if isProgram, status.mode & 0o100 == 0 { unrunnable.append(path) }
  }

  /// One at most.
  func warnings(_ target: Target) -> Diagnostics {
    var parts: [String] = []
    for (paths, what) in [
      (readable, "can be read by others"), (unrunnable, "cannot be run as a program"),
    ] {
      guard let first = paths.first else { continue }
      let more = paths.count > 1 ? " (and \(paths.count - 1) more)" : ""
      parts.append("“\(Printable.text(target.displayName(of: first)))”\(more) \(what)")
    }
    if parts.isEmpty { return Diagnostics() }
    return Diagnostics(
      Diagnostic("this disk does not keep modes: \(parts.concatenated(by: ", and "))"))
  }
}
