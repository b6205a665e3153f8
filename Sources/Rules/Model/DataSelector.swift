import Documents

/// Leads from the root of a data file to values in it: `services.*.ports.*`.
package struct DataSelector: Hashable, Sendable {
  package let text: String
  let steps: [Step]

  enum Step: Hashable, Sendable {
    /// `*`: every value of a map, every item of a list.
    case every
    /// The value of a key, or of one of several.
    case keys([String])
  }

  /// In bytes.
  package static let longest = 1000
  package static let mostSteps = 50

  /// Why a text is no selector: words that follow it.
  package struct Fault: Error {
    package var message: String

    package static let help =
      "selectors are keys with dots between them, “*” for each, “a|b” for either,"
      + " “\"a.b\"” for a key with dots, and “.” for the whole file"
  }

  /// - Throws: the first rule that `text` breaks.
  package init(parsing text: String) throws(Fault) {
    self.text = text
    if text.utf8.count > Self.longest {
      throw Fault(message: "is longer than \(Self.longest) bytes")
    }
    if text == "." {
      steps = []
      return
    }
    var reader = Reader(bytes: Array(text.utf8)[...])
    steps = try reader.steps()
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func steps() throws(Fault) -> [Step] {
      var steps = [try step()]
      while bytes.popFirst() != nil {
        steps.append(try step())
        if steps.count > mostSteps { throw Fault(message: "has more than \(mostSteps) steps") }
      }
      return steps
    }

    /// Up to a dot or the end.
    private mutating func step() throws(Fault) -> Step {
      if bytes.first == UInt8(ascii: "*"),
        bytes.dropFirst().first.map({ $0 == UInt8(ascii: ".") }) ?? true
      {
        bytes.removeFirst()
        return .every
      }
      var keys = [try key()]
      while bytes.first == UInt8(ascii: "|") {
        bytes.removeFirst()
        keys.append(try key())
      }
      guard bytes.first.map({ $0 == UInt8(ascii: ".") }) ?? true else {
        throw Fault(message: "has something behind a key in quotes")
      }
      return .keys(keys)
    }

    private mutating func key() throws(Fault) -> String {
      if bytes.first == UInt8(ascii: "\"") {
        bytes.removeFirst()
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\"")) else {
          throw Fault(message: "has a quote that is not closed")
        }
        defer { bytes = bytes[(end + 1)...] }
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      let key = bytes.prefix {
        $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: "\"")
      }
      if key.isEmpty { throw Fault(message: "has an empty step") }
      if key.contains(UInt8(ascii: "*")) {
        throw Fault(message: "has “*” beside other text; a key that has it needs quotes")
      }
      bytes = bytes[key.endIndex...]
      return String(decoding: key, as: UTF8.self)
    }
  }
}
