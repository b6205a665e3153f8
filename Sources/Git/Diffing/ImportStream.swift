/// What `git fast-import` reads: trees of files.
struct ImportStream {
  private(set) var bytes: [UInt8] = []

  /// Adds a commit whose tree holds these files, of which none is below another.
  mutating func append(_ files: [Difference.Side], as reference: String) {
    append("commit \(reference)\ncommitter <> 0 +0000\ndata 0\n")
    for file in files {
      let mode = file.isExecutable ? "100755" : "100644"
      append("M \(mode) inline \(Self.quoted(file.path.string))\ndata \(file.content.count)\n")
      bytes += file.content
      append("\n")
    }
    append("\n")
  }

  /// Without this at its end a stream is taken for one that broke off.
  mutating func end() {
    append("done\n")
  }

  private mutating func append(_ text: String) {
    bytes += text.utf8
  }

  /// A path as C quotes it; other bytes stand for themselves there.
  static func quoted(_ path: String) -> String {
    var text = "\""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
