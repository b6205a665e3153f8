import BuiltInLayouts
import FileTrees
import Foundation
import Testing

@Suite("An example")
struct ExampleTests {
  @Test(
    "that a layout's description ends with works as it stands",
    arguments: BuiltInLayouts.all.map(\.name) + ["./mine"])
  func works(layout: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    // ENGINE does not apply unless FAST is given.
    let mine = shell.directory.appending(path: "mine/base")
    try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
    try """
    {
      "name": "mine", "summary": "Mine", "version": "1.0.0",
      "variables": [
        {"name": "FAST", "kind": "flag", "default": false},
        {"name": "ENGINE", "kind": "name", "default": "v8", "when": "FAST"},
        {"name": "LEVELS", "kind": "integer", "min": 1, "max": 9, "default": 3},
      ],
      "layers": [{"folder": "base"}],
    }
    """.write(
      to: shell.directory.appending(path: "mine/layout.json"), atomically: true, encoding: .utf8)
    try "<<ENGINE>> <<LEVELS>>\n".write(
      to: mine.appending(path: "a.txt"), atomically: true, encoding: .utf8)

    let shown = try shell.run("scaffold show \(layout)")
    let example = try #require(shown.output.split(separator: "\n").last)
    #expect(example.hasPrefix("  scaffold new \(layout) "), "\(shown)")
    let made = try shell.run("\(example) && test -d myproj")
    #expect(made.code == 0, "\(example)\n\(made)")
  }
}
