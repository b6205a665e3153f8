import FileTrees

/// Writes layouts as Swift source. What the compiler takes well was found by trying: string
/// literals on one line, in functions that return at most 64 files each.
enum SwiftSource {
  private static let mostFilesInOneArray = 64

  /// - Parameters:
  ///   - format: the document that has the format of layouts.
  ///   - schema: the JSON schema of their manifests.
  static func text(for layouts: [EmbeddedLayout], format: String, schema: String) -> String {
    var text = """
      // Generated from Templates/ by embed-templates. Do not edit.

      import FileTrees

      package enum BuiltInLayouts {
        package static let all: [EmbeddedLayout] = [\n
      """
    for (index, layout) in layouts.enumerated() {
      text += """
            EmbeddedLayout(
              name: \(literal(layout.name)), folder: \(literal(layout.folder)),
              summary: \(literal(layout.summary)),
              digest: \(literal(layout.digest)),
              manifest: \(literal(layout.manifest)), files: files\(index)),\n
        """
    }
    text += """
        ]

        /// Templates/README.md
        package static var format: String { \(literal(format)) }

        /// Templates/layout.schema.json
        package static var schema: String { \(literal(schema)) }
      }\n
      """
    for (index, layout) in layouts.enumerated() {
      text += files(layout.files(), named: "files\(index)")
    }
    return text
  }

  private static func files(_ files: [EmbeddedFile], named name: String) -> String {
    var text = ""
    var parts: [String] = []
    for start in stride(from: 0, to: files.count, by: mostFilesInOneArray) {
      let part = "\(name)part\(parts.count)"
      parts.append(part + "()")
      text += "\n@Sendable private func \(part)() -> [EmbeddedFile] {\n  [\n"
      for file in files[start..<min(start + mostFilesInOneArray, files.count)] {
        text += "    \(expression(for: file)),\n"
      }
      text += "  ]\n}\n"
    }
    let all = parts.isEmpty ? "[]" : parts.joined(separator: " + ")
    return text + "\n@Sendable private func \(name)() -> [EmbeddedFile] {\n  \(all)\n}\n"
  }

  private static func expression(for file: EmbeddedFile) -> String {
    let bytes =
      switch file.encoding {
      case .text(let text): ".text(\(literal(text)))"
      case .base64(let text): ".base64(\(literal(text)))"
      }
    let mode = file.isExecutable ? "isExecutable: true, " : ""
    let blob = file.blob.map { "blob: \(literal($0)), " } ?? ""
    return "EmbeddedFile(\(literal(file.path)), \(mode)\(blob)\(bytes))"
  }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFEFF
        || scalar.properties.isBidiControl || scalar.value == 0x2028 || scalar.value == 0x2029:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
