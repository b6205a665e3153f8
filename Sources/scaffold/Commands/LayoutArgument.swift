import Console
import Documents
import FileSystems
import Layouts

/// `--layout NAME|FOLDER`: found before everything else is parsed, since the layout's variables are
/// options as well.
enum LayoutArgument {
  static let option = Option(
    "layout", short: "l", value: .one("NAME|FOLDER"),
    help: "The layout: a name that “scaffold list” shows, or a folder (with a “/”, or “.”)")

  /// The value of the exact token `--layout` or `-l` before `--`; nil when there is none.
  static func value(in arguments: [String]) -> String? {
    var arguments = arguments.prefix { $0 != "--" }
    while let argument = arguments.popFirst() {
      if argument == "--layout" || argument == "-l" { return arguments.first }
      if argument.hasPrefix("--layout=") { return String(argument.dropFirst("--layout=".count)) }
    }
    return nil
  }

  /// Nil when the arguments name no layout.
  static func layout(in arguments: [String], _ context: Context) throws -> Layout? {
    try value(in: arguments).map { try layout(named: $0, context) }
  }

  /// A name with a `/` in it, or `.`, is a folder; every other one is in the catalogue.
  static func layout(named name: String, _ context: Context) throws -> Layout {
    if name.contains("/") || name == "." || name == ".." {
      let layout = try folder(name)
      context.warn(layout.warnings)
      return layout
    }
    guard let layout = context.catalogue.layout(named: name) else {
      throw Failure(.wrongUsage, Diagnostics(context.catalogue.unknown(name)))
    }
    return layout
  }

  private static func folder(_ name: String) throws -> Layout {
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
    return try Failure.layout {
      // Under its real name, wherever the way to it begins and whatever links are on it.
      let place = TargetPlace(name)
      return try Layout(folder: fileSystem, name: name, folderName: place.realName) {
        () throws(FileSystemError) in try LocalFileSystem(opening: name + "/..")
      }
    }
  }
}
