import BuiltInLayouts
import FileTrees
import Foundation
import Layouts
import Testing

/// What the files of the built-in layouts say as they stand, held against what people may answer.
@Suite("A file of a built-in layout")
struct TemplateTextTests {
  private struct File {
    var layout: String
    var path: String
    var lines: [String]
  }

  private func files(_ isChosen: (String) -> Bool) -> [File] {
    BuiltInLayouts.all.flatMap { layout in
      layout.files().filter { isChosen($0.path) }.map { file in
        let text = String(decoding: file.bytes, as: UTF8.self)
        return File(
          layout: layout.name, path: file.path, lines: text.components(separatedBy: "\n"))
      }
    }
  }

  /// Names begin with a letter and hold no dot. So whatever a pattern without a place means, it
  /// hides nothing that an answer has named when it begins with something else.
  @Test("that tells git or an image what to leave out hides nothing that an answer has named")
  func ignoredNames() {
    let ignoring = files { $0.hasSuffix("gitignore") || $0.hasSuffix(".dockerignore") }
    #expect(ignoring.count > BuiltInLayouts.all.count)
    for file in ignoring {
      for line in file.lines where !line.isEmpty && !line.hasPrefix("#") && !line.hasPrefix("<<@") {
        let pattern = line.hasPrefix("!") ? String(line.dropFirst()) : line
        #expect(
          Self.hasPlace(pattern, isGit: file.path.hasSuffix("gitignore"))
            || !Self.couldBeName(pattern),
          "\(file.layout): \(file.path): \(line)")
      }
    }
  }

  /// Git looks for `dist` in every folder, an image's builder at the top only.
  private static func hasPlace(_ pattern: String, isGit: Bool) -> Bool {
    if pattern.hasPrefix("**/") { return false }
    return !isGit || pattern.dropLast().contains("/")
  }

  private static func couldBeName(_ pattern: String) -> Bool {
    let last = pattern.hasPrefix("**/") ? String(pattern.dropFirst(3)) : pattern
    return !(last.hasPrefix(".") || last.hasPrefix("_") || last.hasPrefix("*."))
  }

  /// A second syntax that reads a value again needs its own filter first: FastAPI shows a
  /// description as Markdown, compose files replace `$`, workflows `${{`. A licence is plain text.
  private static let placesOfFreeText = Set([
    "ops-k8s base/pyproject.toml <<DESCRIPTION|toml>>",
    "ops-k8s base/src/api/main.py <<DESCRIPTION|markdown|python>>",
    "ops-k8s operations/README.md <<DESCRIPTION|markdown>>",
    "src-namespace base/README.md <<DESCRIPTION|markdown>>",
    "src-namespace base/pyproject.toml <<DESCRIPTION|toml>>",
    "tiered core/README.md <<DESCRIPTION|markdown>>",
    "tiered core/pyproject.toml <<DESCRIPTION|toml>>",
    "tiered core/src/app.py <<DESCRIPTION|markdown|python>>",
    "tiered mvp/README.md <<DESCRIPTION|markdown>>",
    "tiered mvp/pyproject.toml <<DESCRIPTION|toml>>",
    "tiered mvp/src/main.py <<DESCRIPTION|markdown|python>>",
  ]).union(BuiltInLayouts.all.map { "\($0.name) shared/license/LICENSE <<COPYRIGHT>>" })

  @Test("has free text in the places that are listed here, each through the filter it needs")
  func freeText() {
    let texts = Set(
      BuiltInLayouts.all.flatMap { embedded in
        let manifest = Layout(embedded: embedded).manifest
        return manifest.variables.filter { variable in
          guard case .text = variable.kind else { return false }
          // A pattern may keep out what any syntax would read.
          let answer = GivenAnswer(
            name: variable.name, input: .text(#"a "b" 'c' $d {e}"#), origin: "")
          var given = [answer]
          if variable.name == "COPYRIGHT" {
            given.append(GivenAnswer(name: "LICENSE", input: .text("mit"), origin: ""))
          }
          return (try? Answers(for: manifest, given: given, directory: "demo")) != nil
        }.map(\.name)
      })
    #expect(texts == ["COPYRIGHT", "DESCRIPTION"])
    var places: Set<String> = []
    for file in files({ _ in true }) {
      for line in file.lines {
        for part in line.components(separatedBy: "<<").dropFirst() {
          guard texts.contains(where: part.hasPrefix), let end = part.range(of: ">>") else {
            continue
          }
          places.insert("\(file.layout) \(file.path) <<\(part[..<end.lowerBound])>>")
        }
      }
    }
    #expect(places == Self.placesOfFreeText)
  }
}
