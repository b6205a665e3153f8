import Documents

/// A layout's version: three numbers, compared one after the other.
package struct VersionNumber: Comparable, Sendable {
  private let numbers: [Int]

  /// - Returns: nil for any other text.
  package init?(_ text: String) {
    let parts = text.parts(between: ".")
    guard parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      // No sign, which `Int` would take, and no more digits than any `Int` has room for.
      guard (1...9).contains(part.utf8.count), part.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    self.numbers = numbers
  }

  package static func < (first: VersionNumber, second: VersionNumber) -> Bool {
    first.numbers.lexicographicallyPrecedes(second.numbers)
  }
}
