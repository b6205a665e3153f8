/// What is shown of files that differ.
package enum DiffForm: Sendable {
  /// All that `git apply` needs.
  case patch
  /// For people: of files that are no text, that they differ.
  case lines
  /// The same, with all lines that do not change.
  case whole

  fileprivate var arguments: [String] {
    switch self {
    case .patch: ["--binary"]
    case .lines: []
    case .whole: ["--unified=\(Int32.max)"]
    }
  }
}

extension GitProgram {
  /// What `git diff` prints of these files: first of those that have kept their paths, in the order
  /// of paths, then of those that were moved.
  ///
  /// They are compared as two trees of a repository in the temporary directory, since a comparison
  /// of folders says other paths where a file is in one of them only. Such trees heed no attributes,
  /// and so none that a file to be compared could bring.
  package func diff(
    _ files: [Difference], isColoured: Bool, form: DiffForm = .patch
  ) throws(GitError) -> [UInt8] {
    // Those that were moved have trees of their own, so that git pairs no file with another's.
    let moved = files.filter(\.isMove)
    let pairs = [files.filter { !$0.isMove }] + moved.map { [$0] }
    var stream = ImportStream()
    for (number, files) in pairs.enumerated() {
      stream.append(files.compactMap(\.old), as: "refs/heads/old-\(number)")
      stream.append(files.compactMap(\.new), as: "refs/heads/new-\(number)")
    }
    stream.end()
    return try session { (session) throws(GitError) in
      let repository = try session.directory.makeRepository()
      try session.fill(repository, with: stream)
      var output: [UInt8] = []
      try session.run(pairs.count) { (number) in
        GitSession.Command(
          arguments: [
            "--no-pager", "diff-tree", "-p", number == 0 ? "--no-renames" : "-M1%",
            "--no-ext-diff", "--no-textconv", "--color=\(isColoured ? "always" : "never")",
          ] + form.arguments + ["refs/heads/old-\(number)", "refs/heads/new-\(number)", "--"],
          surroundings: .repository(repository))
      } answered: { (_, answer) throws(GitError) in
        guard answer.end == .exit(0) else { throw answer.failure(of: "diff-tree") }
        output += answer.output
      }
      return output
    }
  }
}

extension GitSession {
  fileprivate func fill(
    _ repository: String, with stream: ImportStream
  ) throws(GitError) {
    let name = "import"
    try directory.write(stream.bytes, to: name)
    defer { directory.remove(name) }
    let answer = try run(
      Command(
        arguments: ["fast-import", "--quiet", "--done"], surroundings: .repository(repository),
        input: name))
    guard answer.end == .exit(0) else { throw answer.failure(of: "fast-import") }
  }
}

extension TemporaryDirectory {
  /// A bare repository: what git takes for one, and no more.
  fileprivate func makeRepository() throws(GitError) -> String {
    let name = "repository"
    for directory in [name, "\(name)/objects", "\(name)/refs"] { try makeDirectory(directory) }
    try write(Array("ref: refs/heads/none\n".utf8), to: "\(name)/HEAD")
    let settings = """
      [core]
        repositoryFormatVersion = 0
        bare = true
        compression = 0
      [fastimport]
        unpackLimit = 0

      """
    try write(Array(settings.utf8), to: "\(name)/config")
    return "\(path)/\(name)"
  }
}
