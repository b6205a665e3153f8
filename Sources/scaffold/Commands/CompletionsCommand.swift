import Console
import Documents

/// `scaffold completions SHELL`
struct CompletionsCommand: Subcommand {
  static let name = "completions"
  let command = Command(
    name: Self.name, summary: "Print the script that has a shell complete at Tab",
    details: """
      Tab then offers commands, options, layouts, the variables of a layout and what they take. The \
      script goes into a file that the shell reads when it is needed; what is there to complete is \
      asked of the program at each Tab, so that the file is written once.
      """,
    operands: [
      Command.Operand(
        "SHELL", completion: .words, help: "bash, zsh or fish",
        words: CompletionScript.allCases.map { Option.Word($0.rawValue, $0.place) })
    ],
    options: [Switch.help.option],
    examples: [
      Command.Example(
        "scaffold completions bash > ~/.local/share/bash-completion/completions/scaffold",
        "with bash-completion; without, eval \"$(scaffold completions bash)\" in ~/.bashrc"),
      Command.Example(
        "scaffold completions zsh > ~/.zfunc/_scaffold",
        "with fpath+=(~/.zfunc) in ~/.zshrc, before compinit"),
      Command.Example(
        "scaffold completions fish > ~/.config/fish/completions/scaffold.fish", "nothing else"),
    ])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    let name = parsed.operands.first ?? ""
    guard let script = CompletionScript(rawValue: name) else {
      let known = CompletionScript.allCases.map(\.rawValue)
      let nearest = Suggestion.nearest(to: name, among: known)
      throw Failure.usage(
        "there are no completions for “\(Printable.text(name))”",
        help: (nearest.map { "did you mean “\($0)”? " } ?? "")
          + "there are some for \(known.concatenated(by: ", "))")
    }
    context.print(script.text)
    return .done
  }
}
