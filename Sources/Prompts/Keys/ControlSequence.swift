/// A sequence that begins with `ESC [` or `ESC O`, and the key that sends it.
struct ControlSequence {
  private let parameters: [UInt8]
  private let end: UInt8

  init(_ parameters: [UInt8], end: UInt8) {
    self.parameters = parameters
    self.end = end
  }

  /// Whether `byte` ends a sequence of which `parameters` have come.
  static func isEnd(_ byte: UInt8, after parameters: [UInt8]) -> Bool {
    // rxvt ends the keys that are held with Shift by a byte that is none of the ends.
    if byte == UInt8(ascii: "$") {
      return !parameters.isEmpty && parameters.allSatisfy { 0x30...0x39 ~= $0 }
    }
    return byte >= 0x40
  }

  /// The numbers, as far as they are some.
  private var numbers: [Int] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      var number = 0
      for byte in part {
        guard 0x30...0x39 ~= byte, number < 10_000 else { return 0 }
        number = number * 10 + Int(byte - 0x30)
      }
      return number
    }
  }

  /// Whether Alt or Ctrl is held, by the number that says so: Shift is 1, Alt 2, Ctrl 4, from 1 on.
  private func isHeld(_ number: Int?) -> Bool {
    guard let number, number > 1 else { return false }
    return (number - 1) & 0b110 != 0
  }

  /// After `ESC [`.
  var key: Key? {
    // Answers of the terminal, reports of the mouse.
    if let first = parameters.first, 0x3C...0x3F ~= first { return nil }
    switch end {
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "@"):
      return numbered(numbers.first ?? 0)
    default: return lettered
    }
  }

  /// After `ESC O`.
  var keyOfSingle: Key? {
    switch end {
    // The number pad, where it is one for applications.
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      .scalar(Unicode.Scalar(end - UInt8(ascii: "j") + UInt8(ascii: "*")))
    // rxvt with Ctrl.
    case UInt8(ascii: "a"): .up
    case UInt8(ascii: "b"): .down
    case UInt8(ascii: "c"): .wordRight
    case UInt8(ascii: "d"): .wordLeft
    default: lettered
    }
  }

  private var lettered: Key? {
    // The first number is 1, or is not there.
    let isHeld = isHeld(numbers.last)
    return switch end {
    case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
    case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
    case UInt8(ascii: "C"), UInt8(ascii: "c"): isHeld ? .wordRight : .right
    case UInt8(ascii: "D"), UInt8(ascii: "d"): isHeld ? .wordLeft : .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    default: nil
    }
  }

  private func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 4, 8: .end
    case 3:
      isHeld(numbers.count > 1 ? numbers[1] : nil) || end == UInt8(ascii: "^")
        ? .deleteWord : .delete
    case 5: .pageUp
    case 6: .pageDown
    default: nil
    }
  }
}
