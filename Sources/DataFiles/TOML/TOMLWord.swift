/// What may stand as a value without quotes: each question is about all of a word.
enum TOMLWord {
  static func isFlag(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8)
  }

  // MARK: Numbers

  static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    if word.count > 2, word[word.startIndex] == UInt8(ascii: "0") {
      let digits = word.dropFirst(2)
      switch word[word.startIndex + 1] {
      case UInt8(ascii: "x"): return areDigits(digits, base: 16)
      case UInt8(ascii: "o"): return areDigits(digits, base: 8)
      case UInt8(ascii: "b"): return areDigits(digits, base: 2)
      default: break
      }
    }
    let unsigned = isSign(word.first) ? word.dropFirst() : word
    if unsigned.elementsEqual("inf".utf8) || unsigned.elementsEqual("nan".utf8) { return true }
    return isDecimal(unsigned)
  }

  /// Digits, then a fraction, an exponent, both or neither.
  private static func isDecimal(_ word: ArraySlice<UInt8>) -> Bool {
    var whole = word
    if let mark = word.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      let exponent = word[(mark + 1)...]
      guard areDigits(isSign(exponent.first) ? exponent.dropFirst() : exponent, base: 10) else {
        return false
      }
      whole = word[..<mark]
    }
    if let dot = whole.firstIndex(of: UInt8(ascii: ".")) {
      guard areDigits(whole[(dot + 1)...], base: 10) else { return false }
      whole = whole[..<dot]
    }
    return areDigits(whole, base: 10) && (whole.count == 1 || whole.first != UInt8(ascii: "0"))
  }

  /// At least one digit; an underscore has one on either side.
  private static func areDigits(_ digits: ArraySlice<UInt8>, base: Int) -> Bool {
    var wasDigit = false
    for byte in digits {
      if byte == UInt8(ascii: "_"), wasDigit {
        wasDigit = false
      } else {
        guard let digit = HexDigits.digit(byte), digit < base else { return false }
        wasDigit = true
      }
    }
    return wasDigit
  }

  private static func isSign(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  // MARK: Dates

  /// A date, a time, or a date and a time with or without its distance from UTC.
  static func isDateTime(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    if let isRight = takeDate(from: &rest) {
      guard isRight else { return false }
      if rest.isEmpty { return true }
      guard let mark = rest.popFirst(), mark | 0x20 == UInt8(ascii: "t") || mark == 0x20,
        takeTime(from: &rest)
      else { return false }
      return rest.isEmpty || isZone(rest)
    }
    return takeTime(from: &rest) && rest.isEmpty
  }

  /// - Returns: whether it is one of the calendar; nil where no date stands at all.
  private static func takeDate(from rest: inout ArraySlice<UInt8>) -> Bool? {
    var date = rest
    guard let year = takeNumber(4, from: &date), date.popFirst() == UInt8(ascii: "-"),
      let month = takeNumber(2, from: &date), date.popFirst() == UInt8(ascii: "-"),
      let day = takeNumber(2, from: &date)
    else { return nil }
    rest = date
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day)
  }

  private static func takeTime(from rest: inout ArraySlice<UInt8>) -> Bool {
    guard let hour = takeNumber(2, from: &rest), rest.popFirst() == UInt8(ascii: ":"),
      let minute = takeNumber(2, from: &rest), rest.popFirst() == UInt8(ascii: ":"),
      let second = takeNumber(2, from: &rest), hour < 24, minute < 60, second < 60
    else { return false }
    guard rest.first == UInt8(ascii: ".") else { return true }
    rest.removeFirst()
    var digits = 0
    while takeNumber(1, from: &rest) != nil { digits += 1 }
    return digits > 0
  }

  private static func isZone(_ zone: ArraySlice<UInt8>) -> Bool {
    var rest = zone
    let mark = rest.popFirst() ?? 0
    if mark | 0x20 == UInt8(ascii: "z") { return rest.isEmpty }
    guard isSign(mark), let hour = takeNumber(2, from: &rest), rest.popFirst() == UInt8(ascii: ":"),
      let minute = takeNumber(2, from: &rest)
    else { return false }
    return hour < 24 && minute < 60 && rest.isEmpty
  }

  private static func takeNumber(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= count else { return nil }
    var number = 0
    for byte in rest.prefix(count) {
      guard let digit = HexDigits.digit(byte), digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    rest = rest.dropFirst(count)
    return number
  }
}
