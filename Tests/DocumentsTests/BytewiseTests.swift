import Documents
import Foundation
import Testing

@Suite("A text taken apart at a mark")
struct BytewiseTests {
  @Test(
    "is so whatever is joined to the mark",
    arguments: [
      ("a=b", "a", "b"), ("a==b", "a", "=b"), ("=", "", ""), ("a=\u{301}b", "a", "\u{301}b"),
    ])
  func divided(text: String, before: String, behind: String) throws {
    let parts = try #require(text.divided(at: "="))
    #expect(Array(parts.before.utf8) == Array(before.utf8))
    #expect(Array(parts.behind.utf8) == Array(behind.utf8))
  }

  @Test("is whole where there is no mark")
  func whole() {
    #expect("ab".divided(at: "=") == nil)
    #expect("".dividedAtLast("/") == nil)
    #expect("ab".parts(between: ",") == ["ab"])
  }

  @Test("has as many parts as marks, and one more")
  func parts() {
    #expect(
      "a,,\u{301}b,".parts(between: ",").map { Array($0.utf8) } == [
        Array("a".utf8), [], Array("\u{301}b".utf8), [],
      ])
    #expect("a/b/\u{301}c".dividedAtLast("/")?.before == "a/b")
    #expect("a/\u{301}b".holds("/"))
    #expect("--\u{301}x".begins(with: "--"))
    #expect(!"-".begins(with: "--"))
    #expect("a\u{301}/".ends(with: "/"))
    #expect(!"".ends(with: "/"))
    #expect("a//".droppingTrailing("/") == "a")
    #expect("//".droppingTrailing("/") == "/")
    #expect(Array("--\u{301}x".dropping(2).utf8) == Array("\u{301}x".utf8))
  }

  /// Files below `Sources`, but for the filters, which have rules of their own for Characters.
  private static let sources: [URL] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.pathExtension == "swift" && !$0.path.contains("/Templating/Filters/")
    }
  }()

  @Test("is taken apart so everywhere: no source looks for a mark among Characters")
  func everywhere() throws {
    #expect(Self.sources.count > 80)
    // On UTF-8 the same calls are written with `UInt8(ascii:)`.
    let marks =
      /(split\(separator: "|(first|last)Index\(of: "|contains\("[^"]+"\)|has(Pre|Suf)fix\()/
    for file in Self.sources {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      for line in lines where !line.contains("unicodeScalars") {
        #expect(
          line.firstMatch(of: marks) == nil,
          "\(file.lastPathComponent): “\(line)”: see Documents/Bytewise.swift")
      }
    }
  }
}
