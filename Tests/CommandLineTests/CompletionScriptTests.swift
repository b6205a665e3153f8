import Foundation
import Testing

@testable import scaffold

@Suite("The script for bash")
struct CompletionScriptTests {
  /// What the function leaves in COMPREPLY at the end of `line`, one a line between brackets.
  private static func replies(
    _ shell: Shell, _ line: String, breaks: String? = nil, program: String = "scaffold"
  ) throws -> [String] {
    try shell.write("line", line)
    let result = try shell.run(
      """
      source <(scaffold completions bash)
      \(breaks.map { "COMP_WORDBREAKS=\($0)" } ?? #"COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'"#)
      COMP_LINE=$(cat line; echo .); COMP_LINE=${COMP_LINE%.}; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
      _scaffold \(program)
      for reply in "${COMPREPLY[@]}"; do printf '%s\\n' "$reply"; done
      """)
    // Outside of a completion bash says that compopt has nothing to change; the script is silent.
    #expect(result.errors == "", "\(line)")
    #expect(result.code == 0, "\(line)")
    return result.output.split(separator: "\n").map(String.init)
  }

  private static let values = [
    "it's", "c$d", "py:3.12", "a=b", "a@b.c", "$(touch$IFS'pwned')", "`touch`", "*",
  ]

  private static func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write(
      "odd/layout.json",
      #"""
      { "name": "odd", "summary": "s", "version": "1.0.0",
        "variables": [{ "name": "WORD", "default": "a=b", "choices": [
          "it's", "c$d", "py:3.12", "a=b", "a@b.c", "$(touch$IFS'pwned')", "`touch`", "*" ] }],
        "layers": [{ "folder": "base" }] }
      """#)
    try shell.write("odd/base/a.txt", "x\n")
    return shell
  }

  @Test("has bash take each value for one argument, equal to the value")
  func arguments() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    for breaks in [nil, "$' \\t\\n'", #"$' \t\n"\'><=;|&('"#] {
      for start in ["--word ", "--word=", "--set WORD=", "--set=WORD="] {
        let line = "scaffold new -l ./odd \(start)"
        let replies = try Self.replies(shell, line, breaks: breaks)
        let found = try shell.run("printf '%s\\n' \(replies.joined(separator: " "))").output
          .split(separator: "\n")
        #expect(found.count == Self.values.count)
        for (found, value) in zip(found, Self.values) {
          #expect(found.hasSuffix(value), "\(line)")
          // As much as bash leaves of the line, or with what stands before the value.
          #expect(found.count == value.count || !found.dropLast(value.count).contains("\\"))
        }
      }
    }
    #expect(try shell.run("ls").output == "line\nodd\n")
  }

  @Test("asks the program that is being typed, where that is a path")
  func programs() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    try shell.write("bin/scaffold", "#!/bin/sh\nprintf 'none apart\\nother\\n'\n")
    _ = try shell.run("chmod +x bin/scaffold")
    #expect(
      try Self.replies(shell, "bin/scaffold x", program: "bin/scaffold") == ["other"])
    #expect(try Self.replies(shell, "sc un", program: "sc") == ["undo"])
    #expect(try Self.replies(shell, "/no/scaffold un", program: "/no/scaffold") == [])
  }

  @Test(
    "is one that the shell can read, as are the others",
    arguments: CompletionScript.allCases.map(\.rawValue))
  func syntax(_ name: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      "command -v \(name) > /dev/null || exit 0; scaffold completions \(name) | \(name) -n")
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
  }
}
