extension GitProgram {
  /// How the user wants conflicts to be shown there: `merge.conflictStyle`, wherever it is set.
  package func conflictStyle(inRepositoryOf directory: String) -> Merge.Style {
    let answer = try? session { (session) throws(GitError) in
      try session.run(
        GitSession.Command(
          arguments: ["config", "--get", "merge.conflictStyle"], surroundings: .user,
          directory: directory))
    }
    guard let answer, answer.end == .exit(0), answer.output.last == UInt8(ascii: "\n") else {
      return .merge
    }
    return Merge.Style(rawValue: String(decoding: answer.output.dropLast(), as: UTF8.self))
      ?? .merge
  }

  /// Whether the repository is on a disk that tells which files are programs, as git has found out
  /// there (`core.fileMode`). Nil where there is none, or git does not say.
  package func keepsModes(inRepositoryOf directory: String) -> Bool? {
    let answer = try? session { (session) throws(GitError) in
      try session.run(
        GitSession.Command(
          arguments: ["config", "--type=bool", "--get", "core.fileMode"], surroundings: .user,
          directory: directory))
    }
    switch answer?.output {
    case Array("true\n".utf8)?: return true
    case Array("false\n".utf8)?: return false
    default: return nil
    }
  }
}
