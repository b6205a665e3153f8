import Console
import Documents

/// The options that say how a run is shown, which every command has that writes.
enum ViewOptions {
  static let quiet = Switch("quiet", short: "q", help: "Say nothing but what is wrong")

  static let verbose = Switch(
    "verbose", short: "v",
    help: "Show the whole tree, with what stays as it is, and say what decided")

  static let depth = Text(
    "depth", "N", help: "Draw N levels of the tree; of what is deeper, files are counted")

  /// Has the context heed them, as soon as they are read.
  static func apply(_ parsed: ParsedArguments, _ context: Context) {
    if isGiven(quiet.option, parsed) { context.volume = .quiet }
    if isGiven(verbose.option, parsed) { context.volume = .verbose }
    if isGiven(NewOptions.plain.option, parsed) { context.isPlain = true }
  }

  /// - Parameter exclusive: of which one at most is given, beside `quiet`.
  /// - Throws: `Failure`: two options contradict each other.
  static func refuseContradictions(
    _ parsed: ParsedArguments, _ exclusive: [Option]
  ) throws(Failure) {
    func refuse(_ options: [Option], _ reason: String) throws(Failure) {
      let given = options.filter { isGiven($0, parsed) }
      if given.count < 2 { return }
      let names = given.map { "--\($0.name)" }.concatenated(by: " and ")
      throw Failure.usage("\(names) \(reason)", help: "leave one out")
    }
    try refuse(exclusive, "are two ways to show it")
    for option in [verbose.option] + exclusive {
      try refuse([quiet.option, option], "contradict each other")
    }
  }

  /// - Throws: `Failure`: it is no number, or nothing has levels.
  static func depth(
    _ parsed: ParsedArguments, _ format: Preview.Format, isTree: Bool = true
  ) throws(Failure) -> Int? {
    guard let text = parsed[depth] else { return nil }
    guard let number = Int(text), number > 0 else {
      throw Failure.usage(
        "--depth needs a number from 1, not “\(Printable.text(text))”",
        help: "--depth 1 draws what the directory itself has")
    }
    guard isTree, format.drawing != nil else {
      throw Failure.usage("--depth is for a tree, and none is drawn", help: "leave --depth out")
    }
    return number
  }

  /// Not every command has all of them.
  private static func isGiven(_ option: Option, _ parsed: ParsedArguments) -> Bool {
    !parsed.values(named: option.name).isEmpty
  }
}
