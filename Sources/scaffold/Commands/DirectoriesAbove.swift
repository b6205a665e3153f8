import Documents
import FileSystems
import Projects

/// The directories above a target, as far as the user named them.
struct DirectoriesAbove {
  private let components: [Substring]
  private let isAbsolute: Bool

  init(_ argument: String) {
    components = argument.split(separator: "/")
    isAbsolute = argument.utf8.first == UInt8(ascii: "/")
  }

  /// Innermost first; of an absolute path only the innermost, since far above there are directories
  /// that answer slowly.
  @Sendable func opened() -> [Target.Above] {
    var result: [Target.Above] = []
    for count in components.indices.reversed() {
      let name = String(components[count])
      if name == "." || name == ".." { break }
      let above = components[..<count].map(String.init).concatenated(by: "/")
      let path = isAbsolute ? "/" + above : above.isEmpty ? "." : above
      guard let fileSystem = try? LocalFileSystem(opening: path) else { break }
      result.append(Target.Above(fileSystem: fileSystem, name: name))
      if isAbsolute { break }
    }
    return result
  }
}
