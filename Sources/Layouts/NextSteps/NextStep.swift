import Documents

/// A command to run next, rendered. Which of its ways is shown is for the machine to say.
package struct NextStep: Sendable, Equatable {
  package struct Way: Sendable, Equatable {
    /// Empty where the answers leave nothing to do.
    package var command: String
    package var need: Need?
    /// What there is to know where the need is not there.
    package var remedy: String?
    /// Whether it is for a project that is a git repository by itself.
    package var isOfRepository = false
  }

  /// A program, perhaps by another name that leads to it.
  package struct Need: Sendable, Equatable {
    package var program: String
    package var name: String?
  }

  /// The best first.
  package var ways: [Way]
  /// Whether it goes to the project's directory.
  package var entersProject = false

  /// What is shown of it.
  func lines(on machine: Machine) -> [String] {
    let possible = ways.filter { !$0.isOfRepository || machine.canBeRepository }
    let met = possible.first { way in
      way.need.map { machine.has($0.program, as: $0.name) } ?? true
    }
    if let met { return met.command.isEmpty ? [] : [met.command] }
    guard let last = possible.last, let remedy = last.remedy, !last.command.isEmpty else {
      return []
    }
    return Self.remark(remedy) + [last.command]
  }

  /// As many lines as a terminal of 80 columns has the room for, which words are not parted for.
  private static func remark(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.parts(between: " ") {
      if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= longestRemark {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append("# \(word)")
      }
    }
    return lines
  }

  /// Commands are indented.
  private static let longestRemark = 78
}

extension [NextStep] {
  /// The commands as they are shown, and remarks before those that lack something. The program's own
  /// is to make the project a git repository where it is in none.
  package func lines(on machine: Machine) -> [String] {
    var shown: [(step: NextStep, lines: [String])] = map { ($0, $0.lines(on: machine)) }
    let isMade = shown.contains { $0.lines.contains { $0.begins(with: Self.makesRepository) } }
    if machine.repository == .none, machine.hasGit, !isMade,
      let entry = shown.firstIndex(where: \.step.entersProject),
      // Where the way to the project cannot be shown, the next command would be done elsewhere.
      shown[entry].lines.allSatisfy({ Printable.text($0) == $0 })
    {
      shown[entry].lines.append("\(Self.makesRepository) -b main")
    }
    return shown.flatMap(\.lines)
  }

  private static var makesRepository: String { "git init" }
}
