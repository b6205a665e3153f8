import BuiltInLayouts
import Documents
import FileSystems
import FileTrees
import Foundation
import Layouts
import Testing

/// The repository's `Templates/`.
let templatesFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Templates")

@Suite("The layouts in the binary")
struct EmbeddingTests {
  @Test("are the folders of Templates that hold a manifest")
  func names() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: templatesFolder.path)
      .filter { name in
        FileManager.default.fileExists(
          atPath: templatesFolder.appending(path: name).appending(path: "layout.json").path)
      }
    #expect(BuiltInLayouts.all.map(\.name) == folders.sorted())
    #expect(!folders.isEmpty)
  }

  @Test("hold every byte and mode of the files on disk", arguments: BuiltInLayouts.all.map(\.name))
  func bytes(_ name: String) throws {
    let layout = try #require(BuiltInLayouts.all.first { $0.name == name })
    let folder = templatesFolder.appending(path: name)
    let disk = try LocalFileSystem(opening: folder.path)
    var onDisk: [String: FileStatus] = [:]
    try disk.walk { (path, status) throws(FileSystemError) in
      if status.kind == .file { onDisk[path.string] = status }
    }
    let paths = try layout.files().map { try RelativePath(validating: $0.path) }
    #expect(paths == paths.sorted() && Set(paths).count == paths.count)
    let embedded = layout.files() + [layout.manifest]
    #expect(embedded.map(\.path).sorted() == onDisk.keys.sorted())
    for file in embedded {
      let path = try RelativePath(validating: file.path)
      #expect(try file.bytes == disk.contents(of: path), "\(file.path)")
      let mode = try #require(onDisk[file.path]?.mode)
      #expect(file.isExecutable == (mode & 0o111 != 0), "\(file.path)")
      if let blob = file.blob {
        #expect(blob == GitObjectID(blob: file.bytes).description, "\(file.path)")
      }
    }
  }

  @Test("are the layouts that the folders are", arguments: BuiltInLayouts.all.map(\.name))
  func digest(_ name: String) throws {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == name })
    let folder = templatesFolder.appending(path: name).path
    let fromDisk = try Layout(folder: LocalFileSystem(opening: folder), name: name)
    #expect(fromDisk.digest == embedded.digest)
    #expect(fromDisk.name == name)
    #expect(fromDisk.manifest.summary == embedded.summary)
  }

  /// The one place where a fault of a built-in layout shows: with its place, as a compiler would.
  @Test("have no fault", arguments: BuiltInLayouts.all.map(\.name))
  func check(_ name: String) throws {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == name })
    for fault in faults(of: embedded) {
      let place = fault.location.map { "\($0): " } ?? ""
      Issue.record("\(place)\(fault.message)\(fault.help.map { " (\($0))" } ?? "")")
    }
  }

  private func faults(of layout: EmbeddedLayout) -> [Diagnostic] {
    do {
      return try Layout(embedded: layout).check().all
    } catch {
      return error.all
    }
  }
}
