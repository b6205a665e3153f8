/// A file that the build put into the binary.
package struct EmbeddedFile: Sendable {
  package enum Content: Sendable {
    /// UTF-8 without a NUL, and so what can be a template.
    case text(String)
    /// RFC 4648, for what is not UTF-8.
    case base64(String)
  }

  /// Below `Templates/`.
  package var path: String
  package var isExecutable: Bool
  package var content: Content
  /// The 40 digits of the content's git blob id, where the build worked it out.
  package var blob: String?

  package init(
    _ path: String, isExecutable: Bool = false, blob: String? = nil, _ content: Content
  ) {
    self.path = path
    self.isExecutable = isExecutable
    self.blob = blob
    self.content = content
  }

  package var bytes: [UInt8] {
    switch content {
    case .text(let text): Array(text.utf8)
    case .base64(let text): Self.decode(base64: text)
    }
  }

  private static func decode(base64 text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      default: continue
      }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}

/// A built-in layout. What a list of layouts shows is at hand at once, so that nothing is parsed for
/// it; the files come when they are asked for.
package struct EmbeddedLayout: Sendable {
  package var name: String
  /// As the manifest has it.
  package var summary: String
  /// The git tree id of the layout's folder.
  package var digest: String
  package var manifest: EmbeddedFile
  /// All files but the manifest.
  package var files: @Sendable () -> [EmbeddedFile]

  package init(
    name: String, summary: String, digest: String, manifest: EmbeddedFile,
    files: @escaping @Sendable () -> [EmbeddedFile]
  ) {
    self.name = name
    self.summary = summary
    self.digest = digest
    self.manifest = manifest
    self.files = files
  }
}
