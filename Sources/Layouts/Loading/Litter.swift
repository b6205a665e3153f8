/// What desktops, editors and interpreters leave behind: never part of a layout, whatever it is.
enum Litter {
  private static let names: Set<String> = [
    ".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__",
  ]

  /// Copies of Emacs and its kin (`x~`, `#x#`), its locks (`.#x`), and what Vim swaps to (`.x.swp`,
  /// `.x.swo` …).
  static func contains(_ name: String) -> Bool {
    let bytes = name.utf8
    if names.contains(name) || bytes.last == UInt8(ascii: "~") || bytes.starts(with: ".#".utf8) {
      return true
    }
    if bytes.first == UInt8(ascii: "#"), bytes.last == UInt8(ascii: "#") { return bytes.count > 2 }
    let ending = bytes.suffix(4)
    return bytes.first == UInt8(ascii: ".") && bytes.count > 5 && ending.starts(with: ".sw".utf8)
      && (UInt8(ascii: "a")...UInt8(ascii: "p")).contains(ending.last ?? 0)
  }
}
