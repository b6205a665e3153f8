import Documents
import FileSystems
import FileTrees
import Templating
import TestSupport
import Testing

@testable import Layouts

/// The folder of a layout that is tested: its manifest and files, by path.
func folder(_ manifest: String, _ files: [String: String] = [:]) throws -> InMemoryFileSystem {
  var all = files
  all["layout.json"] = manifest
  return try InMemoryFileSystem(all)
}

func loaded(_ manifest: String, _ files: [String: String] = [:]) throws -> Layout {
  try Layout(folder: folder(manifest, files), name: "mine")
}

/// A manifest of one layer, `base`, with `more` members.
func manifest(_ more: String = "") -> String {
  """
  {"name": "demo", "summary": "A demo", "version": "1.0.0", "layers": [{"folder": "base"}],
  \(more)}
  """
}

/// A manifest of `variables` and nothing else that matters.
func manifest(variables: String, _ more: String = "") throws -> Manifest {
  let text = manifest("\"variables\": [\(variables)], \(more)")
  return try ManifestReader.read(Array(text.utf8), file: "layout.json")
}

/// What the manifest `text` is at fault for.
func complaints(ofManifest text: String) throws -> String {
  try complaints { _ = try ManifestReader.read(Array(text.utf8), file: "layout.json") }
}

extension Manifest {
  /// The answers to `given` texts, as options give them; they are held against those of the manifest
  /// as the binary has it.
  func answers(
    _ given: [String: String] = [:], directory: String = "my-dir"
  ) throws -> Answers {
    let answers = given.sorted { $0.key < $1.key }.map { name, text in
      GivenAnswer(
        name: name, input: .text(text),
        origin: "--\(variable(named: name)?.optionName ?? name)")
    }
    #expect(unpacked.outcome(answers, directory) == outcome(answers, directory))
    return try Answers(for: self, given: answers, directory: directory)
  }

  /// The manifest as the binary has it.
  var unpacked: Manifest { Manifest(packed: packed) }

  /// All that the answers are, or the complaints.
  private func outcome(_ given: [GivenAnswer], _ directory: String) -> [String] {
    do throws(Diagnostics) {
      let answers = try Answers(for: self, given: given, directory: directory)
      return answers.values.items.map { "\($0)" } + answers.recorded.map { "recorded: \($0)" }
        + answers.leftOut.map { "left out: \($0)" }
    } catch {
      return [described(error)]
    }
  }
}

extension Layout {
  /// The tree, or what is wrong; a layout of a folder is held against itself as the binary has it.
  func rendered(
    _ given: [String: String] = [:], directory: String = "my-dir"
  ) throws -> RenderedTree {
    if !reference.isBuiltIn {
      let embedded = try Layout(embedded: embedded())
      #expect(embedded.outcome(given, directory) == outcome(given, directory))
    }
    return try rendered(with: manifest.answers(given, directory: directory))
  }

  /// The files and notes that the answers give, or the complaints.
  private func outcome(_ given: [String: String], _ directory: String) -> [String] {
    do {
      let answers = try manifest.answers(given, directory: directory)
      let tree = try rendered(with: answers)
      return try tree.texts.map { "\($0): \($1)" }.sorted()
        + [TreeDrawing(tree.tree, title: "").text]
        + (try nextSteps(with: answers, directory: directory).map { "\($0)" })
    } catch {
      return [(error as? Diagnostics).map(described) ?? "\(error)"]
    }
  }
}

extension RenderedTree {
  /// The files with their paths, in the order of the tree.
  var placed: [(path: String, file: RenderedFile)] {
    tree.entries.compactMap { entry in entry.leaf.map { (entry.path.string, files[$0]) } }
  }

  /// The content of each file by its path, each as it is kept and as it is rendered again.
  var contents: [String: [UInt8]] {
    get throws {
      var result: [String: [UInt8]] = [:]
      var (kept, again) = (renderedContents, withNothingKept)
      for entry in tree.entries {
        guard let number = entry.leaf else { continue }
        let bytes = try kept.content(ofFile: number).bytes
        #expect(try again.content(ofFile: number).bytes == bytes)
        #expect(files[number].blob == Blob(of: bytes))
        result[entry.path.string] = bytes
      }
      return result
    }
  }

  /// The contents as they are where there was no room to keep any.
  var withNothingKept: RenderedContents {
    var files = files
    for index in files.indices { files[index].kept = nil }
    return contents(of: files)
  }

  /// The content of each file by its path, as text.
  var texts: [String: String] {
    get throws { try contents.mapValues { String(decoding: $0, as: UTF8.self) } }
  }

  /// The paths of all files, in order.
  var paths: [String] { placed.map(\.path) }

  var modes: [String: Permissions] {
    Dictionary(uniqueKeysWithValues: placed.map { ($0.path, $0.file.permissions) })
  }
}

extension FileContent {
  var bytes: [UInt8] {
    get throws {
      switch self {
      case .bytes(let bytes): return bytes
      case .file(let path, let fileSystem): return try fileSystem.contents(of: path)
      case .pieces(let pieces): return FileContent.whole(pieces)
      }
    }
  }
}
