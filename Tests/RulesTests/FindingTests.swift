import FileTrees
import Testing

@testable import Rules

@Suite("Findings")
struct FindingTests {
  @Test("are in the order of paths, then of places, then of rules")
  func order() throws {
    func finding(_ path: String, _ line: Int?, _ column: Int?, _ rule: String) throws -> Finding {
      Finding(
        rule: rule, path: try RelativePath(validating: path), line: line, column: column,
        message: "m")
    }
    let sorted = [
      try finding("a.txt", nil, nil, "y/a"), try finding("a.txt", 1, 2, "x/b"),
      try finding("a.txt", 1, 2, "y/a"), try finding("a.txt", 1, 10, "x/a"),
      try finding("a.txt", 3, 1, "x/a"), try finding("b.txt", nil, nil, "x/a"),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }
}
