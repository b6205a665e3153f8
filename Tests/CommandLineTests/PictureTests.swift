import BuiltInLayouts
import Foundation
import Layouts
import TestSupport
import Testing

/// The pictures of the README.
@Suite("The picture of a layout")
struct PictureTests {
  private static let folder = ".github/pictures"

  @Test("is what the program draws", arguments: Catalogue(builtIn: BuiltInLayouts.all).names)
  func isDrawn(name: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let drawn = try shell.run("scaffold show \(name) --format svg --depth 2")
    #expect(drawn.code == 0, "\(drawn.errors)")
    let file = Repository.root.appending(path: "\(Self.folder)/\(name).svg")
    #expect(try drawn.output == recorded(in: file, found: drawn.output))
  }

  @Test("is in the README, and no other")
  func isShown() throws {
    let text = try Repository.text(of: "README.md")
    let shown = text.matches(of: #/\(\.github/pictures/([a-z0-9-]+)\.svg\)/#).map { String($0.1) }
    #expect(shown == Catalogue(builtIn: BuiltInLayouts.all).names)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appending(path: Self.folder).path)
    #expect(Set(files) == Set(shown.map { "\($0).svg" }))
  }
}
