import TestSupport

/// A target as `Package.swift` declares it.
struct PackageTarget {
  /// `target`, `executableTarget`, `plugin` or `testTarget`
  var kind: String
  var name: String
  var dependencies: [String]
  var folder: String

  var isTest: Bool { kind == "testTarget" }

  /// Read from the text: `swift package` would want the build's lock.
  static func all() throws -> [PackageTarget] {
    let text = try Repository.text(of: "Package.swift")
      .replacing(/\/\/.*/.anchorsMatchLineEndings(), with: "")
    return text.split(separator: /\n    \./).dropFirst().compactMap { declaration in
      guard let kind = declaration.prefixMatch(of: /(\w*[tT]arget|plugin)\(/)?.output.1,
        let name = declaration.firstMatch(of: /name: "([^"]+)"/)?.output.1
      else { return nil }
      let dependencies =
        declaration.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.output.1
        .matches(of: /"([^"]+)"/).map { String($0.output.1) } ?? []
      let path = declaration.firstMatch(of: /path: "([^"]+)"/).map { String($0.output.1) }
      return PackageTarget(
        kind: String(kind), name: String(name), dependencies: dependencies,
        folder: path ?? (kind == "testTarget" ? "Tests/" : "Sources/") + name)
    }
  }
}
