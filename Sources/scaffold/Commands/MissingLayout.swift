import Console
import Documents
import Layouts

/// What to say when a command line of `scaffold new` names no layout: first what is wrong whatever
/// the layout is, since a misspelt `--layout` is why there is none.
struct MissingLayout {
  private let arguments: [String]
  private let parser: ArgumentParser
  private let early: ArgumentParser.Preliminary
  private let context: Context

  init(_ line: NewLine) {
    arguments = line.arguments
    parser = line.parser
    early = line.early
    context = line.context
  }

  var failure: Failure {
    var diagnostics = Diagnostics()
    let missing = NewOptions.layout.option.name
    var explainsItself = early.diagnostics.all.contains {
      $0.message.begins(with: "--\(missing) ")
    }
    for option in early.unknown where !isOfLayout(option) {
      if parser.meant(by: option)?.name == missing { explainsItself = true }
      diagnostics.add(parser.diagnostic(for: option))
    }
    diagnostics.add(early.diagnostics)
    // Behind an option that does not exist, nobody knows which of the words is the layout.
    let words = early.arguments.operands
    if !diagnostics.isEmpty, words.contains(where: { context.catalogue.has(LayoutReference($0)) }) {
      explainsItself = true
    }
    if !explainsItself {
      diagnostics.add(Diagnostic("LAYOUT is missing", help: help(ofLayouts)))
      let count = early.arguments.operands.count
      if early.unknown.isEmpty, let fault = parser.missingOperand(of: count) {
        diagnostics.add(fault)
      }
    }
    return Failure(.wrongUsage, diagnostics)
  }

  /// Whether nothing else is wrong, so that a person can be asked.
  var isAll: Bool {
    early.diagnostics.isEmpty && early.unknown.allSatisfy(isOfLayout) && !layouts.isEmpty
  }

  /// The built-in layouts that have all options which are given.
  var layouts: [String] { context.catalogue.names(havingOptions: ofLayouts) }

  private var ofLayouts: [String] { early.unknown.filter(isOfLayout).map(\.name) }

  private func isOfLayout(_ option: ArgumentParser.UnknownOption) -> Bool {
    !parser.isGuessed(option) && !context.catalogue.names(havingOptions: [option.name]).isEmpty
  }

  private func help(_ options: [String]) -> String {
    let operands = early.arguments.operands
    let owners = options.isEmpty ? [] : context.catalogue.names(havingOptions: options)
    if owners.count == 1, let call = call(owners[0], arguments + directory(of: owners[0])) {
      return "“\(call)” names the layout that has such options"
    }
    let words = early.unknown.isEmpty && operands.count == 1 ? arguments : ["DIRECTORY"]
    var help = ""
    if operands.count == 1, let name = context.catalogue.name(near: operands[0]) {
      help = "did you mean the layout “\(name)”? "
    }
    help += "“scaffold list” shows the layouts; then"
    help += " “\(call("LAYOUT", words) ?? "scaffold new LAYOUT DIRECTORY")”"
    if !owners.isEmpty {
      let options = options.map { "--\($0)" }.concatenated(by: ", ")
      help += "; \(options): \(owners.concatenated(by: ", "))"
    }
    return help
  }

  /// An example where the arguments name none, as the options of a layout tell.
  private func directory(of layout: String) -> [String] {
    var command = parser.command
    command.options +=
      context.catalogue.layout(builtIn: layout)?.manifest.variables.map(\.option) ?? []
    let read = ArgumentParser(command: command, helpCall: "").preliminary(arguments)
    return read.arguments.operands.isEmpty ? [ShowCommand.exampleDirectory] : []
  }

  private func call(_ layout: String, _ rest: [String]) -> String? {
    ShellWord.command(["scaffold", "new", layout] + rest)
  }
}

extension Catalogue {
  /// Of the built-in layouts that have a variable for each of `options`.
  func names(havingOptions options: [String]) -> [String] {
    if options.isEmpty { return names }
    return names.filter { name in
      guard let variables = layout(builtIn: name)?.manifest.variables else { return false }
      return options.allSatisfy { option in
        variables.contains { variable in
          variable.optionName == option
            || variable.kind.isFlag && "no-" + variable.optionName == option
        }
      }
    }
  }
}
