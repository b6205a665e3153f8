import BuiltInLayouts
import Manual

/// scaffold-layout(5): the format of layouts, from the document that has it.
enum LayoutManual {
  static let page = ManualPage(
    name: "scaffold-layout", section: 5, date: Program.date,
    source: "\(Program.name) \(Program.version)", volume: "File Formats")

  static var text: String {
    var blocks = Markdown(BuiltInLayouts.format).blocks
    // The document's own title: its text says what a layout is.
    blocks[0] = .heading(level: 1, [Span("Description")])
    blocks = blocks.map { block in
      if case .heading(2, let title) = block { .heading(level: 1, title) } else { block }
    }
    blocks += [
      .heading(level: 1, [Span("See also")]),
      .paragraph([Span("scaffold", .code), Span("(1)")]),
    ]
    return page.text(summary: "folders that scaffold(1) creates projects from", blocks)
  }
}
