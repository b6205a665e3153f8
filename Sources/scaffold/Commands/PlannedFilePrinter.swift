import Console
import Documents
import FileSystems
import FileTrees
import Projects

/// Prints one file that a plan is to write, byte for byte.
struct PlannedFilePrinter {
  let plan: Plan
  let context: Context

  /// - Parameter name: of the file, from the target or from here.
  /// - Throws: `Failure`: the plan has no such file, or it cannot be written.
  func print(_ name: String) throws(Failure) {
    let path = try path(named: name)
    let content = try Failure.target { () throws(TargetError) in
      try plan.content(ofFileAt: path)
    }
    switch content {
    case .bytes(let bytes): try context.print(bytes)
    case .file(let path, let disk): try print(path, on: disk)
    case .pieces(let give):
      var failure: Failure?
      give { piece in
        do throws(Failure) {
          try context.print(Array(piece))
          return true
        } catch {
          failure = error
          return false
        }
      }
      if let failure { throw failure }
    case nil: preconditionFailure("“\(path)” is a file of the plan")
    }
  }

  private func print(_ path: RelativePath, on disk: any ReadableFileSystem) throws(Failure) {
    var failure: Failure?
    do throws(FileSystemError) {
      try disk.read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
        do throws(Failure) {
          if failure == nil { try context.print(piece.withUnsafeBufferPointer { Array($0) }) }
        } catch {
          failure = error
        }
      }
    } catch {
      throw Failure(
        .faultyLayout, Diagnostics(Diagnostic("\(Printable.text(path.string)): \(error.message)")))
    }
    if let failure { throw failure }
  }

  private func path(named name: String) throws(Failure) -> RelativePath {
    // A shell completes it from here, and a person may name it from the project.
    var texts = [name]
    for start in ["./", plan.target.displayName.droppingTrailing("/") + "/"] {
      texts += texts.filter { $0.begins(with: start) }.map { $0.dropping(start.utf8.count) }
    }
    for text in texts {
      guard let path = try? RelativePath(validating: text.droppingTrailing("/")),
        let change = plan.changes.first(where: { $0.path == path })
      else { continue }
      if !change.isDirectory { return path }
      let inside = plan.changes.filter { !$0.isDirectory && $0.path.isBelow(path) }
        .map { ShellWord.quoted($0.path.string) }
      throw Failure.usage(
        "“\(Printable.text(name))” is a directory", help: "in it are: " + Self.some(of: inside))
    }
    throw Failure.usage(
      "nothing is written to “\(Printable.text(name))”", help: remedy(for: name))
  }

  /// The nearest of all paths, or those with the same last component.
  private func remedy(for name: String) -> String {
    let paths = plan.changes.filter { !$0.isDirectory }.map(\.path)
    let last = name.dividedAtLast("/")?.behind ?? name
    var near = paths.filter { $0.name == last }.map(\.string)
    if near.isEmpty, let nearest = Suggestion.nearest(to: name, among: paths.map(\.string)) {
      near = [nearest]
    }
    if near.isEmpty, let nearest = Suggestion.nearest(to: last, among: paths.map(\.name)) {
      near = paths.filter { $0.name == nearest }.map(\.string)
    }
    guard !near.isEmpty else { return "--dry-run --format paths lists the paths" }
    return "did you mean \(Self.some(of: near.map { "“\($0)”" }))?"
  }

  private static func some(of names: [String]) -> String {
    let most = 3
    let shown = names.prefix(most).map { Printable.text($0) }.concatenated(by: ", ")
    return names.count > most ? shown + ", …" : shown
  }
}
