import Documents

/// A page for `man`, in the language man(7), which groff and mandoc read alike.
///
/// man(7) and not mdoc(7): what is set here comes from tables and from Markdown, which say how text
/// looks and not what it means, and an mdoc page is set otherwise by each of its readers. Tables are
/// lists of definitions, since tbl(1) fits no narrow terminal.
package struct ManualPage: Sendable {
  /// As it is asked for; also the first word of the page's title.
  package var name: String
  package var section: Int
  /// Of the version that the page is of: `2026-11-29`. A clock would make each page another one.
  package var date: String
  /// What it is a page of, with its version.
  package var source: String
  /// What the pages of the section are called: `User Commands`.
  package var volume: String

  package init(name: String, section: Int, date: String, source: String, volume: String) {
    self.name = name
    self.section = section
    self.date = date
    self.source = source
    self.volume = volume
  }

  /// - Parameters:
  ///   - summary: what stands behind the name; one line.
  ///   - blocks: headings of the first level are the page's sections.
  package func text(summary: String, _ blocks: [Block]) -> String {
    var writer = ManualPageWriter()
    let title = Roff.escaped(name.uppercased())
    writer.line(
      ".TH \(title) \(section) \(date) \(Roff.quoted(source)) \(Roff.quoted(volume))")
    // Half of the words are to be typed: none is stretched or broken.
    writer.line(".ad l")
    writer.line(".nh")
    writer.write(.heading(level: 1, [Span("Name")]))
    writer.line("\(Roff.escaped(name)) \\- \(Roff.escaped(summary))")
    for block in blocks { writer.write(block) }
    return writer.text
  }
}
