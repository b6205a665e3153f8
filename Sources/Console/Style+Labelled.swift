import Documents

extension Style {
  /// A line such as `error: …`. On a terminal it is no wider than that, and goes on below its text
  /// where there is room.
  ///
  /// - Parameters:
  ///   - place: stands before it.
  ///   - tag: stands behind it in brackets.
  package func labelled(
    _ label: String, _ look: Look, _ message: String, at place: String? = nil, tag: String? = nil
  ) -> String {
    let place = place.map { Printable.text($0) + ": " } ?? ""
    var message = words(Printable.text(message))
    let tag = tag.map { "[\(Printable.text($0))]" } ?? ""
    if !tag.isEmpty { message += " " + tag }
    let start = place + label + " "
    let hanging = place.isEmpty && (width ?? 0) >= Self.leastForHanging ? start.utf8.count : 2
    var lines = [start + message]
    if let width { lines = Wrapping.lines(start + message, width: width, hanging: hanging) }
    if lines[lines.count - 1].ends(with: tag) {
      lines[lines.count - 1] =
        String(lines[lines.count - 1].dropLast(tag.count)) + paint(tag, .aside)
    }
    // A place with blanks in it may be broken before the label.
    if lines[0].begins(with: place + label) {
      lines[0] =
        place + paint(label, look) + lines[0].dropping(place.utf8.count + label.utf8.count)
    }
    return lines.concatenated(by: "\n") + "\n"
  }

  /// Sentences of an answer, painted or not, as they stand on a terminal: a line that is too long for
  /// it goes on two columns further in.
  package func sentences(_ text: String) -> String {
    guard let width else { return text }
    return Wrapping.lines(text, width: width, hanging: 2).concatenated(by: "\n")
  }

  private static let leastForHanging = 40
}
