import Documents
import FileTrees
import Foundation

extension EmbeddedLayout {
  /// A layout's folder as it is read from the disk.
  struct Source {
    var name: String
    var summary: String
    var digest: String
    var manifest: EmbeddedFile
    /// All files but the manifest.
    var files: [EmbeddedFile]
  }

  /// A file that cannot be part of a layout.
  struct Unusable: Error {
    var path: String
    var reason: String
  }
}

extension EmbeddedLayout.Source {
  private static let manifestName = "layout.json"
  /// What desktops and interpreters leave behind; never part of a layout.
  private static let litter: Set<String> = [".DS_Store", "__pycache__"]

  /// Nil when `folder` holds no manifest.
  init?(folder: URL, name: String) throws {
    let manifestURL = folder.appending(path: Self.manifestName)
    guard FileManager.default.fileExists(atPath: manifestURL.path) else { return nil }
    self.name = name
    var files: [EmbeddedFile] = []
    var tree = FileTree<(bytes: [UInt8], isExecutable: Bool)>()
    for path in try Self.paths(below: folder) {
      let file = folder.appending(path: path.string)
      let bytes = [UInt8](try Data(contentsOf: file))
      let isExecutable = FileManager.default.isExecutableFile(atPath: file.path)
      try tree.insert(.init((bytes, isExecutable)), at: path)
      let content: EmbeddedFile.Content =
        if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) {
          .text(text)
        } else {
          .base64(Data(bytes).base64EncodedString())
        }
      files.append(
        EmbeddedFile(
          path.string, isExecutable: isExecutable, blob: Self.blob(ofUntagged: bytes), content))
    }
    guard let index = files.firstIndex(where: { $0.path == Self.manifestName }) else { return nil }
    manifest = files.remove(at: index)
    summary = try Self.summary(in: manifest)
    self.files = files
    digest =
      GitObjectID(tree: tree.root) { (GitObjectID(blob: $0.bytes), $0.isExecutable) }.description
  }

  /// The blob id of a content that rendering leaves as it is; nil for one that may have tags.
  private static func blob(ofUntagged bytes: [UInt8]) -> String? {
    let hasTag = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && $0 == $1 }
    return hasTag ? nil : GitObjectID(blob: bytes).description
  }

  /// Empty where there is none, which the program complains about when it loads the layout.
  private static func summary(in manifest: EmbeddedFile) throws -> String {
    let document = try JSONDocument(parsing: manifest.bytes, file: manifest.path)
    guard case .object(let members) = document.root.value,
      case .string(let summary)? = members.first(where: { $0.key == "summary" })?.value.value
    else { return "" }
    return summary
  }

  /// The paths of all files, sorted by their bytes.
  private static func paths(below folder: URL, at prefix: String = "") throws -> [RelativePath] {
    var result: [RelativePath] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where !litter.contains(name) {
      let url = folder.appending(path: name)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: result += try paths(below: url, at: prefix + name + "/")
      case .typeRegular: result.append(try RelativePath(validating: prefix + name))
      default:
        throw EmbeddedLayout.Unusable(path: url.path, reason: "is neither a file nor a folder")
      }
    }
    return result.sorted()
  }
}
