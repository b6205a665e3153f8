import FileTrees

extension GitProgram {
  /// A larger file is not merged.
  private static let largestBlob = 16 << 20

  /// The contents with these ids that the repository of `directory` has, loose or packed. What it
  /// does not have is left out, as is what has another id, or is too large. Where there is no
  /// repository, or git does not read it, as it does not for one of another user, there are none.
  ///
  /// Nothing of a repository's own can start a program: `cat-file --batch` without `--textconv` or
  /// `--filters` asks no attribute, hooks and aliases are for other commands, and from a promised
  /// remote nothing is fetched.
  package func blobs(
    _ ids: [GitObjectID], inRepositoryOf directory: String
  ) throws(GitError) -> [GitObjectID: [UInt8]] {
    guard !ids.isEmpty else { return [:] }
    return try session { (session) throws(GitError) in
      // Sizes first: an id could be that of anything there is in the history.
      let lines = try session.catFile("--batch-check", of: Array(Set(ids)), in: directory)
      let small = Self.ids(ofBlobsIn: lines)
      guard !small.isEmpty else { return [GitObjectID: [UInt8]]() }
      return Self.contents(in: try session.catFile("--batch", of: small, in: directory))
    }
  }

  /// What both sides of a merge that has a conflict come from, of the file at a path below `directory`;
  /// nil where there is no such conflict.
  package func commonContent(of path: RelativePath, in directory: String) -> [UInt8]? {
    let answer = try? session { (session) throws(GitError) in
      try session.run(
        GitSession.Command(
          arguments: ["--no-pager", "cat-file", "blob", ":1:./\(path)"], surroundings: .discovered,
          directory: directory))
    }
    guard let answer, answer.end == .exit(0), answer.output.count <= Self.largestBlob else {
      return nil
    }
    return answer.output
  }

  private static func ids(ofBlobsIn lines: [UInt8]) -> [GitObjectID] {
    lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let header = Header(line), header.size <= largestBlob else { return nil }
      return header.id
    }
  }

  private static func contents(in output: [UInt8]) -> [GitObjectID: [UInt8]] {
    var blobs: [GitObjectID: [UInt8]] = [:]
    var rest = output[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[..<end]
      rest = rest[(end + 1)...]
      // One that went since, or came, has no content or one that is not asked for.
      guard let header = Header(line) else { continue }
      let content = Array(rest.prefix(header.size))
      rest = rest.dropFirst(header.size + 1)
      if GitObjectID(blob: content) == header.id { blobs[header.id] = content }
    }
    return blobs
  }

  /// `ID blob SIZE`
  private struct Header {
    let id: GitObjectID
    let size: Int

    init?(_ line: ArraySlice<UInt8>) {
      let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 3, words[1] == "blob", let id = GitObjectID(hexadecimal: words[0]),
        let size = Int(words[2]), size >= 0
      else { return nil }
      self.id = id
      self.size = size
    }
  }
}

extension GitSession {
  fileprivate func catFile(
    _ mode: String, of ids: [GitObjectID], in repository: String
  ) throws(GitError) -> [UInt8] {
    let name = "ids\(mode)"
    try directory.write(Array(ids.map { "\($0)\n" }.joined().utf8), to: name)
    let answer = try run(
      Command(
        arguments: ["--no-pager", "cat-file", mode], surroundings: .discovered,
        directory: repository, input: name))
    // How git says that it reads no repository there.
    if answer.end == .exit(128) { return [] }
    guard answer.end == .exit(0) else { throw answer.failure(of: "cat-file") }
    return answer.output
  }
}
