import TestSupport
import Testing

/// The modules, as `Package.swift` has them, as sources use them and as the table tells of them.
@Suite("The modules of the package")
struct ModuleTests {
  private let targets: [PackageTarget]

  init() throws {
    targets = try PackageTarget.all()
    try #require(targets.count > 15)
  }

  @Test("are those of the table in Sources/ARCHITECTURE.md, with what each may import")
  func table() throws {
    let text = try Repository.text(of: "Sources/ARCHITECTURE.md")
    let table = try #require(MarkdownTable.first("module", in: text))
    var told: [String: Set<String>] = [:]
    for row in table.rows {
      let name = try #require(MarkdownTable.code(in: row[0]).first)
      told[name] = Set(MarkdownTable.code(in: row[2]))
    }
    let expected = targets.filter { !$0.isTest && $0.folder.hasPrefix("Sources/") }
    #expect(Set(told.keys) == Set(expected.map(\.name)))
    for target in expected {
      #expect(told[target.name] == Set(target.dependencies), "\(target.name)")
    }
  }

  /// A build does not notice an import of what only a dependency depends on.
  @Test("import only what they name, and in the program neither Foundation nor a C library")
  func imports() throws {
    let modules = Set(targets.map(\.name))
    let program = try inProgram()
    let platforms: Set = ["Glibc", "Musl", "Darwin"]
    for target in targets {
      for file in Repository.files(below: target.folder, ending: ".swift") {
        let imported = try Repository.text(of: file)
          .matches(of: /(?m)^ *(?:@testable |@_spi\(\w+\) )?import (?:struct |func )?(\w+)/)
          .map { String($0.output.1) }
        for module in imported where modules.contains(module) {
          #expect(target.dependencies.contains(module), "\(file) imports \(module)")
        }
        guard program.contains(target.name) else { continue }
        #expect(!imported.contains("Foundation"), "\(file)")
        if target.name != "CLibrary" {
          #expect(platforms.isDisjoint(with: imported), "\(file)")
        }
      }
    }
  }

  /// `withoutActuallyEscaping` checks at run time, with the length of its file's path at hand: two
  /// checkouts would give two binaries.
  @Test("have nothing in the program that tells where it was compiled")
  func places() throws {
    let program = try inProgram()
    for target in targets where program.contains(target.name) {
      for file in Repository.files(below: target.folder, ending: ".swift") {
        let text = try Repository.text(of: file)
        #expect(!text.contains(/\bwithoutActuallyEscaping\b|#file/), "\(file)")
      }
    }
  }

  /// SECURITY.md says so of layouts. (Swift has no `fork`.)
  @Test("start no process in the program, but for the module Processes at one place")
  func processes() throws {
    let program = try inProgram()
    var calls: [String] = []
    for target in targets where program.contains(target.name) {
      for ending in [".swift", ".c"] {
        for file in Repository.files(below: target.folder, ending: ending) {
          calls += try Repository.text(of: file)
            .matches(of: /\b(?:posix_spawnp?|exec[vl]\w*|popen|system)\(/)
            .map { "\(file): \($0.output)" }
        }
      }
    }
    #expect(calls == ["Sources/Processes/ChildProcess.swift: posix_spawn("])
  }

  /// Git has one name, which is looked for in the path and is not a parameter; a pager is what the
  /// environment names.
  @Test("start git and a pager, and nothing else")
  func startedPrograms() throws {
    var starts: [String] = []
    for target in targets where try inProgram().contains(target.name) {
      starts += try Repository.files(below: target.folder, ending: ".swift").filter {
        try Repository.text(of: $0).contains(/\bChildProcess\(/)
      }
    }
    let session = "Sources/Git/Processes/GitSession.swift"
    let pager = "Sources/scaffold/Program/Pager.swift"
    #expect(Set(starts) == [session, pager])
    #expect(try Repository.text(of: session).contains("program.path, [\"git\", "))
    let program = try Repository.text(of: "Sources/Git/GitProgram.swift")
    #expect(program.matches(of: /\binit[?(]/).count == 1)
    #expect(program.matches(of: /\.path\(/).count == 1)
    #expect(
      program.contains(
        #"let path = ProgramSearch(path: environment["PATH"] ?? "").path(of: "git") else"#))
    let text = try Repository.text(of: pager)
    #expect(
      text.contains(
        #"let command = environment["SCAFFOLD_PAGER"] ?? environment["PAGER"] ?? "less""#))
  }

  /// The modules that are linked into `scaffold`.
  private func inProgram() throws -> Set<String> {
    var found: Set = ["scaffold"]
    var next = ["scaffold"]
    while let name = next.popLast() {
      let target = try #require(targets.first { $0.name == name })
      for dependency in target.dependencies where found.insert(dependency).inserted {
        next.append(dependency)
      }
    }
    return found
  }

  @Test("have tests that the map in Sources/ARCHITECTURE.md tells of")
  func tests() throws {
    let text = try Repository.text(of: "Sources/ARCHITECTURE.md")
    let table = try #require(MarkdownTable.first("tests", in: text))
    let told = table.code(inColumn: 0).joined()
    let folders = Set(
      Repository.files(below: "Tests", ending: "").filter { $0.split(separator: "/").count > 2 }
        .map { String($0.split(separator: "/")[1]) }.filter { !$0.hasPrefix(".") })
    #expect(Set(told) == folders)
  }
}
