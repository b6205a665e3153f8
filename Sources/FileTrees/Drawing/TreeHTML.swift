import Documents

/// A drawing as a page of HTML that needs nothing else.
enum TreeHTML {
  static func page(of lines: [TreeDrawing.Line]) -> String {
    var text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(MarkupText.escaped(lines.first?.name ?? ""))</title>
      <style>
      pre { font: 14px/1.4 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
      .directory, .conflict { font-weight: bold; }
      \(MarkupText.coloured { colours in
        "body { background: \(colours.ground); color: \(colours.text); }\n" + colours.classes("color")
      })\
      </style>
      </head>
      <body>
      <pre>

      """
    for line in lines { text += html(line) + "\n" }
    return text + "</pre>\n</body>\n</html>\n"
  }

  private static func html(_ line: TreeDrawing.Line) -> String {
    var text = ""
    if !line.branches.isEmpty {
      // Who is read to needs no lines.
      text += "<span class=\"branches\" aria-hidden=\"true\">\(line.branches)</span>"
    }
    text += span(line.name, line.fate?.rawValue ?? (line.isDirectory ? "directory" : nil))
    guard line.isRemarked else { return text }
    text += line.gap + span("# ", "note")
    if let mark = line.mark { text += span(mark, line.fate?.rawValue) }
    if line.mark != nil, line.note != nil { text += span(line.separator, "note") }
    if let note = line.note { text += span(note, "note") }
    return text
  }

  private static func span(_ text: String, _ name: String?) -> String {
    let text = MarkupText.escaped(text)
    return name.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
  }
}
