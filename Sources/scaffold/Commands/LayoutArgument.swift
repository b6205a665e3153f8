import Console
import Documents
import Layouts
import Projects

/// `LAYOUT`, or `--layout NAME|FOLDER`: found before everything else is judged, since the layout's
/// variables are options as well.
enum LayoutArgument {
  /// What the files of a folder hold is not checked yet.
  ///
  /// - Parameter isLarge: whether it may have more than layouts have.
  /// - Throws: `Failure`: there is no such layout, or it is at fault.
  static func layout(
    _ reference: LayoutReference, isLarge: Bool, _ context: Context
  ) throws(Failure) -> Layout {
    do {
      let layout = try context.catalogue.layout(
        reference, within: isLarge ? .large : Budget())
      context.warn(layout.warnings)
      return layout
    } catch {
      if case .absent = error, isAddress(reference.text) {
        throw .usage(
          "“\(Printable.text(reference.text))” is an address, and layouts are not fetched",
          help: "get it with git, then name the folder that its layout.json is in")
      }
      throw Failure(error)
    }
  }

  /// Whether other programs would fetch it: `https://…`, `gh:owner/name`, `git@host:path`.
  private static func isAddress(_ text: String) -> Bool {
    if text.begins(with: "git@") { return true }
    guard let (scheme, _) = text.divided(at: ":") else { return false }
    return ["gh", "gl", "bb", "github", "gitlab", "git", "ssh", "git+https", "http", "https"]
      .contains(scheme)
  }

  /// How a command line of `scaffold new` names it, in one word: the first one, unless that would be
  /// an option.
  static func word(for reference: LayoutReference) -> String {
    let text = reference.text
    return Dashes.begin(text) ? "--layout=" + text : text
  }

  /// How a command's help is asked for that has a layout's options, as part of a shell's line.
  static func text(for reference: LayoutReference, of command: Command) -> String {
    let word = ShellWord.quoted(word(for: reference))
    return command.name == NewCommand.name ? word : "--layout " + ShellWord.quoted(reference.text)
  }

  /// The layout that a project's record names, which is said; nil where the file is no record.
  static func layout(
    in file: AnswersFile, isLarge: Bool, _ context: Context
  ) throws(Failure) -> Layout? {
    guard let recorded = file.layout else { return nil }
    let shown = "“\(Printable.text(file.name))”"
    if let reference = reference(to: recorded, from: file.directory, context.catalogue) {
      let layout = try layout(reference, isLarge: isLarge, context)
      if layout.name == recorded.name {
        context.note("the layout is “\(Printable.text(reference.text))”, as \(shown) says")
        return layout
      }
    }
    throw Failure.usage(
      "\(shown) names the layout “\(Printable.text(recorded.name))”, which is not to be found here",
      help: "name it with --layout; “scaffold list” shows the built-in layouts")
  }

  /// A folder is looked for from the project, where the record has the way from there; by its name
  /// alone, here and beside the project.
  ///
  /// - Parameter project: the project's directory; nil where nobody knows.
  static func reference(
    to layout: LayoutVersion, from project: String?, _ catalogue: Catalogue
  ) -> LayoutReference? {
    let candidates: [LayoutReference]
    switch layout.source {
    case .builtIn:
      candidates = [.builtIn(layout.name)]
    case .folder(let folder):
      let directories: [String]
      let first = folder.divided(at: "/")?.before ?? folder
      if first == "." || first == ".." {
        directories = project.map { [$0] } ?? []
      } else if folder.isEmpty || folder.holds("/") {
        directories = []
      } else {
        directories = ["."] + (project.map { [$0 + "/.."] } ?? [])
      }
      candidates = directories.map { .folder($0 + "/" + folder) }
    }
    return candidates.first(where: catalogue.has)
  }
}
