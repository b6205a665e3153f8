import Documents
import FileSystems
import FileTrees

// What is to be there, and what is not.

extension RuleCheck {
  mutating func require(
    _ glob: CapturingGlob, for subject: Subject, _ rule: Rule
  ) throws(RuleCheckFailure) {
    let glob = glob.filling(subject.captures)
    let whose = subject.hit.map { ", which “\(Printable.text($0.path.string))” needs" } ?? ""
    guard glob.isLiteral else {
      let wanted: FileStatus.Kind = glob.isDirectory ? .directory : .file
      if try hits(of: glob, rule).contains(where: { $0.kind == wanted }) { return }
      let place = RelativePath(existing: glob.literalPrefix)
      report(
        rule, subject.hit?.path ?? place,
        "nothing is there that “\(Printable.text(glob.text))” matches\(whose)",
        remedy: "create one", for: subject.captures)
      return
    }
    let shown = "“\(Printable.text(glob.text))”"
    let path: RelativePath
    do {
      path = try RelativePath(validating: glob.literalPrefix.concatenated(by: "/"))
    } catch {
      report(
        rule, subject.hit?.path ?? .root, "\(shown) cannot be a path: it \(error.reason)",
        remedy: "give it another name", for: subject.captures)
      return
    }
    switch (try view.kind(of: path), isDirectory: glob.isDirectory) {
    case (.directory, true), (.file, false): return
    case (.link, _):
      report(
        rule, path, "\(shown) is a symbolic link, which is not followed",
        remedy: "put what it leads to in its place", for: subject.captures)
    case (.directory, false):
      report(
        rule, path, "\(shown) is a directory, where a file is to be\(whose)",
        remedy: "move it out of the way", for: subject.captures)
    case (nil, _):
      if let (above, kind) = try view.obstruction(above: path) {
        let what = kind == .link ? "a symbolic link, which is not followed" : "no directory"
        report(
          rule, path,
          "\(shown) is missing\(whose): “\(Printable.text(above.string))” is \(what)",
          remedy: "make a directory of it", for: subject.captures)
      } else {
        report(
          rule, path, "\(shown) is missing\(whose)", remedy: "create it", for: subject.captures,
          isMissing: true)
      }
    default:
      report(
        rule, path, "\(shown) is no \(glob.isDirectory ? "directory" : "regular file")",
        remedy: "move it out of the way", for: subject.captures)
    }
  }

  mutating func forbid(
    _ glob: CapturingGlob, for subject: Subject, _ rule: Rule
  ) throws(RuleCheckFailure) {
    let glob = glob.filling(subject.captures)
    for hit in try hits(of: glob, rule) {
      // A link may be either.
      guard hit.kind == .link || (hit.kind == .directory) == glob.isDirectory else { continue }
      let other = subject.hit.flatMap { $0.path == hit.path ? nil : $0.path.string }
      let why = other.map { " beside “\(Printable.text($0))”" } ?? ""
      report(
        rule, hit.path, "“\(Printable.text(hit.path.string))” must not be there\(why)",
        remedy: "remove it, or give it another name", for: subject.captures)
    }
  }
}

extension RelativePath {
  /// Of names that are a path, as far as they are.
  fileprivate init(existing names: [String]) {
    self = names.reduce(.root) { path, name in (try? path.appending(name)) ?? path }
  }
}
