/// Data formats and Python: strings with backslash escapes.
extension Quoting {
  static let json = Quoting { text in
    text.escaped { scalar in
      short(scalar) ?? (scalar.isControl ? "\\u" + scalar.hexadecimal(4) : nil)
    }
  }

  /// Always between double quotes, so that `yes`, `1e3`, `null`, `a: b` and `{{` stay texts. The
  /// line separators of Unicode are line breaks in YAML 1.1 and would turn into blanks.
  static let yaml = Quoting { text in
    text.escaped { scalar in
      if let escape = short(scalar) { return escape }
      return scalar.isControl || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
        ? "\\u" + scalar.hexadecimal(4) : nil
    }
  }

  static let toml = Quoting { text in
    text.escaped { scalar in
      short(scalar) ?? (scalar.isControl ? "\\u" + scalar.hexadecimal(4) : nil)
    }
  }

  /// Between the quotes that need fewer escapes, else double ones: what Black and Ruff leave alone.
  static let python: Quoting = {
    var quoting = Quoting(
      text: { text in
        let double = text.utf8.count { $0 == UInt8(ascii: "\"") }
        let single = text.utf8.count { $0 == UInt8(ascii: "'") }
        let quote: Unicode.Scalar = double > single ? "'" : "\""
        return "\(quote)\(escapedForPython(text, quote))\(quote)"
      },
      inside: { escapedForPython($0, "\"") })
    quoting.whenTrue = "True"
    quoting.whenFalse = "False"
    return quoting
  }()

  private static func escapedForPython(_ text: String, _ quote: Unicode.Scalar) -> String {
    text.escaped { scalar in
      switch scalar {
      case quote: "\\\(quote)"
      case "\\", "\n", "\r", "\t": short(scalar)
      default: scalar.isControl ? "\\x" + scalar.hexadecimal(2) : nil
      }
    }
  }

  /// The escapes that JSON, YAML and TOML have in common.
  private static func short(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: nil
    }
  }
}
