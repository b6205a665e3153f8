/// A drawing as a block of code in Markdown.
enum TreeMarkdown {
  /// - Parameter drawing: with a line end behind each line.
  static func text(of drawing: String) -> String {
    // A fence is closed by one that is as long: names may hold any.
    var (longest, run) = (0, 0)
    for byte in drawing.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(drawing)\(fence)\n"
  }
}
