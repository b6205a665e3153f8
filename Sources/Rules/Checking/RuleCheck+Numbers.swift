import Documents

// The numbers in the names of what is there.

extension RuleCheck {
  /// Steps that are numbered sort as they run: by names where all numbers have one width.
  mutating func number(_ hits: [GlobWalk.Hit], _ numbers: Rule.Numbers, _ rule: Rule) {
    var numbered: [(value: Int, digits: String, hit: GlobWalk.Hit)] = []
    for hit in hits {
      guard let digits = hit.captures[numbers.capture] else { continue }
      let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isNumber, let value = Int(digits) else {
        report(
          rule, hit.path, "“\(Printable.text(digits))” is no number", remedy: "number it",
          for: hit.captures)
        continue
      }
      numbered.append((value, digits, hit))
    }
    numbered.sort { ($0.value, $0.hit.path.string) < ($1.value, $1.hit.path.string) }
    guard let first = numbered.first else { return }
    let width = numbered.map(\.digits.utf8.count).max() ?? 0
    for entry in numbered where entry.digits.utf8.count < width {
      report(
        rule, entry.hit.path, "the number \(entry.digits) is shorter than others",
        remedy: "write it with \(width) digits: \(padded(entry.value, to: width))",
        for: entry.hit.captures)
    }
    if let from = numbers.first, first.value != from {
      report(
        rule, first.hit.path,
        "the first number is \(first.digits), and \(padded(from, to: width)) is to be",
        remedy: "begin with \(padded(from, to: width))", for: first.hit.captures)
    }
    for (one, next) in zip(numbered, numbered.dropFirst()) {
      if one.value == next.value {
        report(
          rule, next.hit.path,
          "the number \(next.digits) is that of “\(Printable.text(one.hit.path.string))”, too",
          remedy: "give it a number of its own", for: next.hit.captures)
      } else if numbers.isConsecutive, next.value != one.value + 1 {
        report(
          rule, next.hit.path,
          "the number \(next.digits) follows \(one.digits):"
            + " \(padded(one.value + 1, to: width)) is left out",
          remedy: "number all of them without gaps", for: next.hit.captures)
      }
    }
  }

  private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
