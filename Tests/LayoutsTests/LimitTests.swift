import Documents
import FileSystems
import FileTrees
import Templating
import TestSupport
import Testing

@testable import Layouts

/// Whatever a layout and answers hold, loading and rendering end soon and say where it became too
/// much. Large inputs are run whole: what grew with their square would take minutes.
@Suite("A limit")
struct LimitTests {
  private func complaintsOfRendering(
    _ manifest: String, _ files: [String: String] = ["base/a": ""], _ fraction: Int = 1
  ) throws -> String {
    try complaints {
      let budget = Budget(fraction: fraction)
      let layout = try Layout(folder: folder(manifest, files), name: "mine", within: budget)
      let answers = try Answers(
        for: layout.manifest, given: [], directory: "my-dir", within: budget)
      _ = try layout.rendered(with: answers, within: budget)
    }
  }

  private func variables(_ count: Int, _ text: (Int) -> String) -> String {
    manifest("\"variables\": [\n" + (0..<count).map(text).joined(separator: ",\n") + "]")
  }

  @Test("stops defaults that double, at the placeholder that is one too many")
  func doubling() throws {
    let manifest = variables(40) { index in
      let value = index == 0 ? "xxxxxxxx" : "<<VV\(index - 1)>><<VV\(index - 1)>>"
      return #"{"name": "VV\#(index)", "kind": "text", "default": "\#(value)"}"#
    }
    let found = try complaintsOfRendering(manifest)
    #expect(
      found
        == "mine/layout.json:17:54: with this, the value of VV14 has more than 65536 bytes")
  }

  @Test("is how long a value may be, wherever it comes from")
  func longValue() throws {
    let layout = try loaded(
      variables(1) { _ in #"{"name": "VV", "kind": "text"}"# }, ["base/a": ""])
    let long = String(repeating: "x", count: Budget.longestValue)
    _ = try layout.manifest.answers(["VV": long])
    #expect(
      try complaints { _ = try layout.manifest.answers(["VV": long + "x"]) }
        == "--vv: has 65537 bytes, and a value may have at most 65536")
    let declaration = variables(1) { _ in
      "{\"name\": \"VV\", \"kind\": \"text\", \"default\": \"\(long)x\"}"
    }
    #expect(
      try complaintsOfRendering(declaration).contains(
        "the default of “VV”: has 65537 bytes, and a value may have at most 65536"))
  }

  @Test("is how much all values together may have")
  func allValues() throws {
    let value = String(repeating: "x", count: Budget.longestValue / 8)
    let manifest = variables(600) { index in
      let text = index == 0 ? value : "<<VV0>>"
      return #"{"name": "VV\#(index)", "kind": "text", "default": "\#(text)"}"#
    }
    let found = try complaintsOfRendering(manifest)
    #expect(
      found.contains("VV512: with this, this value has more than 4 MiB of values"), "\(found)")
  }

  @Test("is how many defaults lead from one to the next")
  func chain() throws {
    func chain(_ count: Int) -> String {
      variables(count) { index in
        let value = index == count - 1 ? "x" : "<<VV\(index + 1)>>"
        return #"{"name": "VV\#(index)", "kind": "text", "default": "\#(value)"}"#
      }
    }
    #expect(try complaintsOfRendering(chain(101)) == "")
    #expect(
      try complaintsOfRendering(chain(5000))
        == "mine/layout.json:3:10: the default of “VV0” leads over more than 100 others")
  }

  @Test("of the items of a list is looked at before anything else")
  func items() throws {
    let layout = try loaded(
      variables(1) { _ in #"{"name": "VV", "kind": "list", "of": "name", "max": 50}"# },
      ["base/a": ""])
    let items = (0..<10_000).map { "n\($0)" }
    #expect(
      try complaints {
        _ = try Answers(
          for: layout.manifest,
          given: [GivenAnswer(name: "VV", input: .items(items), origin: "VV")], directory: "d")
      } == "VV: takes at most 50 items, and has 10000")
  }

  @Test(
    "stops combinations of items, also of a layer that never applies", arguments: [true, false])
  func products(applies: Bool) throws {
    let items = (0..<300).map { "n\($0)" }.joined(separator: ",")
    let loops = (0..<10).map { "\"I\($0)X in VV\"" }.joined(separator: ", ")
    let manifest = """
      {"name": "demo", "summary": "s", "version": "1.0.0",
      "variables": [{"name": "VV", "kind": "list", "of": "name", "default": "\(items)"}],
      "layers": [{"folder": "base", "each": [\(loops)], "when": "\(applies ? "VV" : "not VV")"}]}
      """
    let found = try complaintsOfRendering(
      manifest, ["base/<<I0X>>/<<I1X>>/<<I2X>>/<<I3X>>/<<I4X>>/<<I5X>>/<<I6X>>": ""], 50)
    #expect(
      found.hasPrefix("mine/") && found.contains("with this, the project "), "\(found)")
  }

  @Test("of a project's files is told where they come from")
  func projectFiles() throws {
    let items = (0..<1000).map { "n\($0)" }.joined(separator: ",")
    let manifest = """
      {"name": "demo", "summary": "s", "version": "1.0.0",
      "variables": [{"name": "VV", "kind": "list", "of": "name", "default": "\(items)"}],
      "layers": [{"folder": "base", "each": ["AA in VV", "BB in VV"]}]}
      """
    let found = try complaintsOfRendering(manifest, ["base/<<AA>>/<<BB>>": "x"], 50)
    #expect(
      found
        == "mine/base/<<AA>>:1:1: with this, the project has more than 1000 files and folders")
  }

  @Test("is far from thousands of files in one folder")
  func manyFiles() throws {
    var files: [String: String] = [:]
    for index in 0..<5_000 { files["base/deep/f\(index)"] = "" }
    let layout = try loaded(
      variables(1) { _ in #"{"name": "NAME", "kind": "text", "default": "x"}"# }, files)
    let tree = try layout.rendered(with: layout.manifest.answers())
    #expect(tree.files.count == 5_000)
  }

  @Test("of a layout's files and folders is told")
  func layoutFiles() throws {
    var files: [String: String] = [:]
    for index in 0...1000 { files["base/f\(index)"] = "" }
    let found = try complaintsOfRendering(manifest(), files, 50)
    #expect(found == "mine/base/f999: with this, the layout has more than 1000 files and folders")
  }

  @Test("is how many tags all templates have together")
  func tags() throws {
    var files: [String: String] = [:]
    for index in 0..<3 { files["base/f\(index)"] = String(repeating: "<<NAME>>\n", count: 40_000) }
    #expect(
      try complaintsOfRendering(
        variables(1) { _ in #"{"name": "NAME", "kind": "text", "default": "x"}"# }, files)
        == "mine/base/f2:20002:1: with this, the layout has more than 100000 placeholders and directives"
    )
  }

  @Test("is 64 times as far for a layout that is known")
  func large() throws {
    var files: [String: String] = [:]
    for index in 0...1000 { files["base/f\(index)"] = "" }
    let disk = try folder(manifest(), files)
    let layout = try Layout(
      folder: disk, name: "mine", within: Budget(fraction: 50, multiple: 64))
    #expect(try layout.rendered(with: layout.manifest.answers()).files.count == 1001)
    #expect(Budget.large.left(of: .entries) == 64 * Budget().left(of: .entries))
    #expect(Budget.large.largestTemplate == 256 << 20)
  }

  @Test("is far from thousands of variables")
  func manyVariables() throws {
    let manifest = variables(2000) { index in
      let value = index == 0 ? "x" : "<<VV\(index / 2)>>"
      return #"{"name": "VV\#(index)", "kind": "name", "default": "\#(value)"}"#
    }
    #expect(try complaintsOfRendering(manifest, ["base/a": "<<VV1999>>"]) == "")
  }

  @Test("stops rules whose patterns take too long")
  func patterns() throws {
    let layout = try loaded(
      variables(1) { _ in
        #"{"name": "VV", "kind": "text", "pattern": "[a-d]*[a-c]{0,900}"}"#
      }, ["base/a": ""])
    let long = GivenAnswer(
      name: "VV", input: .text(String(repeating: "a", count: 5000)), origin: "--vv")
    #expect(
      try complaints {
        _ = try Answers(
          for: layout.manifest, given: [long], directory: "d", within: Budget(fraction: 100))
      } == "--vv: with this, this value takes more than 100000 steps")
  }

  @Test("of globs is told")
  func globs() throws {
    var files: [String: String] = [:]
    for index in 0..<300 { files["base/\(String(repeating: "a", count: 50))\(index)"] = "" }
    let globs = (0..<100).map { "\"\(String(repeating: "*a", count: 20))b\($0)\"" }
    let found = try complaintsOfRendering(
      manifest("\"verbatim\": [\(globs.joined(separator: ", "))]"), files, 100)
    #expect(found.contains("with this, the layout takes more than 100000 steps"))
  }

  @Test("is how many variables, layers and rules there may be")
  func counts() throws {
    let many = Array(repeating: "1", count: 10_001).joined(separator: ", ")
    for key in ["variables", "verbatim", "private", "require", "next"] {
      let found = try complaints(ofManifest: manifest("\"\(key)\": [\(many)]"))
      #expect(found.contains("“\(key)” may have at most 10") && found.hasSuffix("has 10001"))
    }
  }

  @Test("of complaints is reached by a manifest of faults")
  func manyFaults() throws {
    let keys = (0..<5000).map { "\"key\($0)\": 1" }.joined(separator: ",\n")
    let found = try complaints(ofManifest: manifest(keys)).split(separator: "\n")
    #expect(found.count < 30)
    #expect(found.contains("… and 980 more of this kind"))
    #expect(found.last == "there are 1000 faults; no more were looked for")
  }

  @Test("is not passed by globs that name the items of many layers")
  func itemGlobs() throws {
    let layers = (0..<900).map { index in
      #"{"folder": "base", "into": "d\#(index)", "each": "ITEM\#(index) in LIST"}"#
    }
    let globs = (0..<30).map { "\"*/<<ITEM\($0)>>.txt\"" }
    let manifest = """
      {"name": "demo", "summary": "A demo", "version": "1.0.0",
        "variables": [{"name": "LIST", "kind": "list", "of": "identifier", "default": "aa"}],
        "layers": [\(layers.joined(separator: ", "))],
        "verbatim": [\(globs.joined(separator: ", "))]}
      """
    #expect(
      try complaintsOfRendering(manifest).hasSuffix(
        "“*/<<ITEM19>>.txt” matches no file in any layer\n… and 10 more of this kind"))
  }

  @Test("leaves warnings out that would take more than what is left")
  func unpaidWarnings() throws {
    let manifest = variables(9000) { index in
      #"{"name": "VV\#(index)", "kind": "text", "default": "x"}"#
    }
    let files = Dictionary(
      uniqueKeysWithValues: (0..<100).map { ("base/file\($0)", "\0<<VV7>>") })
    func warnings(_ fraction: Int) throws -> Diagnostics {
      try Layout(
        folder: folder(manifest, files), name: "mine", within: Budget(fraction: fraction)
      ).warnings
    }
    #expect(try warnings(1).count == 100)
    #expect(try warnings(1).told.last?.message == "… and 80 more of this kind")
    #expect(try (1..<100).contains(warnings(490).count))
  }

  @Test("is how many moves lead from one to the next, and what following them costs")
  func moves() throws {
    func moved(_ count: Int, _ fraction: Int = 1) throws -> String {
      let moves = (1...count).map { #""base/a\#($0)": "base/a\#($0 - 1)""# }
      let text = manifest("\"moved\": {\(moves.joined(separator: ",\n"))}")
      return try complaintsOfRendering(text, ["base/a0": ""], fraction)
    }
    #expect(try moved(100) == "")
    let tooLong = try moved(102).split(separator: "\n")
    #expect(tooLong.count == 2)
    #expect(
      tooLong[0] == "mine/layout.json:102:1: “base/a101” moves more than 100 times, or to where no"
        + " path leads")
    #expect(try moved(100, 10_000).contains("the layout takes more than 1000 steps"))
    #expect(try moved(1001).contains("“moved” may have at most 1000 members, and has 1001"))
  }

  @Test("is how many templates of a record are followed")
  func followed() throws {
    let text = manifest(#""moved": {"base/old/": "base/new/"}"#)
    let layout = try loaded(text, ["base/new/a": ""])
    // Two steps each: one that moves it, and one that finds no other move.
    var moves = TemplateMoves(layout.manifest.moves, within: Budget(fraction: 100_000))
    for _ in 0..<50 { _ = try moves.template(movedFrom: "base/old/a") }
    #expect(throws: Overrun.self) { try moves.template(movedFrom: "base/old/a") }
    let long = "base/old/" + String(repeating: "a", count: 1024)
    moves = layout.moves
    #expect(try moves.template(movedFrom: long) == nil)
  }
}
