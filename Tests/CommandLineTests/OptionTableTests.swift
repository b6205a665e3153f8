import Console
import Layouts
import Testing

@testable import scaffold

@Suite("The tables of the commands")
struct OptionTableTests {
  private let tables = Program.commands.map { $0.init().command } + [Program.table]

  @Test("name each option and each short form once")
  func unique() {
    for table in tables {
      #expect(Set(table.options.map(\.name)).count == table.options.count)
      let shorts = table.options.compactMap(\.short)
      #expect(Set(shorts).count == shorts.count)
    }
  }

  @Test("are found by the name of their command, and by no other")
  func names() {
    #expect(Set(Program.commands.map { $0.name }).count == Program.commands.count)
    for command in Program.commands {
      #expect(Program.command(named: command.name)?.command.name == command.name)
    }
    #expect(Program.command(named: "") == nil && Program.command(named: "nwe") == nil)
  }

  @Test("leave no option beside which they stand to a variable of a layout")
  func reserved() {
    for option in NewOptions.all + AddOptions.all + CheckOptions.all {
      let name = option.name.uppercased().replacing("-", with: "_")
      #expect(VariableNames.ofOptions.contains(name), "\(option.name)")
    }
  }

  @Test("have a summary and help for everything")
  func documented() {
    for table in tables {
      #expect(!table.summary.isEmpty)
      #expect(table.options.allSatisfy { !$0.help.isEmpty })
      #expect(table.options.flatMap(\.words).allSatisfy { $0.meaning?.isEmpty == false })
      #expect(table.operands.allSatisfy { !$0.help.isEmpty })
    }
  }

  @Test("explain what is said of words of other programs by options that the table has")
  func synonyms() {
    for table in tables {
      for synonym in table.synonyms {
        for word in synonym.words {
          #expect(!table.options.contains { $0.name == word }, "\(word)")
        }
        guard let option = synonym.option else { continue }
        #expect(table.options.contains { $0.name == option.name })
        #expect(synonym.meaning.contains("--\(option.name)"), "\(synonym.meaning)")
      }
    }
  }

  @Test("know how a shell completes what an option or an operand takes")
  func completions() {
    func completion(of placeholder: String, _ command: String) -> Completion {
      switch placeholder {
      case "FILE", "PATH": .file
      case "DIRECTORY": .directory
      case "LAYOUT", "NAME|FOLDER": .layout
      case "COMMAND": .command
      case "TOPIC": .topic
      case "COMPONENT": .component
      case "NAME=VALUE": .setting
      case "ITEM": .item
      // What comes has no name yet.
      case "NAME": command == "remove" ? .item : .none
      case "SHELL": .words
      default: .none
      }
    }
    for table in tables {
      for operand in table.operands {
        #expect(
          operand.completion == completion(of: operand.placeholder, table.name), "\(operand)")
        #expect((operand.completion == .words) == !operand.words.isEmpty)
      }
      for option in table.options {
        if case .one(let placeholder) = option.value, option.words.isEmpty {
          #expect(
            option.completion == completion(of: placeholder, table.name), "\(option.name)")
        } else {
          #expect(option.completion == (option.words.isEmpty ? .none : .words), "\(option.name)")
        }
      }
    }
  }
}
