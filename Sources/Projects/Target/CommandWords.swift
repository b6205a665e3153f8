import FileTrees

/// How remedies name commands, so that they can be copied from what a check says.
package struct CommandWords: Sendable {
  /// The project's directory, where a command needs it.
  private let directory: [String]
  /// Words as one would type them.
  private let typed: @Sendable ([String]) -> String
  private let name: @Sendable (RelativePath) -> String

  /// - Parameters:
  ///   - directory: as commands are to name it; nil for the current one.
  ///   - name: of a file of the project, from where the commands are run.
  package init(
    directory: String?, name: @escaping @Sendable (RelativePath) -> String,
    typed: @escaping @Sendable ([String]) -> String
  ) {
    self.directory = directory.map { [$0] } ?? []
    self.name = name
    self.typed = typed
  }

  /// `scaffold update demo`
  func scaffold(_ command: String, _ options: [String] = []) -> String {
    "“\(typed(["scaffold", command] + directory + options))”"
  }

  /// `chmod +x demo/run.sh`
  func onFile(_ words: [String], _ path: RelativePath) -> String {
    "“\(typed(words + [name(path)]))”"
  }
}
