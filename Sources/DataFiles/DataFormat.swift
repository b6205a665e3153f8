import Documents

/// A way of writing data that people keep settings in.
package enum DataFormat: String, Hashable, Sendable, CaseIterable {
  case yaml
  case toml
  /// With the comments and trailing commas that many tools allow.
  case json
  case dotenv

  /// As the name of a file tells it; nil where it tells nothing. `.env.example` is dotenv as well.
  ///
  /// - Parameter name: its last component, or all of its path.
  package init?(fileName name: String) {
    let start = name.utf8.lastIndex(of: UInt8(ascii: "/")).map(name.utf8.index(after:))
    let name = start.map { String(name[$0...]) } ?? name
    if name.ends(with: ".yml") || name.ends(with: ".yaml") {
      self = .yaml
    } else if name.ends(with: ".toml") {
      self = .toml
    } else if name.ends(with: ".json") {
      self = .json
    } else if name.ends(with: ".env") || name.begins(with: ".env.") {
      self = .dotenv
    } else {
      return nil
    }
  }
}
