import Console
import Documents
import FileSystems
import FileTrees
import Layouts

/// `--layout NAME|FOLDER`: found before everything else is judged, since the layout's variables are
/// options as well.
enum LayoutArgument {
  /// A name with a `/` in it, or `.`, is a folder; every other one is in the catalogue.
  static func layout(named name: String, _ context: Context) throws(Failure) -> Layout {
    if name.holds("/") || name == "." || name == ".." {
      let layout = try folder(name)
      context.warn(layout.warnings)
      return layout
    }
    guard let layout = context.catalogue.layout(named: name) else {
      throw Failure(.wrongUsage, Diagnostics(context.catalogue.unknown(name)))
    }
    return layout
  }

  /// The layout that a project's record names, which is said; nil where the file is no record.
  static func layout(in file: AnswersFile, _ context: Context) throws(Failure) -> Layout? {
    guard let record = file.record else { return nil }
    let shown = "“\(Printable.text(file.name))”"
    let reference = record.folder == nil ? record.layout : folder(of: record, in: file, context)
    if let reference, isLayout(reference, context) {
      let layout = try layout(named: reference, context)
      if layout.name == record.layout {
        context.note("the layout is “\(Printable.text(reference))”, as \(shown) says")
        return layout
      }
    }
    throw Failure.usage(
      "\(shown) names the layout “\(Printable.text(record.layout))”, which is not to be found here",
      help: "name it with --layout; “scaffold list” shows the built-in layouts")
  }

  /// A record has the folder's name and not the way to it: looked for here, and beside the project.
  private static func folder(
    of record: AnswersFile.ProjectRecord, in file: AnswersFile, _ context: Context
  ) -> String? {
    guard let name = record.folder, !name.isEmpty, !name.holds("/"), name != ".." else {
      return nil
    }
    let places = ["."] + (file.directory.map { [$0 + "/.."] } ?? [])
    return places.map { "\($0)/\(name)" }.first { isLayout($0, context) }
  }

  /// Whether `name` is a layout, as far as can be told without reading it.
  static func isLayout(_ name: String, _ context: Context) -> Bool {
    guard name.holds("/") else { return context.catalogue.names.contains(name) }
    guard let folder = try? LocalFileSystem(opening: name),
      let manifest = try? RelativePath.root.appending(Manifest.fileName)
    else { return false }
    return (try? folder.exists(manifest)) ?? false
  }

  private static func folder(_ name: String) throws(Failure) -> Layout {
    let fileSystem: LocalFileSystem
    do {
      fileSystem = try LocalFileSystem(opening: name)
    } catch {
      throw Failure(
        .wrongUsage,
        Diagnostics(
          Diagnostic(
            "there is no layout in “\(Printable.text(name))”: \(error.message)",
            help: "“scaffold list” shows the built-in layouts")))
    }
    return try Failure.layout { () throws(Diagnostics) in
      // Under its real name, wherever the way to it begins and whatever links are on it.
      let place = TargetPlace(name)
      return try Layout(folder: fileSystem, name: name, folderName: place.realName) {
        () throws(FileSystemError) in try LocalFileSystem(opening: name + "/..")
      }
    }
  }
}
