import Foundation
import Layouts
import Prompts

@testable import scaffold

/// A conversation with a script, in a directory of its own.
struct Asking {
  let shell: Shell

  init() throws {
    shell = try Shell()
  }

  func remove() { shell.remove() }

  /// A path in the directory.
  func path(_ name: String) -> String { shell.directory.appending(path: name).path }

  /// What a person who answers as `prompter` does agrees to.
  ///
  /// - Parameter arguments: behind `scaffold new`.
  func agree(
    _ arguments: [String] = [], _ prompter: ScriptedPrompter
  ) throws(Failure) -> Conversation.Agreed {
    let context = Context { _, _ in prompter }
    let line = NewLine(arguments, NewCommand().command, context)
    guard let named = try line.named() else {
      let missing = MissingLayout(line)
      return try Conversation(line, nil, among: missing.layouts, prompter).agree()
    }
    guard let call = try line.call(named) else { throw .stopped }
    return try Conversation(line, call, prompter).agree()
  }

  /// The names below the directory.
  var names: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: shell.directory.path).sorted()
    }
  }

  /// Writes a layout into `mine/`, with one file.
  func layout(_ variables: String, _ rest: String = "", _ content: String = "x") throws {
    try shell.write(
      "mine/layout.json",
      """
      { "name": "mine", "summary": "Mine", "version": "1.0.0", "variables": [\(variables)],
        "layers": [{ "folder": "base" }] \(rest.isEmpty ? "" : ", " + rest) }
      """)
    try shell.write("mine/base/file", content + "\n")
  }
}
