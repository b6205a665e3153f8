/// The process's arguments. `CommandLine.arguments` replaces what is not UTF-8, which would make a
/// project under a name that nobody gave.
enum ProcessArguments {
  /// Without the program's name; nil when one is not UTF-8.
  static func read() -> [String]? {
    var arguments: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let pointer = CommandLine.unsafeArgv[index] else { continue }
      guard let argument = String(validatingCString: pointer) else { return nil }
      arguments.append(argument)
    }
    return arguments
  }
}
