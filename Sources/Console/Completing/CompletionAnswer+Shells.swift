import Documents

/// What the scripts of the shells read: a line on what there is, then the candidates, one a line.
extension CompletionAnswer {
  /// For zsh: `PATHS JOIN TITLE`, the prefix, then what `_describe` takes.
  package var zsh: String {
    lines([prefix]) { candidate in
      let value = Self.escaped(candidate.value, ":\\")
      let description = Self.escaped(Printable.text(candidate.description), "\\")
      return description.isEmpty ? value : "\(value):\(description)"
    }
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if special.unicodeScalars.contains(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// For fish: `PATHS JOIN TITLE`, the prefix, what stands behind it, then words with their
  /// descriptions behind tabs.
  package func fish(for word: String) -> String {
    let path = word.begins(with: prefix) ? word.dropping(prefix.utf8.count) : ""
    return lines([prefix, path]) { candidate in
      "\(prefix)\(candidate.value)\t\(Printable.text(candidate.description))"
    }
  }

  private func lines(_ typed: [String], _ line: (Candidate) -> String) -> String {
    var text = "\(paths.rawValue) \(goesOn ? "joined" : "apart") \(title)\n"
    for typed in typed { text += typed + "\n" }
    for candidate in candidates where candidate.isPrintable { text += line(candidate) + "\n" }
    return text
  }
}
