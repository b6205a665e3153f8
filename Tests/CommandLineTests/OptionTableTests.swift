import Console
import Layouts
import Testing

@testable import scaffold

@Suite("The tables of the commands")
struct OptionTableTests {
  @Test("name each option and each short form once")
  func unique() {
    for subcommand in Program.commands {
      let options = subcommand.command.options
      #expect(Set(options.map(\.name)).count == options.count)
      let shorts = options.compactMap(\.short)
      #expect(Set(shorts).count == shorts.count)
    }
  }

  @Test("leave no option of “new” to a variable of a layout")
  func reserved() {
    for option in NewCommand().command.options {
      let name = option.name.uppercased().replacing("-", with: "_")
      #expect(VariableNames.optionsOfNew.contains(name), "\(option.name)")
    }
  }

  @Test("have a summary and help for everything")
  func documented() {
    for subcommand in Program.commands {
      #expect(!subcommand.command.summary.isEmpty)
      #expect(subcommand.command.options.allSatisfy { !$0.help.isEmpty })
      #expect(subcommand.command.operands.allSatisfy { !$0.help.isEmpty })
    }
  }
}
