import Documents
import FileSystems
import FileTrees
import Layouts
import TestSupport

@testable import Projects

/// One change of a plan that a test makes up.
enum MadeUpChange: Sendable {
  case create(String, String)
  case directory(String)
  /// A file that is there gets another text.
  case replace(String, String)
  /// A file.
  case remove(String)
  case removeDirectory(String)
  /// A file that a layout has written, so that its content is known.
  case move(String, to: String)
  /// Something of the user's own: a file, a directory with all that is in it, a link.
  case take(String, to: String)
}

/// A plan of such changes to the root of `fileSystem`, in that order, which expects what is there.
///
/// - Parameter contents: what was made of the same changes before.
func plan(
  _ changes: [MadeUpChange], _ contents: MadeUpContents? = nil, in fileSystem: any FileSystem
) throws -> Plan {
  let contents = try contents ?? MadeUpContents(changes)
  let looking = try Looking(Target(fileSystem: fileSystem, path: .root, displayName: "."))
  var made: [Change] = []
  for (index, change) in changes.enumerated() {
    switch change {
    case .create(let name, _), .replace(let name, _):
      // Below a file, which goes, there is nothing.
      let present = (try? looking.file(at: path(name))) ?? .absent
      var permissions = Permissions.regular
      if case .file(_, let mode, _) = present { permissions = .exactly(mode) }
      made.append(
        Change(
          path: try path(name), isDirectory: false, file: contents.file(index),
          decision: present == .absent ? .create : .replace, permissions: permissions,
          expected: present))
    case .directory(let name):
      // Where a file is that goes, nothing is expected.
      made.append(
        Change(
          path: try path(name), isDirectory: true, decision: .create, permissions: .executable,
          expected: .absent))
    case .remove(let name):
      made.append(
        Change(
          path: try path(name), isDirectory: false, decision: .remove, permissions: .regular,
          expected: try looking.file(at: path(name))))
    case .removeDirectory(let name):
      let mode = try fileSystem.status(of: path(name))?.mode ?? 0
      made.append(
        Change(
          path: try path(name), isDirectory: true, decision: .remove, permissions: .exactly(mode),
          expected: .directory))
    case .move(let origin, let name):
      made.append(
        Change(
          path: try path(name), isDirectory: false, decision: .move, permissions: .regular,
          expected: try looking.file(at: path(origin)), origin: try path(origin)))
    case .take(let origin, let name):
      let kind = try fileSystem.status(of: path(origin))?.kind
      made.append(
        Change(
          path: try path(name), isDirectory: kind == .directory, decision: .move,
          permissions: .regular, expected: kind == .directory ? .directory : .other(kind ?? .file),
          origin: try path(origin)))
    }
  }
  // What is created where something is that goes: nothing is expected there.
  let leaving = Set(
    made.compactMap { $0.decision == .remove ? $0.path : $0.decision == .move ? $0.origin : nil })
  for index in made.indices
  where made[index].file != nil && leaving.contains(made[index].path) {
    made[index].decision = .create
    made[index].expected = .absent
    made[index].permissions = .regular
  }
  return try contents.plan(made, fileSystem)
}

/// The texts of a plan that is made up, as those of a layout with a file for each.
struct MadeUpContents: Sendable {
  private let layout: Layout
  private let answers: Answers
  private let rendered: RenderedTree
  private var numbers: [Int: Int] = [:]

  init(_ changes: [MadeUpChange]) throws {
    var files = [
      "layout.json": """
      {
        "name": "made-up", "summary": "Texts", "version": "1.0.0",
        "layers": [{ "folder": "base" }]
      }
      """, "base/none": "",
    ]
    for (index, change) in changes.enumerated() {
      switch change {
      case .create(_, let text), .replace(_, let text): files["base/\(index)"] = text
      case .directory, .remove, .removeDirectory, .move, .take: break
      }
    }
    layout = try Layout(folder: InMemoryFileSystem(files), name: "made-up")
    answers = try Answers(for: layout.manifest, given: [], directory: "demo")
    var warnings = Diagnostics()
    rendered = try layout.rendered(with: answers, warnings: &warnings)
    for entry in rendered.tree.entries {
      if let number = entry.leaf, let index = Int(entry.path.name) { numbers[index] = number }
    }
  }

  func file(_ index: Int) -> PlannedFile? {
    numbers[index].map { PlannedFile(number: $0, blob: rendered.files[$0].blob) }
  }

  func plan(_ changes: [Change], _ fileSystem: any FileSystem) throws -> Plan {
    let version = LayoutVersion(of: layout, digest: rendered.digest, source: .folder("made-up"))
    var contents = PlannedContents()
    _ = contents.add(rendered)
    return Plan(
      target: Target(fileSystem: fileSystem, path: .root, displayName: "."),
      origin: Plan.Origin(layout: version, answers: answers), changes: changes, tree: rendered.tree,
      places: [], contents: contents, nextSteps: [], warnings: Diagnostics())
  }
}
