import Console
import Documents
import FileTrees
import Projects

extension CommandWords {
  /// For a project in a directory that the user has named.
  init(_ directory: DirectoryArgument) {
    let name = directory.argument == "." ? nil : directory.nameForCommands
    self.init(
      directory: name,
      name: { path in
        guard let name else { return "./" + path.string }
        return name + "/" + path.string
      },
      typed: { words in
        ShellWord.command(words) ?? words.map(ShellWord.quoted).concatenated(by: " ")
      })
  }
}
