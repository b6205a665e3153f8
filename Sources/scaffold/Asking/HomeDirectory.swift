import Console
import Documents

/// What a shell makes of “~” before it hands a word on; who types an answer has none in between.
enum HomeDirectory {
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.begins(with: "~/"), let home = Terminal.environment("HOME"),
      !home.isEmpty
    else { return path }
    return home + path.dropping(1)
  }
}
