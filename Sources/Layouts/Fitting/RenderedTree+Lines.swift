import Documents
import Templating

extension RenderedTree {
  /// The lines in which values stand of the template that a file is made of; none of what is copied as
  /// it is, or cannot be read any more.
  ///
  /// - Parameter open: variables whose values are sought: what depends on them is read both ways.
  package func lines(ofFile number: Int, open: Set<String>) -> [TemplateLine] {
    renderer.lines(ofFile: number, open: open)
  }
}

extension ContentRenderer {
  /// More lines of a file are not looked at.
  private static let mostLines = 10_000

  func lines(ofFile leaf: Int, open: Set<String>) -> [TemplateLine] {
    var copy = again
    let number = Int(placed[leaf].file)
    guard let file = try? layout.folder.file(number, upTo: reading.largestTemplate),
      let bytes = file.template, (try? copy.isMatch(leaf, of: layout.manifest.verbatim)) == false,
      let template = try? copy.template(bytes, number, as: leaf)
    else { return [] }
    let scope = placements[Int(placed[leaf].placement)].scope
    return template.lines(in: scope, open: open, atMost: Self.mostLines)
  }
}
