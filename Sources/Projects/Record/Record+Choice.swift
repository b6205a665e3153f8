import Documents

extension Record {
  /// An answer that both branches have changed, or one of them, and nobody knows which.
  package struct Choice: Hashable, Sendable {
    package var name: String
    /// As one would type them.
    package var ours: String
    package var theirs: String

    /// One line on what becomes of it where nobody chooses.
    var remark: String {
      let option = Self.isPlain(theirs) ? "--set \(name)=\(theirs)" : "--set \(name)=…"
      return "\(Printable.text(name)) is “\(Printable.text(ours))” in one branch and"
        + " “\(Printable.text(theirs))” in the other: the first stays,"
        + " \(Printable.text(option)) takes the other"
    }

    /// Whether a text is one word of every shell as it stands.
    private static func isPlain(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
          default: "-_./,:@".utf8.contains(byte)
          }
        }
    }
  }
}
