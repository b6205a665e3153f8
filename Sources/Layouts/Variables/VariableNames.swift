import Documents
import Templating

/// Which names a variable may have.
package enum VariableNames {
  /// The options that `scaffold new`, `update`, `add`, `check` and their kin have of their own, or may
  /// get; a variable cannot take their names.
  package static let ofOptions: Set<String> = [
    "LAYOUT", "SET", "ANSWERS", "ON_CONFLICT", "DRY_RUN", "FORMAT", "DEFAULTS", "HELP", "VERSION",
    "COLOR", "PAGER", "VERBOSE", "QUIET", "LARGE", "DIFF", "AT", "BEFORE", "AFTER", "FIX", "STRICT",
    "SHOW", "DEPTH", "PLAIN",
  ]

  /// Names that the engine gives values to.
  static let ofTheEngine: Set<String> = ["DIRECTORY", "TREE"]

  static let endings = ["_INDEX", "_FIRST", "_LAST", "_PREVIOUS"]

  /// The rule that `name` breaks; nil when it breaks none.
  static func fault(in name: String) -> String? {
    if !isWellFormed(name) {
      return "must be upper-case words joined by “_”, of two characters at least, such as “AUTHOR”"
    }
    if ofTheEngine.contains(name) { return "is a name that scaffold gives a value to" }
    if ofOptions.contains(name) { return "is taken by an option of scaffold itself" }
    if name.begins(with: "NO_") {
      return "begins with “NO_”, which would read as a flag turned off"
    }
    if let ending = endings.first(where: name.ends) {
      return "ends with “\(ending)”, which is for the items of a list"
    }
    return nil
  }

  /// A name that resembles one of another shape: `projectName` gives `PROJECT_NAME`.
  static func name(like text: String) -> String? {
    guard !isWellFormed(text), let name = Filters.form("snake")?(text).uppercased(),
      fault(in: name) == nil
    else { return nil }
    return name
  }

  /// `[A-Z][A-Z0-9]+(_[A-Z0-9]+)*`
  static func isWellFormed(_ name: String) -> Bool {
    let words = name.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard let first = words.first, first.count >= 2, let letter = first.first else { return false }
    let isUpper = { (byte: UInt8) in byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
    let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    return isUpper(letter)
      && words.allSatisfy { word in !word.isEmpty && word.allSatisfy { isUpper($0) || isDigit($0) }
      }
  }
}
