import Documents
import Manual

/// The text of a table's help as spans: what is to be typed stands there between “ ”, or begins with
/// `--`.
enum HelpSpans {
  static func spans(of text: String) -> [Span] {
    var spans: [Span] = []
    var piece = ""
    var kind = Span.Kind.plain
    func end(_ next: Span.Kind) {
      if !piece.isEmpty { spans.append(Span(piece, kind)) }
      piece = ""
      kind = next
    }
    var isOption = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "“":
        piece += "“"
        end(.code)
      case "”":
        end(.plain)
        piece += "”"
      case "-" where kind == .plain && rest.first == "-" && piece.unicodeScalars.last ?? " " == " ":
        end(.code)
        isOption = true
        piece += "-"
      default:
        if isOption, !isPartOfName(scalar) {
          end(.plain)
          isOption = false
        }
        piece.unicodeScalars.append(scalar)
      }
    }
    end(.plain)
    return spans
  }

  private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "-": true
    default: false
    }
  }
}
