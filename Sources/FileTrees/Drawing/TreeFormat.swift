import Documents

/// A form that a tree is drawn in.
package enum TreeFormat: String, CaseIterable, Sendable {
  /// With the characters that draw boxes.
  case tree
  case ascii
  case markdown
  case html
  case svg

  /// The drawing, whole, in no colours and for no width.
  ///
  /// - Parameter lines: of a `TreeDrawing`.
  package func text(of lines: [TreeDrawing.Line]) -> String {
    switch self {
    case .tree: Self.plain(lines)
    case .ascii: Self.plain(lines.drawn(in: .ascii))
    case .markdown: TreeMarkdown.text(of: Self.plain(lines))
    case .html: TreeHTML.page(of: lines)
    case .svg: TreeSVG(lines).text
    }
  }

  private static func plain(_ lines: [TreeDrawing.Line]) -> String {
    var text = ""
    for line in lines {
      var line = line
      line.name = Printable.text(line.name)
      line.note = line.note.map(Printable.text)
      text += line.text + "\n"
    }
    return text
  }
}

extension [TreeDrawing.Line] {
  /// With the branches that the characters have; words as they have them.
  package func drawn(in charset: Charset) -> [TreeDrawing.Line] {
    if charset == .unicode { return self }
    return map { line in
      var line = line
      line.branches = line.branches.inASCII
      line.gap = line.gap.inASCII
      line.separator = charset.separator
      line.note = line.note.map(charset.words)
      return line
    }
  }
}

extension String {
  /// Branches, without the characters that draw boxes.
  fileprivate var inASCII: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "│", "├": result.append("|")
      case "└": result.append("`")
      case "─": result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
