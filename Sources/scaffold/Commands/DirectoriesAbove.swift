import Documents
import FileSystems
import Projects

/// The directories above a target, as far as the user named them.
struct DirectoriesAbove {
  private let components: [String]
  private let isAbsolute: Bool

  init(_ argument: String) {
    components = argument.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    isAbsolute = argument.utf8.first == UInt8(ascii: "/")
  }

  /// Innermost first; of an absolute path only the innermost, since far above there are directories
  /// that answer slowly.
  @Sendable func opened() -> [Target.Above] {
    var result: [Target.Above] = []
    for count in components.indices.reversed() {
      let name = components[count]
      if name == "." || name == ".." { break }
      let above = Array(components[..<count]).concatenated(by: "/")
      let path = isAbsolute ? "/" + above : above.isEmpty ? "." : above
      guard let fileSystem = try? LocalFileSystem(opening: path) else { break }
      result.append(Target.Above(fileSystem: fileSystem, name: name))
      if isAbsolute { break }
    }
    return result
  }
}
