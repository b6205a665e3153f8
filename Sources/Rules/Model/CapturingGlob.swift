import Documents

/// A glob over paths, as rules write them: `*` and `?` stay within a component, `**` is any number
/// of components, and `{CAPTURE}` takes a part of a component under a name: the shortest text that
/// lets the rest match. Under one name everywhere stands one text. What ends with `/` is a
/// directory.
package struct CapturingGlob: Hashable, Sendable {
  package let text: String
  let components: [Component]
  package let isDirectory: Bool

  enum Component: Hashable, Sendable {
    /// Without wildcards.
    case literal(String)
    /// `**`
    case anyNumber
    case pattern([NamePart])
  }

  /// In bytes: longer ones match no path.
  package static let longest = 1024
  /// In one component, so that finding them stays short work.
  package static let mostCaptures = 4

  init(_ components: [Component], isDirectory: Bool, text: String) {
    self.components = components
    self.isDirectory = isDirectory
    self.text = text
  }

  /// Their names, each once.
  package var captures: [String] {
    var names: [String] = []
    for case .pattern(let parts) in components {
      for case .capture(let name) in parts where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Whether it is one path, and no glob.
  package var isLiteral: Bool { literalPrefix.count == components.count }

  /// The components before the first that holds a wildcard.
  package var literalPrefix: [String] {
    var names: [String] = []
    for component in components {
      guard case .literal(let name) = component else { break }
      names.append(name)
    }
    return names
  }

  /// With texts in the place of captures; the others stay.
  package func filling(_ captures: Captures) -> CapturingGlob {
    if captures.isEmpty || self.captures.isEmpty { return self }
    let filled = components.map { component in
      guard case .pattern(let parts) = component else { return component }
      return Component(
        parts.map { part in
          if case .capture(let name) = part, let text = captures[name] {
            return .literal(Array(text.utf8))
          }
          return part
        })
    }
    return CapturingGlob(filled, isDirectory: isDirectory, text: captures.fill(text))
  }
}

extension CapturingGlob.Component {
  /// Neighbouring texts become one; what is nothing but text is a literal.
  init(_ parts: [NamePart]) {
    var joined: [NamePart] = []
    for part in parts {
      if case .literal(let more) = part, case .literal(let bytes)? = joined.last {
        joined[joined.count - 1] = .literal(bytes + more)
      } else {
        joined.append(part)
      }
    }
    if joined.count == 1, case .literal(let bytes) = joined[0] {
      self = .literal(String(decoding: bytes, as: UTF8.self))
    } else {
      self = .pattern(joined)
    }
  }
}

/// A part of a glob within one name.
enum NamePart: Hashable, Sendable {
  case literal([UInt8])
  /// `?`
  case anyCharacter
  /// `*`
  case anyText
  case capture(String)
}
