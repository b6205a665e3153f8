import Console
import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import Projects

/// A project that is there: its directory and its record.
struct OpenProject {
  let directory: DirectoryArgument
  let target: Target
  let present: PresentRecord

  /// - Parameter argument: its directory, as the user named it.
  /// - Throws: `Failure`: there is none, or its record cannot be read.
  init(_ argument: String) throws(Failure) {
    if argument.isEmpty {
      throw Failure.usage("DIRECTORY is empty", help: "“.” is the current directory")
    }
    let directory = DirectoryArgument(argument)
    let target = try Failure.target { () throws(TargetError) in try directory.locate() }
    let present = try Failure.target { () throws(TargetError) in
      try PresentRecord(in: target) {
        GitProgram()?.commonContent(of: Record.path, in: directory.argument)
      }
    }
    guard let present else { throw Self.absent(directory) }
    self.directory = directory
    self.target = target
    self.present = present
  }

  /// Whether a directory has a record.
  static func isOne(_ argument: String) -> Bool {
    UserPath.isThere((argument.isEmpty ? "." : argument) + "/" + Layout.recordName)
  }

  /// The record's path, as the user would write it.
  var recordName: String { directory.argument + "/" + Layout.recordName }

  /// What two branches have answered in two ways, as far as the command line does not.
  ///
  /// - Throws: `Failure`, with what there is to choose from.
  func refuseOpenChoices(_ parsed: ParsedArguments) throws(Failure) {
    var faults = Diagnostics()
    for choice in present.choices {
      let settings = parsed[UpdateOptions.set]
      let isGiven =
        !parsed.values(named: Variable.optionName(of: choice.name)).isEmpty
        || settings.contains { $0.begins(with: choice.name + "=") }
      if isGiven { continue }
      let options = [choice.ours, choice.theirs].map { value in
        "--set " + ShellWord.quoted("\(choice.name)=\(value)")
      }
      faults.add(
        Diagnostic(
          "\(Printable.text(choice.name)) is “\(Printable.text(choice.ours))” in one branch and"
            + " “\(Printable.text(choice.theirs))” in the other",
          help: "say which: \(Printable.text(options.concatenated(by: " or ")))"))
    }
    if !faults.isEmpty { throw Failure(.faultyLayout, faults) }
  }

  /// A command for this project, as one would type it.
  func call(_ command: String, _ options: [String] = []) -> String {
    let place = directory.argument == "." ? [] : [directory.nameForCommands]
    return ShellWord.command(["scaffold", command] + place + options) ?? "scaffold \(command)"
  }

  /// What the project's git has of contents.
  func objects(_ git: GitProgram?) -> ProjectObjects {
    let directory = directory.argument
    return { (ids) throws(GitError) in
      guard let git else { return [:] }
      return try git.blobs(ids, inRepositoryOf: directory)
    }
  }

  /// How the user wants conflicts to be shown in the project.
  func conflictStyle(_ git: GitProgram?) -> @Sendable () -> Merge.Style {
    let directory = directory.argument
    return { git?.conflictStyle(inRepositoryOf: directory) ?? .merge }
  }

  private static func absent(_ directory: DirectoryArgument) -> Failure {
    let shown = Printable.text(directory.argument)
    return Failure.usage(
      "“\(shown)” is no project: it has no \(Layout.recordName)",
      help: above(directory).map {
        "the project is in “\(Printable.text($0))”: name that directory"
      }
        ?? "name the directory of a project that scaffold has made; “scaffold adopt --help” says"
        + " how another one gets its record")
  }

  /// The nearest directory above that has a record.
  static func above(_ directory: DirectoryArgument) -> String? {
    var path = directory.argument
    for _ in directory.realComponents {
      path += "/.."
      if isOne(path) { return directory.argument == "." ? path.dropping(2) : path }
    }
    return nil
  }
}
