import Foundation
import TestSupport
import Testing

/// Each file in `Transcripts/` is a session: lines that begin with `$ ` are run by `bash` one after
/// the other in one directory, and what follows is what they print: `| ` begins a line of standard
/// output, `! ` one of standard error, `=> 2` tells an exit code other than 0. Lines that begin with
/// `#` are remarks. `RECORD_SNAPSHOTS=1 swift test` rewrites them, and fails the run that recorded.
@Suite("The command line says what its transcripts say")
struct TranscriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Transcripts")

  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  @Test("in", arguments: names)
  func transcript(_ name: String) throws {
    let file = Self.folder.appending(path: name)
    let session = try String(contentsOf: file, encoding: .utf8)
    let shell = try Shell()
    defer { shell.remove() }
    try copyLayout(to: shell.directory)
    var actual = ""
    for line in session.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        actual += line + "\n"
      } else if line.hasPrefix("$ ") {
        if !actual.isEmpty { actual += "\n" }
        actual += line + "\n" + text(of: try shell.run(String(line.dropFirst(2))))
      }
    }
    #expect(
      try actual == recorded(in: file, found: actual), "RECORD_SNAPSHOTS=1 rewrites the transcripts"
    )
  }

  @Test("of which there are some")
  func thereAreSome() {
    #expect(Self.names.count >= 5)
  }

  /// `./tiny`, the layout that the transcripts use.
  private func copyLayout(to directory: URL) throws {
    try FileManager.default.copyItem(
      at: Self.folder.appending(path: "tiny"), to: directory.appending(path: "tiny"))
  }

  private func text(of result: Shell.Result) -> String {
    func lines(_ text: String, _ prefix: String) -> String {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      return lines.map { $0.isEmpty ? prefix + "\n" : prefix + "\($0)\n" }.joined()
    }
    let code = result.code == 0 ? "" : "=> \(result.code)\n"
    return lines(result.output, "| ") + lines(result.errors, "! ") + code
  }
}
