import BuiltInLayouts
import Console
import Foundation
import Manual
import TestSupport
import Testing

@testable import scaffold

@Suite("The manual")
struct ManualTests {
  private let commands = Program.commands.map { $0.init().command }
  private let page: String

  init() {
    page = ProgramManual.text(Program.table, commands)
  }

  /// What the page has below a heading, its escapes taken back.
  private func section(_ heading: String) throws -> String {
    let start = try #require(page.range(of: "\n\(heading)\n")?.upperBound, "\(heading)")
    let rest = page[start...]
    let end = rest.range(of: "\n.S")?.lowerBound ?? rest.endIndex
    return RoffText.plain(String(rest[..<end]))
  }

  @Test("has every command with its operands, options, words and examples")
  func commandTables() throws {
    for command in commands {
      let section = try section(".SS \"scaffold \(command.name)\"")
      for operand in command.operands { #expect(section.contains("\n\(operand.placeholder)\n")) }
      for option in command.options {
        let isOfProgram = Program.table.options.contains { $0.name == option.name }
        let place = isOfProgram ? try self.section(".SH \"OPTIONS\"") : section
        let name = option.value == .flag ? "--[no-]\(option.name)" : "--\(option.name)"
        #expect(place.contains(name), "\(command.name) \(name)")
        if let short = option.short { #expect(place.contains("\n-\(short), ")) }
        if case .one(let placeholder) = option.value {
          #expect(place.contains("\(name) \(placeholder)\n"))
        }
        for word in option.words { #expect(place.contains("\n\(word.word)"), "\(word.word)") }
        if let text = option.shownDefault { #expect(place.contains("\ndefault: \(text)\n")) }
      }
      for example in command.examples { #expect(section.contains("\n\(example.left)\n")) }
    }
  }

  @Test("has the program's options, the topics and how a run ends")
  func program() throws {
    let options = try section(".SH \"OPTIONS\"")
    for option in Program.table.options { #expect(options.contains("--\(option.name)")) }
    let topics = try section(".SH \"HELP TOPICS\"")
    for topic in HelpTopic.allCases { #expect(topics.contains("\n\(topic.rawValue)\n")) }
    let codes = try section(".SH \"EXIT STATUS\"")
    for code in Program.ExitCode.allCases { #expect(codes.contains("\n\(code.rawValue)\n")) }
  }

  @Test("has the variables of the environment that the program asks for, and no others")
  func environment() throws {
    var asked: Set<String> = []
    for file in Repository.files(below: "Sources", ending: ".swift") {
      let text = try Repository.text(of: file)
      for match in text.matches(of: #/(?:environment[(\[]|isSet\()"([A-Z_]+)"[)\]]/#) {
        asked.insert(String(match.1))
      }
      for match in text.matches(of: #/for name in (\["LC_ALL"[^\]]*\])/#) {
        for name in match.1.matches(of: #/[A-Z_]+/#) { asked.insert(String(name.0)) }
      }
    }
    #expect(asked.count > 2)
    #expect(Set(ProgramManual.environment.map(\.0)) == asked)
  }

  @Test("is the same whenever it is written, and its lines are short ASCII")
  func lines() {
    for text in [page, LayoutManual.text] {
      #expect(text.utf8.allSatisfy { $0 < 0x80 })
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.utf8.count < 80 })
      #expect(lines[0].contains(" \(Program.date) \"scaffold \(Program.version)\" "))
    }
  }

  // MARK: Topics

  @Test("of the format holds all of its text")
  func format() throws {
    let document = Markdown(BuiltInLayouts.format)
    #expect(document.faults == [])
    let text = RoffText.plain(LayoutManual.text)
    for title in document.titles.dropFirst() {
      #expect(text.contains(title) || text.contains(title.uppercased()))
    }
  }

  @Test("leads to every part of the format's page from one topic")
  func topics() {
    let titles = Markdown(BuiltInLayouts.format).titles
    #expect(HelpTopic.allCases.flatMap(\.titles).sorted() == titles.sorted())
    let commands = Set(commands.map(\.name))
    #expect(commands.isDisjoint(with: HelpTopic.allCases.map(\.rawValue)))
  }

  @Test("has the document and the schema byte for byte")
  func embedded() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run("scaffold help schema")
    #expect(result.output == (try Repository.text(of: "Templates/layout.schema.json")))
    #expect(BuiltInLayouts.format == (try Repository.text(of: "Templates/README.md")))
  }

  @Test("is what help prints of each topic")
  func help() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for topic in HelpTopic.allCases {
      let result = try shell.run(topic.call)
      #expect(result.code == 0 && result.errors.isEmpty)
      for title in topic.titles { #expect(result.output.contains("\(title)\n")) }
    }
  }

  /// Half a page of tree or code is no use where lines are cut.
  @Test("shows code that fits a terminal of 80 columns")
  func code() {
    for case .code(let lines) in Markdown(BuiltInLayouts.format).blocks {
      #expect(lines.allSatisfy { $0.count <= 69 }, "\(lines)")
    }
  }
}

/// The text of a page of man(7), as far as these pages have escapes.
enum RoffText {
  static func plain(_ page: String) -> String {
    var text = page.replacing("\\\n", with: "")
    for (escape, sign) in [
      ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\:", ""), ("\\&", ""), ("\\-", "-"),
      ("\\(aq", "'"), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~"), ("\\(lq", "“"),
      ("\\(rq", "”"), ("\\(rs", "\\"),
    ] {
      text = text.replacing(escape, with: sign)
    }
    return text
  }
}
