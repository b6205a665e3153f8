import Console
import Documents
import Layouts

/// What to say when a command line of `scaffold new` names no layout: first what is wrong whatever
/// the layout is, since a misspelt `--layout` is why there is none.
struct MissingLayout {
  let arguments: [String]
  let parser: ArgumentParser
  let early: ArgumentParser.Preliminary
  let context: Context

  var failure: Failure {
    var diagnostics = Diagnostics()
    var ofLayouts: [String] = []
    let missing = NewOptions.layout.option.name
    var explainsItself = early.diagnostics.all.contains {
      $0.message.begins(with: "--\(missing) ")
    }
    for option in early.unknown {
      if !parser.isGuessed(option), !owners(of: [option.name]).isEmpty {
        ofLayouts.append(option.name)
        continue
      }
      if parser.meant(by: option)?.name == missing { explainsItself = true }
      diagnostics.add(parser.diagnostic(for: option))
    }
    diagnostics.add(early.diagnostics)
    if !explainsItself {
      diagnostics.add(Diagnostic("--\(missing) is missing", help: help(ofLayouts)))
    }
    return Failure(.wrongUsage, diagnostics)
  }

  private func help(_ options: [String]) -> String {
    let operands = early.arguments.operands
    if let layout = operands.first, context.catalogue.has(LayoutReference(layout)) {
      var rest = arguments
      if let index = rest.firstIndex(of: layout) { rest.remove(at: index) }
      if operands.count == 1 { rest.append(ShowCommand.exampleDirectory) }
      if let call = call(layout, rest) { return "“\(call)” makes a project from this layout" }
    }
    let owners = options.isEmpty ? [] : owners(of: options)
    let directory = operands.isEmpty ? [ShowCommand.exampleDirectory] : []
    if owners.count == 1, let call = call(owners[0], arguments + directory) {
      return "“\(call)” names the layout that has such options"
    }
    var help = "“scaffold list” shows the layouts; then “--layout NAME”"
    if !owners.isEmpty {
      let options = options.map { "--\($0)" }.concatenated(by: ", ")
      help += "; \(options): \(owners.concatenated(by: ", "))"
    }
    return help
  }

  private func call(_ layout: String, _ rest: [String]) -> String? {
    ShellWord.command(["scaffold", "new", "--layout", layout] + rest)
  }

  /// The built-in layouts that have a variable for each of `options`.
  private func owners(of options: [String]) -> [String] {
    context.catalogue.names.filter { name in
      guard let variables = context.catalogue.layout(builtIn: name)?.manifest.variables else {
        return false
      }
      return options.allSatisfy { option in
        variables.contains { variable in
          variable.optionName == option
            || variable.kind.isFlag && "no-" + variable.optionName == option
        }
      }
    }
  }
}
