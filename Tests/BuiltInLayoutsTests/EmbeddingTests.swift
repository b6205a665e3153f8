import BuiltInLayouts
import FileSystems
import FileTrees
import Foundation
import Testing

@testable import Layouts

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
    let disk = try LocalFileSystem(opening: templatesFolder.appending(path: name).path)
    var onDisk: [String: FileStatus] = [:]
    try disk.walk { (path, status) throws(FileSystemError) in
      if status.kind == .file { onDisk[path.string] = status }
    }
    onDisk[Manifest.fileName] = nil
    let embedded = layout.files()
    let own = embedded.filter { !$0.path.hasPrefix("shared/") }
    #expect(own.map(\.path).sorted() == onDisk.keys.sorted())
    let collection = try LocalFileSystem(opening: templatesFolder.path)
    for file in embedded {
      let path = try RelativePath(validating: file.path)
      let disk = file.path.hasPrefix("shared/") ? collection : disk
      #expect(try file.bytes == disk.contents(of: path), "\(file.path)")
      let mode = try #require(try disk.status(of: path)?.mode)
      #expect(file.isExecutable == (mode & 0o111 != 0), "\(file.path)")
      if let blob = file.blob {
        #expect(blob == GitObjectID(blob: file.bytes).description, "\(file.path)")
      }
    }
  }

  /// A fault of a built-in layout fails the build with its place, as a compiler would tell it, and
  /// here as well.
  @Test("are the layouts that the folders are", arguments: BuiltInLayouts.all.map(\.name))
  func isTheFolder(_ name: String) throws {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == name })
    let disk = try LocalFileSystem(opening: templatesFolder.appending(path: name).path)
    let layout = try Layout(folder: disk, name: "Templates/" + name) {
      () throws(FileSystemError) in try LocalFileSystem(opening: templatesFolder.path)
    }
    let expected = try layout.embedded()
    #expect(layout.name == name)
    #expect(layout.warnings.all == [])
    #expect(embedded.summary == expected.summary)
    #expect(embedded.digest == expected.digest)
    #expect(embedded.manifest == expected.manifest)
    #expect(embedded.folder == expected.folder)
    #expect(embedded.emptyDirectories == expected.emptyDirectories)
    #expect(embedded.files().map(\.path) == expected.files().map(\.path))
  }

  @Test("are the same when they are unpacked and packed again", arguments: BuiltInLayouts.all)
  func packedAgain(_ layout: EmbeddedLayout) {
    #expect(Manifest(packed: layout.manifest).packed == layout.manifest)
  }
}
