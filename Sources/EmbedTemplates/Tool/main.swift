import Documents
import FileSystems
import FileTrees
import Foundation
import Layouts

// embed-templates TEMPLATES OUTPUT: writes the layouts below TEMPLATES (its folders that hold a
// layout.json) and the documents of their format as Swift source to OUTPUT. A layout with a fault fails the build, and each fault is
// told as a compiler would.

func fail(_ messages: [String]) -> Never {
  for message in messages { FileHandle.standardError.write(Data("\(message)\n".utf8)) }
  exit(1)
}

guard CommandLine.arguments.count == 3 else {
  fail(["error: usage: embed-templates TEMPLATES OUTPUT"])
}
let templates = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
let output = URL(filePath: CommandLine.arguments[2])

do {
  var layouts: [EmbeddedLayout] = []
  for name in try FileManager.default.contentsOfDirectory(atPath: templates.path).sorted() {
    let folder = templates.appending(path: name)
    let manifest = folder.appending(path: Manifest.fileName)
    guard FileManager.default.fileExists(atPath: manifest.path) else { continue }
    let disk = try LocalFileSystem(opening: folder.path)
    let layout = try Layout(folder: disk, name: "Templates/\(name)") {
      () throws(FileSystemError) in try LocalFileSystem(opening: templates.path)
    }
    layouts.append(try layout.embedded())
  }
  func text(of name: String) throws -> String {
    try String(contentsOf: templates.appending(path: name), encoding: .utf8)
  }
  let source = SwiftSource.text(
    for: layouts, format: try text(of: "README.md"), schema: try text(of: "layout.schema.json"))
  try Data(source.utf8).write(to: output)
} catch let faults as Diagnostics {
  fail(
    faults.told.map { fault in
      let place = fault.location.map { "\($0): " } ?? ""
      return "\(place)error: \(fault.message)\(fault.help.map { " (\($0))" } ?? "")"
    })
} catch {
  fail(["error: \(error)"])
}
