import Documents
import FileTrees
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Formats of trees")
struct TreeFormatTests {
  /// Names that would end a fence, an element or a picture.
  private static let hostile = [
    "```", "````x", "</pre>", "<script>alert(1)</script>", "&amp;", "\"quoted\"", "it's", "]]>",
    "--><!--", "a\u{1B}[31mb", "a\u{202E}b", "\u{FFFE}", "日本語", "👨‍👩‍👧.txt", "e\u{301}", "a  b", "~~~",
    "a\nb",
  ]

  private func lines() throws -> [TreeDrawing.Line] {
    var tree = FileTree()
    try tree.insert("src/", note: "What <runs> & \"how\"")
    try tree.insert("src/main.py", leaf: 0)
    try tree.insert("README.md", leaf: 1, note: "What it is")
    var lines = TreeDrawing(tree, title: "demo") { $0.leaf == 1 ? "kept" : nil }.lines
    lines[lines.count - 1].fate = .kept
    return lines
  }

  /// Whatever a layout may not have in names: other parts of the program do not see to it.
  private func hostileLines() throws -> [TreeDrawing.Line] {
    try lines()
      + Self.hostile.map { name in
        var line = try #require(lines().last)
        line.name = name
        line.note = name
        return line
      }
  }

  @Test("draw it with the characters of each")
  func plain() throws {
    let lines = try lines()
    #expect(
      TreeFormat.tree.text(of: lines) == """
        demo/
        ├── src/       # What <runs> & "how"
        │   └── main.py
        └── README.md  # kept · What it is

        """)
    #expect(
      TreeFormat.ascii.text(of: lines) == """
        demo/
        |-- src/       # What <runs> & "how"
        |   `-- main.py
        `-- README.md  # kept - What it is

        """)
    #expect(
      TreeFormat.markdown.text(of: lines) == """
        ```text
        demo/
        ├── src/       # What <runs> & "how"
        │   └── main.py
        └── README.md  # kept · What it is
        ```

        """)
  }

  @Test("have a fence in Markdown that no name closes")
  func fence() throws {
    let text = TreeFormat.markdown.text(of: try hostileLines())
    let lines = text.split(separator: "\n")
    #expect(lines.first == "`````text")
    #expect(lines.last == "`````")
    #expect(lines.dropFirst().dropLast().allSatisfy { !$0.contains("`````") })
    #expect(lines.count == (try hostileLines().count) + 2)
  }

  @Test("are well-formed XML as a picture, whatever the names hold")
  func svg() throws {
    let lines = try hostileLines()
    let reader = try Reader(TreeFormat.svg.text(of: lines))
    #expect(reader.names.isSubset(of: ["svg", "title", "desc", "style", "rect", "path", "text"]))
    #expect(reader.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "href" })
    // Names and notes are there as they are shown.
    for line in lines where line.name != "\u{FFFE}" {
      #expect(reader.texts.contains(Printable.text(line.name)), "\(line.name)")
    }
    #expect(reader.texts.contains("\u{FFFD}"))
    #expect(!TreeFormat.svg.text(of: lines).contains("<script"))
  }

  @Test("set each piece of a picture to the columns that it takes")
  func columns() throws {
    let text = TreeFormat.svg.text(of: try hostileLines())
    // 8.4 for each column.
    #expect(
      text.contains(
        "textLength=\"50.4\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" class=\"kept\">日本語<"
      ))
  }

  @Test("lead nowhere else, and follow the light")
  func isSelfContained() throws {
    for format in [TreeFormat.svg, .html] {
      let text = format.text(of: try lines())
      #expect(text.contains("prefers-color-scheme: dark"))
      let links = text.replacing("http://www.w3.org/2000/svg", with: "")
      for part in ["http", "url(", "@import", "<script", "src=", "href="] {
        #expect(!links.contains(part), "\(part)")
      }
    }
  }

  @Test("escape in a page what would be its own")
  func html() throws {
    let text = TreeFormat.html.text(of: try hostileLines())
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!text.contains("<script"))
    #expect(text.components(separatedBy: "</pre>").count == 2)
    // But for what has no end, a page is XML too.
    let void = text.replacing("<!DOCTYPE html>\n", with: "").replacing(
      "<meta charset=\"utf-8\">", with: ""
    ).replacing("<meta name=\"viewport\" content=\"width=device-width\">", with: "")
    let reader = try Reader(void)
    #expect(reader.names.isSubset(of: ["html", "head", "title", "style", "body", "pre", "span"]))
  }

  /// What a parser of XML sees.
  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var names: Set<String> = []
    private(set) var attributes: Set<String> = []
    private(set) var texts: [String] = []
    private var text = ""

    init(_ document: String) throws {
      super.init()
      let parser = XMLParser(data: Data(document.utf8))
      parser.delegate = self
      if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      names.insert(name)
      self.attributes.formUnion(attributes.keys)
      text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      texts.append(text)
      text = ""
    }
  }
}
