import Documents
import FileSystems
import FileTrees
import Templating

/// A file of a layer, as it stands in the layout.
package struct TemplateFile: Sendable {
  /// Where its bytes are.
  package enum Storage: Sendable {
    case embedded(EmbeddedFile)
    case bytes([UInt8])
    /// Too large to be a template, or no text and not small; copied by streaming.
    case stored(RelativePath, size: Int, in: any ReadableFileSystem)
  }

  package var storage: Storage
  package var isExecutable: Bool

  /// A larger file is no template.
  static let largestTemplate = 4 << 20
  /// What is no text is not kept in memory when it is larger.
  static let largestKept = 16 << 10

  /// Whether `bytes`, the file's own, can be a template: UTF-8 without a NUL.
  func isText(_ bytes: [UInt8]) -> Bool {
    if case .embedded(let file) = storage, case .text = file.encoding { return true }
    return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  /// The bytes, when the file can be a template.
  var template: [UInt8]? {
    guard let bytes, bytes.count <= Self.largestTemplate, isText(bytes) else { return nil }
    return bytes
  }

  /// Why a file without a `template` is none, as the words that follow its name.
  var reasonForNoTemplate: String {
    guard let bytes else { return "is larger than \(Self.largestTemplate >> 20) MiB" }
    return bytes.contains(0) ? "holds a NUL" : "is not UTF-8"
  }

  /// Whether its first line names what runs it, and it is not executable.
  ///
  /// In the binary the line alone makes it so; a folder has the bit for that. (`#![…]` of Rust is no
  /// such line.)
  var isScriptThatCannotRun: Bool {
    guard !isExecutable, case .bytes(let bytes) = storage, bytes.starts(with: "#!".utf8) else {
      return false
    }
    let rest = bytes.dropFirst(2).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return rest.first == UInt8(ascii: "/")
  }

  /// The first name of `declarations` that stands in the file as a placeholder does. A file that
  /// cannot be read is told where it is needed.
  func firstPlaceholder(of declarations: Declarations) -> String? {
    var search = DeclaredPlaceholders(declarations)
    switch storage {
    case .bytes(let bytes): search.read(bytes)
    case .embedded: break
    case .stored(let path, _, let fileSystem):
      try? fileSystem.read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
        piece.withUnsafeBufferPointer { _ = search.read($0) }
      }
    }
    return search.found
  }

  /// The blob id that the build worked out: of a content that rendering leaves as it is.
  var embeddedBlob: GitObjectID? {
    guard case .embedded(let file) = storage else { return nil }
    return file.blob.flatMap(GitObjectID.init(hexadecimal:))
  }

  /// In bytes, before rendering; not known of what the build has read.
  var size: Int? {
    switch storage {
    case .embedded: nil
    case .bytes(let bytes): bytes.count
    case .stored(_, let size, _): size
    }
  }

  /// The bytes, unless the file is too large to be a template.
  package var bytes: [UInt8]? {
    switch storage {
    case .embedded(let file): file.bytes
    case .bytes(let bytes): bytes
    case .stored: nil
    }
  }
}
