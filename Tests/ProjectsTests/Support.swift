import Documents
import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

/// The layout that most tests write: one file of each mode, a directory that is empty, a deep path.
let smallLayout = [
  "layout.json": """
  {
    "name": "small", "summary": "A small layout", "version": "1.2.3",
    "variables": [
      { "name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>" },
      { "name": "STEPS", "kind": "list", "of": "identifier", "default": "one,two" },
      { "name": "PACKAGE", "kind": "identifier", "default": "<<PROJECT_NAME|snake>>", "ask": false }
    ],
    "layers": [
      { "folder": "base" },
      { "folder": "step", "each": "STEP in STEPS" }
    ],
    "notes": { "src/": "The code" },
    "private": [".env"]
  }
  """,
  "base/README.md": "# <<PROJECT_NAME>>\n",
  "base/.env": "SECRET=\n",
  "base/data/.gitkeep": "",
  "base/src/<<PACKAGE>>/main.py": "print(\"<<PROJECT_NAME>>\")\n",
  "base/run.sh": "#!/bin/sh\n",
  "step/steps/<<STEP>>.txt": "<<STEP_INDEX>> <<STEP>>\n",
]

/// The paths of the files that `smallLayout` gives for a directory named `demo`.
let smallLayoutPaths = [
  ".env", ".scaffold.json", "README.md", "data/.gitkeep", "run.sh", "src/demo/main.py",
  "steps/one.txt", "steps/two.txt",
]

func layout(_ files: [String: String] = smallLayout) throws -> Layout {
  let fileSystem = try InMemoryFileSystem(files)
  if files["base/run.sh"] != nil { try fileSystem.setMode(0o755, of: path("base/run.sh")) }
  return try Layout(folder: fileSystem, name: "small")
}

/// A request to write `layout` to `target` of `fileSystem`; nil stands for the root, which exists.
func request(
  _ layout: Layout, in fileSystem: any FileSystem, at target: String?,
  given: [GivenAnswer] = [], onConflict: ConflictPolicy = .fail
) throws -> CreateRequest {
  let name = target.map { String($0.split(separator: "/").last ?? "") } ?? "demo"
  return CreateRequest(
    layout: layout,
    answers: try Answers(for: layout.manifest, given: given, directory: name),
    target: try locate(target, in: fileSystem), onConflict: onConflict,
    source: .folder("small"), directory: target ?? ".")
}

/// The target as the command finds it: rooted at the directory itself when that is there.
func locate(_ target: String?, in fileSystem: any FileSystem) throws -> Target {
  guard let target else { return Target(fileSystem: fileSystem, path: .root, displayName: ".") }
  guard try fileSystem.status(of: path(target))?.kind == .directory else {
    return Target(fileSystem: fileSystem, path: try path(target), displayName: target)
  }
  let components = target.split(separator: "/").map(String.init)
  let above = try components.indices.reversed().map { count in
    let directory = try components[..<count].reduce(RelativePath.root) { try $0.appending($1) }
    return Target.Above(
      fileSystem: try fileSystem.directory(at: directory), name: components[count])
  }
  return Target(
    fileSystem: try fileSystem.directory(at: path(target)), path: .root, displayName: target,
    above: { above })
}

/// What a run of `scaffold new` does: recovers, plans, commits.
@discardableResult
func create(
  _ request: CreateRequest, isInterrupted: @escaping () -> Bool = { false }
) throws -> Diagnostics {
  _ = try request.target.recover()
  return try Plan(creating: request).commit(isInterrupted: isInterrupted)
}

/// The messages of a refusal; nil when `body` throws something else or nothing.
func refusal(_ body: () throws -> Void) -> [Diagnostic]? {
  do {
    try body()
    return nil
  } catch let error as TargetError {
    if case .refused(let diagnostics) = error { return diagnostics.all }
    return nil
  } catch let error as PlanError {
    switch error {
    case .layout(let diagnostics), .conflicted(let diagnostics): return diagnostics.all
    case .target(.refused(let diagnostics)): return diagnostics.all
    case .target: return nil
    }
  } catch {
    return nil
  }
}

extension FileSystem {
  /// What a person has: everything but what runs leave for others, and what is in that.
  func visible() throws -> Snapshot {
    try snapshot().filter { path, _ in
      !path.components.contains { $0.hasPrefix(".scaffold-") }
    }
  }

  /// Whether a run left a staging directory behind. What it takes to take a run back is none.
  func hasStaging() throws -> Bool {
    try snapshot().keys.contains { path in
      path.components.contains { $0.hasPrefix(".scaffold-") && $0 != undoDirectory }
    }
  }
}

/// What the last run in an existing target leaves.
let undoDirectory = ".scaffold-undo"
