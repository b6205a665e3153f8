import Console
import Layouts

/// The options that `scaffold add` has of its own, beside those of `update`.
enum AddOptions {
  static let at = Text(
    "at", "N", help: "Where new items come among those that are there: 1 is the first")

  static let before = Text(
    "before", "ITEM", completion: .item, help: "The item that new ones come before")

  static let after = Text(
    "after", "ITEM", completion: .item, help: "The item that new ones come after")

  private static let places = [at, before, after]

  /// In the order in which help lists them.
  static let all = places.map(\.option) + UpdateOptions.all

  static let synonyms = [
    Synonym(["position", "index", "pos"], "“--at N”", option: at.option),
    Synonym(["first"], "“--at 1”", option: at.option),
  ]

  /// - Throws: `Failure`: there are several.
  static func place(_ parsed: ParsedArguments) throws(Failure) -> ComponentChange.Place? {
    let given = places.filter { parsed.has($0.option) }
    if given.count > 1 {
      let names = given.map { "--\($0.option.name)" }.concatenated(by: " and ")
      throw Failure.usage("\(names) are several ways to say where", help: "leave all but one out")
    }
    if let text = parsed[at] { return .at(text) }
    if let name = parsed[before] { return .before(name) }
    return parsed[after].map { .after($0) }
  }
}
