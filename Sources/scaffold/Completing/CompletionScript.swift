/// The script that has a shell complete command lines of the program.
enum CompletionScript: String, CaseIterable {
  case bash
  case zsh
  case fish

  /// It has the shell ask the program at each Tab.
  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  /// Where the script goes, as help says it.
  var place: String {
    switch self {
    case .bash: "~/.local/share/bash-completion/completions/scaffold"
    case .zsh: "_scaffold in a directory of $fpath"
    case .fish: "~/.config/fish/completions/scaffold.fish"
    }
  }
}
