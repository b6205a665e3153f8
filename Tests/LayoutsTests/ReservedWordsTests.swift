import Testing

@testable import Layouts

@Suite("A set of reserved words")
struct ReservedWordsTests {
  @Test(
    "has its first word, its last and those between, and none that begins or ends as they do",
    arguments: [
      (
        ReservedWords.pythonKeywords, ["and", "for", "from", "yield"],
        ["an", "ands", "or-", "", "y"]
      ),
      (
        .pythonModules, ["abc", "py-compile", "py_compile", "zoneinfo"], ["py", "compile", "info"]
      ),
      (
        .pythonLibraries, ["aiofiles", "typing-extensions", "zstandard"],
        ["files", "typing", "asyncio"]
      ),
      (
        .pythonBuiltinClasses, ["arithmetic_error", "warning", "zero_division_error"],
        ["error", "os_error", "list"]
      ),
    ])
  func words(set: ReservedWords, inside: [String], outside: [String]) {
    #expect(inside.filter { !set.contains($0) } == [])
    #expect(outside.filter(set.contains) == [])
  }
}
