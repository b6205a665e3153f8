import Console
import Foundation
import TestSupport
import Testing

@testable import scaffold

@Suite("The transcripts show")
struct TranscriptCoverageTests {
  /// The lines that are run.
  private static let calls: [String] = TranscriptTests.names.flatMap { name -> [String] in
    let text = try? String(
      contentsOf: TranscriptTests.folder.appending(path: name), encoding: .utf8)
    return (text ?? "").split(separator: "\n").filter { $0.hasPrefix("$ ") }.map(String.init)
  }

  @Test("each command", arguments: Program.commands.map { $0.name })
  func commands(_ name: String) {
    #expect(Self.calls.contains { $0.contains("scaffold \(name) ") || $0.hasSuffix(" \(name)") })
  }

  @Test("and the program has, each command that a source is called after")
  func sources() {
    let files = Repository.files(below: "Sources/scaffold/Commands", ending: "Command.swift")
    let names = files.compactMap { $0.split(separator: "/").last?.dropLast("Command.swift".count) }
    #expect(Set(names.map { $0.lowercased() }) == Set(Program.commands.map { $0.name }))
  }

  /// But for the one that holds where none is given.
  @Test("each word that an option takes", arguments: Program.commands.map { $0.name })
  func words(_ name: String) throws {
    let command = try #require(Program.command(named: name)?.command)
    for option in command.options where option.isClosed {
      for word in option.words.map(\.word) where word != option.defaultText {
        // What every command has alike is shown once.
        let isShared = option.name == OutputOptions.color.option.name
        #expect(
          Self.calls.contains {
            (isShared || $0.contains("scaffold \(name) "))
              && $0.contains("--\(option.name) \(word)")
          }, "no transcript has “scaffold \(name) … --\(option.name) \(word)”")
      }
    }
  }
}
