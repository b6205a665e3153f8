/// The versions of the built-in layouts that projects may have been made of: a line each with name,
/// version and digest, the newest last. By the digest in its record a project is known to be of that
/// very layout, so that no version may ever have two.
struct KnownVersions {
  private(set) var text: String

  /// Name and version, to the digest.
  private var digests: [String: String] {
    var result: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      guard fields.count == 3 else { continue }
      result["\(fields[0]) \(fields[1])"] = fields[2]
    }
    return result
  }

  enum Finding: Equatable {
    case known
    case new
    /// - Parameter digest: the one that the version has.
    case changed(digest: String)
  }

  func finding(_ name: String, _ version: String, _ digest: String) -> Finding {
    switch digests["\(name) \(version)"] {
    case nil: .new
    case digest?: .known
    case let other?: .changed(digest: other)
    }
  }

  /// Adds what is new; a line that is there stays as it is.
  mutating func add(_ name: String, _ version: String, _ digest: String) {
    guard finding(name, version, digest) == .new else { return }
    text += "\(name) \(version) \(digest)\n"
  }
}
