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

  /// The rules of CSS by which pictures and pages have the same colours, on light ground and on dark.
  static var colours: String {
    colours(light) + "@media (prefers-color-scheme: dark) {\n" + colours(dark) + "}\n"
  }

  private static let light = Colours(
    ground: "#ffffff", border: "#d1d9e0", text: "#1f2328", aside: "#59636e", directory: "#0550ae",
    new: "#116329", kept: "#1b7c83", replaced: "#7d4e00", merged: "#8250df", moved: "#0550ae",
    removed: "#a40e26")

  private static let dark = Colours(
    ground: "#0d1117", border: "#3d444d", text: "#f0f6fc", aside: "#9198a1", directory: "#79c0ff",
    new: "#56d364", kept: "#76e3ea", replaced: "#e3b341", merged: "#d2a8ff", moved: "#79c0ff",
    removed: "#ffa198")

  private struct Colours {
    var ground, border, text, aside, directory, new, kept, replaced, merged, moved, removed: String
  }

  private static func colours(_ colours: Colours) -> String {
    var text = ""
    for (name, colour) in [
      ("ground", colours.ground), ("border", colours.border), ("text", colours.text),
      ("aside", colours.aside), ("directory", colours.directory), ("new", colours.new),
      ("kept", colours.kept), ("replaced", colours.replaced), ("merged", colours.merged),
      ("moved", colours.moved), ("removed", colours.removed),
    ] {
      text += (text.isEmpty ? ":root { " : " ") + "--\(name): \(colour);"
    }
    return text + " }\n"
  }
}
