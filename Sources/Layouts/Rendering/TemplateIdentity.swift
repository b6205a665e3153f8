import Templating

/// Which template of a layout a file was made of, and for which items of lists. By it a file is told
/// again whatever becomes of its path: with other answers, in another version of the layout.
///
/// It is unique within a project: a template is placed once for each combination of items, and a
/// layer's place among those that apply and have the same folder is a part of it.
package struct TemplateIdentity: Sendable {
  /// The template's path in the layout, as it stands there: `base/src/<<PACKAGE>>/app.py`; of a
  /// shared layer, below `shared/NAME`.
  package let path: String
  private let placement: LayerPlacement

  init(path: String, placement: LayerPlacement) {
    self.path = path
    self.placement = placement
  }

  /// The items of the layer's `each`, outermost first.
  package var items: [String] {
    placement.layer.loops.map { loop in
      placement.scope[loop.item].flatMap(ValueParser.word(for:)) ?? ""
    }
  }

  /// One line that no other template of the project has, and that stays the same as long as the
  /// layout names the template so: `base/src/app.py`, `step/src/<<STEP>>.py:clean`, for several items
  /// `pair/<<A>>-<<B>>:left,right`. A third part counts, from 2, the layers that apply with one
  /// folder: `settings/app.json::2`.
  ///
  /// No path holds a colon. In an item `\` stands before a colon, a comma and another `\`.
  package var text: String {
    if placement.layer.loops.isEmpty, placement.repetition == 1 { return path }
    let items = items
    var text = path
    if !items.isEmpty || placement.repetition > 1 {
      text += ":" + items.map(Self.escaped).concatenated(by: ",")
    }
    if placement.repetition > 1 { text += ":\(placement.repetition)" }
    return text
  }

  private static func escaped(_ item: String) -> String {
    var bytes: [UInt8] = []
    for byte in item.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: ":"), UInt8(ascii: ","):
        bytes.append(UInt8(ascii: "\\"))
      default: break
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
