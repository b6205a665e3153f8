/// The heads of the blocks that decide on the form of their content: `<<@sort>>`, `<<@fit 88>>`.
extension TemplateParser {
  /// As wide as a `fit` may be.
  static let widths = 1...1000

  /// `"<<@sort" [ WS STRING ] [ WS ] ">>"`
  mutating func parseSort(at start: Int, _ cursor: Cursor) {
    open(.sort, at: start)
    var cursor = cursor
    do throws(TemplateFault) {
      var separator: Separator = nil
      if cursor.skipBlanks() {
        let offset = cursor.offset
        separator = try cursor.string()
        if separator?.isEmpty == true {
          throw TemplateFault(
            at: offset, "“sort” takes what stands between the pieces, not nothing")
        }
      }
      try close(&cursor, .sort)
      appendHead(.sort(separator, end: 0), from: start, to: cursor.offset)
    } catch {
      faults.append(error)
      skipTag(from: start)
    }
  }

  /// `"<<@fit" WS INTEGER [ WS ] ">>"`
  mutating func parseFit(at start: Int, _ cursor: Cursor) {
    open(.fit, at: start)
    var cursor = cursor
    do throws(TemplateFault) {
      cursor.skipBlanks()
      let offset = cursor.offset
      guard let width = try cursor.integer() else {
        throw TemplateFault(
          at: offset, "expected a number of columns after “<<@fit”, found \(cursor.found)",
          help: "write <<@fit 88>>")
      }
      guard Self.widths.contains(width) else {
        throw TemplateFault(
          at: offset, "“fit” takes a width from 1 to \(Self.widths.upperBound), not \(width)")
      }
      try close(&cursor, .fit)
      appendHead(.fit(width, otherwise: 0, end: 0), from: start, to: cursor.offset)
    } catch {
      faults.append(error)
      skipTag(from: start)
    }
  }
}
