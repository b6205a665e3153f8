import Foundation
import Testing

/// What the program promises, held against what once showed a promise to be untrue. Each test goes
/// the whole way, through the built binary and a real disk; the rules behind it have tests of their
/// own, which this suite does not repeat.
@Suite("The promise that")
struct PromiseTests {
  private func inShell(_ body: (Shell) throws -> Void) throws {
    let shell = try Shell()
    defer { shell.remove() }
    try body(shell)
  }

  /// A layout of one file in `folder`.
  private static func layout(
    _ folder: String, variables: String = "", more: String = "", file: String = "README.md",
    text: String = "x"
  ) -> String {
    """
    mkdir -p \(folder)/base && printf '%s' '\(text)' > '\(folder)/base/\(file)'
    cat > \(folder)/layout.json <<'END'
    {"name": "\(folder)", "summary": "s", "version": "1.0.0", "variables": [\(variables)],
     "layers": [{"folder": "base"}]\(more)}
    END

    """
  }

  // MARK: What it writes works

  @Test(
    "what it writes works: nothing that a name leads to is hidden from git",
    arguments: [
      ("src-namespace", "dist", ""),
      ("orchestrator-config", "shop", "--variant multi-env --environments logs,production"),
      ("ops-k8s", "shop", "--environments mlruns,production"),
    ])
  func works(_ layout: String, _ name: String, _ options: String) throws {
    try inShell { shell in
      let result = try shell.run(
        """
        scaffold new --layout \(layout) \(options) \(name) > /dev/null && cd \(name) && git init -q
        find . -type f -not -path './.git/*' | git check-ignore --no-index --stdin
        """)
      let ignored = Set(result.output.split(separator: "\n").map(String.init))
      #expect(ignored.isSubset(of: ["./.env", "./logs/.gitkeep"]), "\(ignored)")
    }
  }

  // MARK: Nothing is lost

  /// The staging directory of an existing target has a name that anybody can know.
  private static let staging = ".scaffold-945c9b46d684f08e"

  @Test("nothing is lost: what a clone or an archive carries changes no file")
  func carriedJournal() throws {
    try inShell { shell in
      let result = try shell.run(
        Self.layout("mine") + """
          mkdir -p there/\(Self.staging)/new there/\(Self.staging)/old
          printf mine > there/notes.txt; printf theirs > there/\(Self.staging)/new/0
          blob() { printf "$1" | git hash-object --stdin; }
          printf '{"version":1,"entries":[{"kind":"replace","path":"notes.txt","file":"0",
            "mode":"644","blob":"%s","expected":"%s"}]}' "$(blob theirs)" "$(blob mine)" \
            > there/\(Self.staging)/plan
          scaffold new --layout ./mine there; echo $?; cat there/notes.txt
          """)
      #expect(result.output.hasSuffix("0\nmine"), "\(result.output)")
      #expect(result.errors.contains("has no effect"), "\(result.errors)")
    }
  }

  @Test("nothing is lost: a file of the layout never takes another's place because of a value")
  func collision() throws {
    try inShell { shell in
      let steps = #"{"name": "STEPS", "kind": "list", "of": "identifier"}"#
      let result = try shell.run(
        Self.layout("mine", variables: steps, file: "runner.py") + """
          mkdir mine/step && echo x > 'mine/step/<<STEP>>.py'
          sed -i 's|{"folder": "base"}|&, {"folder": "step", "each": "STEP in STEPS"}|' mine/layout.json
          scaffold new --layout ./mine --steps runner demo; echo $?; ls
          """)
      #expect(result.output == "3\nmine\n")
      #expect(result.errors.contains("--steps"), "\(result.errors)")
    }
  }

  @Test("nothing is lost: with few descriptors a target is complete, or as it was")
  func fewDescriptors() throws {
    try inShell { shell in
      let result = try shell.run(
        """
        for limit in 6 8 12 16 24 32 48; do
          rm -rf there && mkdir there && echo mine > there/notes.txt
          (ulimit -n $limit && scaffold new --layout tiered --project-name demo there) \
            > /dev/null 2>&1 && (cd there && ls README.md .scaffold.json) || echo $(ls -A there)
        done
        """)
      let outcomes = Set(result.output.split(separator: "\n").map(String.init))
      #expect(outcomes == [".scaffold.json", "README.md", "notes.txt"], "\(result.output)")
    }
  }

  // MARK: A layout is data

  @Test("a layout is data: a secret is private, whatever its name is made of")
  func secret() throws {
    try inShell { shell in
      let name = #"{"name": "PROJECT_NAME", "kind": "name"}"#
      let result = try shell.run(
        Self.layout(
          "mine", variables: name, more: #", "private": ["<<PROJECT_NAME>>.env"]"#,
          file: "<<PROJECT_NAME>>.env")
          + "scaffold new --layout ./mine --project-name shop demo && stat -c %a demo/shop.env")
      #expect(result.output.hasSuffix("\n600\n"), "\(result.output) \(result.errors)")
    }
  }

  @Test("a layout is data: it ends, however often it names its values")
  func ends() throws {
    try inShell { shell in
      let variables = (10..<50).map { number in
        let next = "<<V\(number + 1)>><<V\(number + 1)>>"
        return #"{"name": "V\#(number)", "kind": "text", "default": "\#(next)"}"#
      }
      let last = #"{"name": "V50", "kind": "text", "default": "twice"}"#
      let result = try shell.run(
        Self.layout("mine", variables: (variables + [last]).joined(separator: ", "))
          + "ulimit -v 4000000; scaffold new --layout ./mine demo; echo $?; ls")
      #expect(result.output == "3\nmine\n", "\(result.errors)")
      #expect(result.errors.contains("layout.json:1:"), "\(result.errors)")
    }
  }

  @Test("a layout is data: nothing of it is an order to the terminal")
  func noControls() throws {
    try inShell { shell in
      let choices = #"{"name": "TIER", "choices": {"small": "\u001b[2Jx", "large": "y"}}"#
      let result = try shell.run(
        Self.layout("mine", variables: choices) + """
          scaffold show ./mine; scaffold new --layout ./mine --help; scaffold new --layout ./mine demo
          """)
      #expect(!(result.output + result.errors).contains("\u{1B}"))
      #expect(result.errors.contains("layout.json:1:"), "\(result.errors)")
    }
  }

  // MARK: Every message helps

  @Test("every message helps: the count is of what was done, and what was kept is shown")
  func summary() throws {
    try inShell { shell in
      let result = try shell.run(
        """
        mkdir -p demo/src/demo && echo mine > demo/src/demo/errors.py
        scaffold new --layout src-namespace --on-conflict keep demo
        """)
      #expect(result.output.contains("errors.py"), "\(result.output)")
      #expect(result.output.contains("1 kept"), "\(result.output)")
    }
  }

  @Test("every message helps: a dash that an editor changed is told, and nothing is written")
  func typographicDash() throws {
    try inShell { shell in
      let result = try shell.run("scaffold new --layout tiered —dry-run; echo $?; ls")
      #expect(result.output == "2\n")
      #expect(result.errors.contains("--dry-run"), "\(result.errors)")
    }
  }
}
