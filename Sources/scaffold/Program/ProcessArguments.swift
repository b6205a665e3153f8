import ProcessStart

/// The process's arguments. `CommandLine.arguments` replaces what is not UTF-8, which would make a
/// project under a name that nobody gave.
enum ProcessArguments {
  /// Without the program's name; nil when one is not UTF-8.
  static func read() -> [String]? {
    var arguments: [String] = []
    for index in 1..<max(1, process_argument_count()) {
      guard let pointer = process_argument(index) else { continue }
      guard let argument = String(validatingCString: pointer) else { return nil }
      arguments.append(argument)
    }
    return arguments
  }
}
