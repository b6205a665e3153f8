import Documents
import FileSystems

/// The projects that a command line names, one after the other: directories, or “-” for those whose
/// paths stand in standard input, one a line.
struct ProjectArguments {
  private var operands: ArraySlice<String>
  private var lines: UserLines?
  private var count = 0

  /// Whether there is one, and not from a list.
  let isSingle: Bool

  /// In bytes; no path is longer.
  private static let longest = 1 << 14

  /// - Parameter operands: none is the current directory.
  init(_ operands: [String]) {
    let all = operands.isEmpty ? ["."] : operands
    self.operands = all[...]
    isSingle = all.count == 1 && all != ["-"]
  }

  /// The next one; nil behind the last. Where a line names none, or there is none, why.
  mutating func next() -> Result<String, Failure>? {
    while true {
      if lines != nil {
        if let line = nextLine() { return line }
        lines = nil
        if count == 0 {
          return .failure(
            .usage("standard input names no project", help: "write one path a line"))
        }
      }
      guard let operand = operands.popFirst() else { return nil }
      if operand != "-" { return .success(operand) }
      count = 0
      do {
        lines = try UserLines(of: "-", longest: Self.longest)
      } catch {
        return .failure(Self.unreadable(error))
      }
    }
  }

  /// Of the next line that is not empty.
  private mutating func nextLine() -> Result<String, Failure>? {
    do {
      while let line = try lines?.next() {
        if line.isEmpty { continue }
        count += 1
        if line.contains(0) {
          // What follows it in the line would be held against nothing.
          return .failure(
            .usage(
              "path \(count) of standard input holds a NUL",
              help: "write one path a line, as find does with -print"))
        }
        return String(validating: line, as: UTF8.self).map(Result.success)
          ?? .failure(.usage("path \(count) of standard input is not UTF-8"))
      }
      return nil
    } catch {
      // What comes behind is not read.
      (lines, operands) = (nil, [])
      return .failure(Self.unreadable(error))
    }
  }

  private static func unreadable(_ error: FileSystemError) -> Failure {
    Failure.usage(
      "standard input cannot be read: \(error.reason)",
      help: "write the path of one project a line")
  }
}
