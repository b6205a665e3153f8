import Foundation
import Testing

@Suite("The source that a record has of a layout of one's own")
struct SourceTests {
  @Test("is the same for everybody and from everywhere")
  func isStable() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      mkdir -p ann/mine/base bob/deep && echo x > ann/mine/base/x
      printf '{"name":"other","summary":"s","version":"1.0.0","layers":[{"folder":"base"}]}' \
        > ann/mine/layout.json
      cp -r ann/mine bob/deep/mine; ln -s deep/mine bob/link
      (cd ann && scaffold new --layout ./mine ../p1)
      (cd ann/mine && scaffold new --layout . ../../p2)
      (cd ann/mine/base && scaffold new --layout .. ../../../p3)
      (cd bob && scaffold new --layout "$PWD/deep/mine//" ../p4 && scaffold new --layout ./link ../p5)
      cat p?/.scaffold.json | grep source | sort -u; cmp p1/.scaffold.json p5/.scaffold.json
      """)
    #expect(result.code == 0, "\(result)")
    #expect(
      result.output.hasSuffix("\n      \"source\": \"folder:mine\",\n"), "\(result.output)")
  }
}
