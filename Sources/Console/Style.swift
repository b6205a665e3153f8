import Documents

/// How text is set for a stream: in colours or not, with which characters, how wide.
package struct Style: Sendable {
  /// Whether there are colours.
  package let isEnabled: Bool
  package let charset: Charset
  /// The columns of the terminal; nil where the stream leads elsewhere, and nothing is cut.
  package let width: Int?
  /// The columns that help and tables are set in, wherever they go.
  package let tableWidth: Int

  /// - Parameter width: of the terminal, if it is one.
  package init(
    isEnabled: Bool = false, charset: Charset = .unicode, width: Int? = nil,
    tableWidth: Int? = nil
  ) {
    self.isEnabled = isEnabled
    self.charset = charset
    self.width = width
    self.tableWidth = tableWidth ?? width ?? Self.standardWidth
  }

  /// That of a stream.
  ///
  /// `COLUMNS` goes before what a terminal says of itself, as POSIX has it.
  ///
  /// - Parameters:
  ///   - isTerminal: whether the stream is one.
  ///   - terminalWidth: what it says of itself; nil where it says nothing.
  package init(
    color: ColorChoice = .auto, isTerminal: Bool, terminalWidth: @autoclosure () -> Int? = nil,
    environment: (String) -> String?
  ) {
    let columns = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let shown = columns ?? (isTerminal ? terminalWidth() : nil)
    self.init(
      isEnabled: color.isColoured(isTerminal: isTerminal, environment: environment),
      charset: Charset(environment: environment),
      width: isTerminal ? shown ?? Self.standardWidth : nil, tableWidth: shown)
  }

  /// Where nothing says another one.
  private static let standardWidth = 80

  /// With no characters but those of ASCII.
  package var inASCII: Style {
    Style(isEnabled: isEnabled, charset: .ascii, width: width, tableWidth: tableWidth)
  }

  /// The program's own words, in its characters.
  package func words(_ text: String) -> String { charset.words(text) }

  package func paint(_ text: String, _ look: Look) -> String { apply(look.code, text) }

  package func bold(_ text: String) -> String { apply("1", text) }
  package func dim(_ text: String) -> String { apply("2", text) }
  package func red(_ text: String) -> String { apply("1;31", text) }
  package func green(_ text: String) -> String { apply("32", text) }
  package func yellow(_ text: String) -> String { apply("33", text) }
  package func cyan(_ text: String) -> String { apply("36", text) }

  private func apply(_ code: String, _ text: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
