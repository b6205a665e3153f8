import Console
import Documents
import FileTrees
import Projects

/// A tree as a terminal shows it.
enum TreeText {
  /// In the style's colours and characters, and no wider than its terminal.
  static func text(_ lines: [TreeDrawing.Line], _ style: Style) -> String {
    var lines = lines
    if let width = style.width { lines = lines.fitted(into: width, style.charset) }
    var text = ""
    for line in lines.drawn(in: style.charset) { write(line, style, to: &text) }
    return text
  }

  private static func write(_ line: TreeDrawing.Line, _ style: Style, to text: inout String) {
    let look = line.fate.map(Style.Look.init)
    text += style.paint(line.branches, .aside)
    let name = Printable.text(line.name)
    if let look = look ?? (line.isDirectory ? .directory : nil) {
      text += style.paint(name, look)
    } else {
      text += name
    }
    if line.isRemarked {
      text += line.gap + style.paint("# ", .aside)
      if let mark = line.mark { text += look.map { style.paint(mark, $0) } ?? mark }
      if line.mark != nil, line.note != nil { text += style.paint(line.separator, .aside) }
      if let note = line.note { text += style.paint(Printable.text(note), .aside) }
    }
    text += "\n"
  }
}

extension Style.Look {
  init(_ fate: TreeFate) {
    self =
      switch fate {
      case .new: .new
      case .unchanged: .unchanged
      case .kept: .kept
      case .replaced: .replaced
      case .merged: .merged
      case .moved: .moved
      case .removed: .removed
      case .conflict: .conflict
      }
  }
}

extension Decision {
  /// For the looks of its path.
  var fate: TreeFate {
    switch self {
    case .create: .new
    case .unchanged: .unchanged
    case .keep: .kept
    case .replace: .replaced
    case .merge: .merged
    case .move: .moved
    case .remove: .removed
    case .conflict, .marked: .conflict
    }
  }
}
