import Documents

extension CapturingGlob {
  /// Why a text is no glob: words that follow it.
  package struct Fault: Error {
    package var message: String
    package var help: String?
  }

  /// - Throws: the first rule that `text` breaks.
  package init(parsing text: String) throws(Fault) {
    if text.isEmpty { throw Fault(message: "is empty") }
    if text.utf8.count > Self.longest { throw Fault(message: "is longer than any path") }
    if text.begins(with: "/") {
      throw Fault(message: "is absolute", help: "paths begin at the top of the project")
    }
    let isDirectory = text.ends(with: "/")
    let body = isDirectory ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text
    var components: [Component] = []
    for name in body.parts(between: "/") {
      components.append(try Self.component(name))
    }
    self.init(components, isDirectory: isDirectory, text: text)
  }

  private static func component(_ name: String) throws(Fault) -> Component {
    switch name {
    case "": throw Fault(message: "has an empty component")
    case ".", "..": throw Fault(message: "has the component “\(name)”")
    case "**": return .anyNumber
    case ".git":
      throw Fault(
        message: "leads into “.git”", help: "what git keeps there is no part of a project")
    default: break
    }
    var parts: [NamePart] = []
    var names: Set<String> = []
    var bytes = Array(name.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "?"): parts.append(.anyCharacter)
      case UInt8(ascii: "*"):
        if parts.last == .anyText {
          throw Fault(
            message: "has “**” within a name",
            help: "“**” is any number of whole folders; within a name “*” is any text")
        }
        parts.append(.anyText)
      case UInt8(ascii: "{"):
        guard let end = bytes.firstIndex(of: UInt8(ascii: "}")) else {
          throw Fault(message: "has a “{” that is not closed")
        }
        let capture = String(decoding: bytes[..<end], as: UTF8.self)
        bytes = bytes[(end + 1)...]
        if let fault = Captures.fault(inName: capture) {
          throw Fault(message: "has the capture “\(Printable.text(capture))”, which \(fault)")
        }
        names.insert(capture)
        parts.append(.capture(capture))
      default: parts.append(.literal([byte]))
      }
    }
    if names.count > mostCaptures {
      throw Fault(message: "has more than \(mostCaptures) captures in one name")
    }
    return Component(parts)
  }

  /// Why it is not clear what its captures take, where that is so: of two texts of any length side
  /// by side nobody knows where the one ends.
  var ambiguity: String? {
    for case .pattern(let parts) in components {
      for (one, next) in zip(parts, parts.dropFirst()) {
        switch (one, next) {
        case (.capture(let name), .capture(let other)):
          return "has “{\(name)}{\(other)}”, and nothing says where the first one ends"
        case (.capture(let name), .anyText):
          return "has “{\(name)}*”, and nothing says where the capture ends"
        case (.anyText, .capture(let name)):
          return "has “*{\(name)}”, and nothing says where the capture begins"
        default: break
        }
      }
    }
    return nil
  }
}
