import Documents
import FileTrees
import Foundation

// embed-templates TEMPLATES OUTPUT: writes the layouts below TEMPLATES (its folders that hold a
// layout.json) as Swift source to OUTPUT.

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(message)\n".utf8))
  exit(1)
}

guard CommandLine.arguments.count == 3 else { fail("usage: embed-templates TEMPLATES OUTPUT") }
let templates = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
let output = URL(filePath: CommandLine.arguments[2])

do {
  let names = try FileManager.default.contentsOfDirectory(atPath: templates.path)
  let layouts = try names.sorted().compactMap { name in
    try EmbeddedLayout.Source(folder: templates.appending(path: name), name: name)
  }
  try Data(SwiftSource.text(for: layouts).utf8).write(to: output)
} catch let error as PathError {
  fail(error.description)
} catch let error as Diagnostic {
  fail("\(error.location.map { "\($0): " } ?? "")\(error.message)")
} catch let error as EmbeddedLayout.Unusable {
  fail("\(error.path): \(error.reason)")
} catch {
  fail("\(error)")
}
