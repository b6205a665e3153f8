/// What makes a path unsafe. The device names and the aliases of `.git` are those that git itself
/// refuses (`verify_path`, `is_ntfs_dotgit`, `is_hfs_dotgit`).
enum PathRules {
  static let longestPath = 1024
  static let longestComponent = 255

  static func check(_ path: String) throws(PathError) {
    func fail(_ reason: String) -> PathError { PathError(path: path, reason: reason) }

    if path.isEmpty { throw fail("is empty") }
    if path.utf8.first == UInt8(ascii: "/") { throw fail("is absolute") }
    try checkStart(of: path)
    if path.utf8.count > longestPath { throw fail("is longer than \(longestPath) bytes") }
    if path.utf8.withContiguousStorageIfAvailable(areOrdinary) == true { return }
    // By bytes: a slash and a combining mark after it are one `Character`.
    for component in path.utf8.split(separator: slash, omittingEmptySubsequences: false) {
      try check(component: Substring(component), of: path)
    }
  }

  /// A shell, and what reads a path as one does, takes a `~` at its start for somebody's home.
  static func checkStart(of path: String) throws(PathError) {
    if path.utf8.first == UInt8(ascii: "~") {
      throw PathError(path: path, reason: "begins with “~”")
    }
  }

  private static let slash = UInt8(ascii: "/")

  /// Whether no rule can apply to any component of a path.
  private static func areOrdinary(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for end in 0...path.count where end == path.count || path[end] == slash {
      if !isOrdinary(path[start..<end]) { return false }
      start = end + 1
    }
    return true
  }

  /// Whether no rule can apply to a component, as with most: letters, digits, `.`, `_` and `-`, and
  /// no beginning that a reserved name has.
  private static func isOrdinary(_ component: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    guard let first = component.first, component.last != UInt8(ascii: "."),
      component.count <= longestComponent
    else { return false }
    switch first | 0x20 {
    case UInt8(ascii: "."):
      if component.count == ".git".utf8.count {
        let letters = component.dropFirst().map { $0 | 0x20 }
        if letters == Array("git".utf8) { return false }
      }
    case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "l"), UInt8(ascii: "n"),
      UInt8(ascii: "p"):
      let stem = component.prefix { $0 != UInt8(ascii: ".") }
      if stem.count <= "com1".utf8.count, mayBeDevice(stem) { return false }
    default: break
    }
    return component.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  private static func mayBeDevice(_ stem: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    switch String(decoding: stem.prefix(3), as: UTF8.self).lowercased() {
    case "con", "prn", "aux", "nul", "com", "lpt": true
    default: false
    }
  }

  static func check(component: Substring, of path: String? = nil) throws(PathError) {
    func fail(_ reason: String) -> PathError {
      PathError(path: path ?? String(component), reason: reason)
    }

    if component.utf8.withContiguousStorageIfAvailable({ isOrdinary($0[...]) }) == true { return }
    if component.isEmpty { throw fail("has an empty component") }
    if component == "." || component == ".." { throw fail("has the component “\(component)”") }
    if component.utf8.count > longestComponent {
      throw fail("has a component of more than \(longestComponent) bytes")
    }
    let isPlain = component.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: ":")
        && byte != UInt8(ascii: "/")
    }
    if !isPlain { try checkCharacters(component, fail) }
    if component.utf8.last == UInt8(ascii: ".") || component.utf8.last == UInt8(ascii: " ") {
      throw fail("has a component that ends with a dot or a space")
    }
    if !isPlain || component.utf8.count <= "git~1".utf8.count, isDotGit(component) {
      throw fail("has the component “\(component)”, which git takes for its own directory")
    }
    if isDeviceName(component) {
      throw fail("has the component “\(component)”, which is a device on Windows")
    }
  }

  private static func checkCharacters(
    _ component: Substring, _ fail: (String) -> PathError
  ) throws(PathError) {
    // It would melt into the slash before it, for whoever takes the path apart by `Character`.
    if "/\(component)".first != "/" {
      throw fail("has a component that begins with a combining character")
    }
    for scalar in component.unicodeScalars {
      switch scalar {
      case "\\": throw fail("has a backslash")
      case ":": throw fail("has a colon")
      case "/": throw fail("has a slash within a component")
      case "\0": throw fail("has a NUL")
      default: break
      }
      if scalar.properties.generalCategory == .control { throw fail("has a control character") }
      if scalar.properties.isBidiControl { throw fail("has a bidirectional control character") }
      if scalar.value == 0x2028 || scalar.value == 0x2029 { throw fail("has a line separator") }
    }
  }

  /// Whether a file system could take `component` for `.git`: letter case, the short name
  /// `git~1`, and the characters that HFS+ ignores.
  private static func isDotGit(_ component: Substring) -> Bool {
    let name = withoutIgnored(component).lowercased()
    return name == ".git" || name == "git~1"
  }

  /// What HFS+ sees of `component`.
  static func withoutIgnored(_ component: Substring) -> String {
    var letters = String.UnicodeScalarView()
    letters.append(contentsOf: component.unicodeScalars.filter { !isIgnoredByHFS($0) })
    return String(letters)
  }

  private static func isIgnoredByHFS(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }

  private static let devices = [
    "con", "prn", "aux", "nul", "conin$", "conout$",
  ]

  private static func isDeviceName(_ component: Substring) -> Bool {
    // By scalars: a dot and a combining mark after it are one `Character`, but still end the stem.
    var stem = component.unicodeScalars.prefix { $0 != "." }
    while stem.last == " " { stem.removeLast() }
    guard (3...7).contains(stem.count) else { return false }
    let name = String(stem).lowercased()
    if devices.contains(name) { return true }
    guard stem.count == 4, name.utf8.starts(with: "com".utf8) || name.utf8.starts(with: "lpt".utf8),
      let last = stem.last
    else { return false }
    return "0123456789¹²³".unicodeScalars.contains(last)
  }
}
