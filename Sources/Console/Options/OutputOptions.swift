import Documents

/// What may be said of the output as a whole: every command has the rows, and they may stand before
/// the command.
package struct OutputOptions: Sendable {
  package private(set) var color = ColorChoice.auto
  package private(set) var mayPage = true

  package static let color = Choice(
    "color", "WHEN", default: ColorChoice.auto, help: "When there are colours"
  ) { choice in
    switch choice {
    case .auto: "on a terminal, unless the environment says otherwise"
    case .always: "wherever the output goes"
    case .never: "nowhere"
    }
  }

  package static let noPager = Switch(
    "no-pager", help: "Show what is longer than the screen without a pager")

  static var all: [Option] { [color.option, noPager.option] }

  package init() {}

  /// Looks for them before anything else is known of the arguments, so that also a run that fails
  /// over these tells so in the colours that were asked for. The last one counts.
  package init(in arguments: [String]) {
    var isColor = false
    for argument in arguments {
      if isColor {
        take(argument)
        isColor = false
      } else if argument.utf8.first != UInt8(ascii: "-") {
        continue
      } else if argument == "--" {
        return
      } else if argument == Self.colorWord {
        isColor = true
      } else if argument.begins(with: Self.colorWord + "=") {
        take(argument.dropping(Self.colorWord.utf8.count + 1))
      } else if argument == Self.noPagerWord {
        mayPage = false
      }
    }
  }

  private mutating func take(_ word: String) {
    if let choice = ColorChoice(rawValue: word) { color = choice }
  }

  private static let colorWord = "--color"
  private static let noPagerWord = "--no-pager"

  /// How many of the arguments are these options, with their values, before any other.
  package static func leading(_ arguments: [String]) -> Int {
    var count = 0
    while count < arguments.count {
      let argument = arguments[count]
      if argument == colorWord {
        count += 2
      } else if argument == noPagerWord || argument.begins(with: colorWord + "=") {
        count += 1
      } else {
        break
      }
    }
    return min(count, arguments.count)
  }
}
