import FileSystems
import FileTrees
import Rules

/// Holds the modes of files against the record. What a disk cannot hold is nobody's change.
struct ModeCheck {
  private var changed: [Changed] = []
  /// Whether a file is no program, as the record has it.
  private var hasPlainFile: Bool
  /// Whether a file is a program, as the record has it or not.
  private var hasProgram: Bool

  /// - Parameter mode: of the record itself.
  init(record mode: UInt16) {
    hasPlainFile = mode & 0o100 == 0
    hasProgram = !hasPlainFile
  }

  private struct Changed {
    let path: RelativePath
    let what: What
  }

  private enum What {
    case lost
    case gained
    case opened
  }

  mutating func look(at file: Record.File, _ mode: UInt16) {
    let isExecutable = mode & 0o100 != 0
    switch (file.permissions.isExecutable, isExecutable) {
    case (true, false): changed.append(Changed(path: file.path, what: .lost))
    case (false, true): changed.append(Changed(path: file.path, what: .gained))
    case (false, false): hasPlainFile = true
    case (true, true): break
    }
    hasProgram = hasProgram || isExecutable
    if file.permissions.isPrivate, mode & 0o077 != 0 {
      changed.append(Changed(path: file.path, what: .opened))
    }
  }

  /// Where git cannot say it: a disk that shows none of the programs as one keeps no modes.
  private func keepsModes(_ request: CheckRequest) -> Bool {
    request.keepsModes() ?? (hasProgram || !changed.contains { $0.what == .lost })
  }

  func findings(_ request: CheckRequest) -> [Finding] {
    if changed.isEmpty { return [] }
    // A disk on which every file is a program has no modes.
    guard hasPlainFile, keepsModes(request) else { return [] }
    return changed.map { changed in
      let (message, mode) =
        switch changed.what {
        case .lost: ("the file is no program any more", "+x")
        case .gained: ("the file has become a program", "-x")
        case .opened: ("others can read the file, which was made private", "go-rwx")
        }
      return Finding(
        .mode, at: changed.path, message,
        remedy: request.words.onFile(["chmod", mode], changed.path))
    }
  }
}
