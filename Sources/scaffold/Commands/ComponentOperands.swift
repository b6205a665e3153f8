import Console

/// What `add` and `remove` are told by its place: `COMPONENT NAME… [DIRECTORY]`.
enum ComponentOperands {
  /// - Parameter names: what the items' names are to a shell.
  static func all(names: Completion) -> [Command.Operand] {
    [
      Command.Operand(
        "COMPONENT", completion: .component, help: "What a layout of the project calls it: step"),
      Command.Operand(
        "NAME", completion: names, help: "The item's name; several are words of their own",
        isRepeatable: true),
      Command.Operand(
        "DIRECTORY", completion: .directory,
        help: "The project; else the current directory. In a project, one with a “/”",
        isRequired: false),
    ]
  }

  /// Which word is the project's directory. A name may be that of a directory as well: whoever is in a
  /// project writes it with a slash.
  static func directory(among words: [String], isEarly: Bool) -> Int? {
    let isHere = OpenProject.isOne(".")
    func isDirectory(_ word: String) -> Bool {
      OpenProject.isOne(word) && (!isHere || word.holds("/") || word == "." || word == "..")
    }
    // A name may hold a slash too; where there is no project it is taken for one that is missing.
    let candidates = isEarly ? words.indices : words.indices.suffix(1)
    return candidates.last { isDirectory(words[$0]) }
      ?? candidates.last { !isHere && words[$0].holds("/") }
  }
}
