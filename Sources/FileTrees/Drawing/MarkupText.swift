import Documents

/// Text within XML and HTML.
enum MarkupText {
  /// As text or between double quotes. What neither may hold in any form becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in Printable.text(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value):
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Rules of CSS for light ground and for dark.
  ///
  /// - Parameter rules: what is coloured, a line each.
  static func coloured(_ rules: (Colours) -> String) -> String {
    rules(light) + "@media (prefers-color-scheme: dark) {\n" + rules(dark) + "}\n"
  }

  struct Colours {
    var ground, border, text, aside, directory, new, kept, replaced, merged, moved, removed: String

    /// The rules for what classes name.
    ///
    /// - Parameter property: `color`, or `fill`.
    func classes(_ property: String) -> String {
      var text = ""
      for (name, colour) in [
        (".directory", directory), (".branches, .note, .unchanged", aside), (".new", new),
        (".kept", kept), (".replaced", replaced), (".merged", merged), (".moved", moved),
        (".removed, .conflict", removed),
      ] {
        text += "\(name) { \(property): \(colour); }\n"
      }
      return text
    }
  }

  private static let light = Colours(
    ground: "#ffffff", border: "#d1d9e0", text: "#1f2328", aside: "#59636e", directory: "#0550ae",
    new: "#116329", kept: "#1b7c83", replaced: "#7d4e00", merged: "#8250df", moved: "#0550ae",
    removed: "#a40e26")

  private static let dark = Colours(
    ground: "#0d1117", border: "#3d444d", text: "#f0f6fc", aside: "#9198a1", directory: "#79c0ff",
    new: "#56d364", kept: "#76e3ea", replaced: "#e3b341", merged: "#d2a8ff", moved: "#79c0ff",
    removed: "#ffa198")
}
