import Documents
import FileTrees
import Templating

/// A file of a layout that was just read.
struct LayoutFile {
  /// Nil for what is too large to be a template, or large and no text, and is copied in pieces.
  let bytes: [UInt8]?
  /// In bytes.
  let size: Int
  let isExecutable: Bool
  /// Whether the build has found it to be a text.
  var isKnownText = false
  /// The git blob id, where the build has worked it out: of a content without placeholders.
  var blob: GitObjectID?

  /// What is no text is not kept in memory when it is larger.
  static let largestKept = 16 << 10

  /// The bytes, when the file can be a template: UTF-8 without a NUL, and not too large. (Found out
  /// each time.)
  var template: [UInt8]? {
    guard let bytes, isKnownText || Template.canBe(bytes) else { return nil }
    return bytes
  }

  /// Whether it is copied from where it is, in pieces, when it is no template.
  var isLarge: Bool { bytes == nil || size > Self.largestKept }

  /// Why a file without a `template` is none, as the words that follow its name.
  ///
  /// - Parameter limit: of a template, in bytes.
  func reasonForNoTemplate(_ limit: Int) -> String {
    if size > limit { return "is larger than \(limit >> 20) MiB" }
    return bytes?.contains(0) ?? true ? "holds a NUL" : "is not UTF-8"
  }

  /// Whether its first line names what runs it. (`#![…]` of Rust is no such line.)
  var isScript: Bool {
    guard let bytes, bytes.starts(with: "#!".utf8) else { return false }
    let rest = bytes.dropFirst(2).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return rest.first == UInt8(ascii: "/")
  }
}
