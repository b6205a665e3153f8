import Console
import Documents
import Layouts

/// A command line of `scaffold new`, of which the layout's own options are not known yet.
struct NewLine {
  let arguments: [String]
  let command: Command
  let parser: ArgumentParser
  let early: ArgumentParser.Preliminary
  let context: Context

  init(_ arguments: [String], _ command: Command, _ context: Context) {
    self.arguments = arguments
    self.command = command
    self.context = context
    parser = ArgumentParser(command: command, helpCall: "scaffold new --help")
    early = parser.preliminary(arguments)
  }

  /// A layout that the line names, and how.
  struct Named {
    var layout: Layout
    /// Whether the first word does.
    var isWord: Bool
    /// Those of `--answers`, where they were read to find it.
    var files: [AnswersFile]?
  }

  /// The layout that `--layout`, the first word, or a record among the files of answers names; nil
  /// where nothing does.
  func named() throws(Failure) -> Named? {
    if let name = early.arguments[NewOptions.layout] {
      try refuseSecondLayout(name)
      return Named(layout: try layout(LayoutReference(name)), isWord: false)
    }
    let files = try early.arguments[NewOptions.answers].map(AnswersFile.init)
    let record = files.last { $0.record != nil }
    if let reference = try word(besideRecord: record != nil) {
      return Named(layout: try layout(reference), isWord: true, files: files)
    }
    guard let record,
      let layout = try LayoutArgument.layout(in: record, isLarge: isLarge, context)
    else { return nil }
    return Named(layout: layout, isWord: false, files: files)
  }

  func layout(_ reference: LayoutReference) throws(Failure) -> Layout {
    try LayoutArgument.layout(reference, isLarge: isLarge, context)
  }

  /// What the line says, once the options of its layout are known. Nil when help was asked for, and
  /// printed.
  func call(_ named: Named) throws(Failure) -> NewCall? {
    try NewCall(arguments, of: named, command, context)
  }

  /// The one word there is, where it is no option's value for sure.
  var soleWord: String? {
    let words = early.arguments.operands
    return early.unknown.isEmpty && words.count == 1 ? words[0] : nil
  }

  private var isLarge: Bool { early.arguments[NewOptions.large] }

  // MARK: The layout as a word

  /// The layout that the first word names: `scaffold new tiered shop`.
  ///
  /// - Parameter besideRecord: whether a record names one as well; a word alone is the directory then.
  /// - Throws: that the first of two words names none.
  private func word(besideRecord: Bool) throws(Failure) -> LayoutReference? {
    let words = early.arguments.operands
    guard let first = words.first else { return nil }
    if !early.unknown.isEmpty { return try word(amongValues: words, besideRecord) }
    guard words.count > 1 else { return besideRecord ? nil : existing(first) }
    if let reference = existing(first) { return reference }
    if words.count == 2, existing(words[1]) != nil,
      let call = ShellWord.command(["scaffold", "new", words[1], first])
    {
      throw .usage(
        "unknown layout “\(Printable.text(first))”",
        help: "the layout comes before the directory: “\(call)”")
    }
    return LayoutReference(first)
  }

  /// The same, where some of `words` may be values of options that the layout alone has.
  private func word(
    amongValues words: [String], _ besideRecord: Bool
  ) throws(Failure) -> LayoutReference? {
    if let first = arguments.first, first == words.first {
      // No option stands before it whose value it may be.
      if !besideRecord, let reference = existing(first) { return reference }
      if words.count > 1, existing(first) == nil, context.catalogue.name(near: first) != nil {
        return LayoutReference(first)
      }
    }
    for word in words {
      guard let reference = existing(word), let layout = try? context.catalogue.layout(reference)
      else { continue }
      var command = command
      command.options += layout.manifest.variables.map(\.option)
      let operands = ArgumentParser(command: command, helpCall: "").preliminary(arguments)
        .arguments.operands
      if operands.first == word, operands.count > 1 || !besideRecord { return reference }
    }
    return nil
  }

  /// - Parameter name: what the option says.
  private func refuseSecondLayout(_ name: String) throws(Failure) {
    let words = early.arguments.operands
    guard early.unknown.isEmpty, words.count == 2, existing(words[0]) != nil else { return }
    throw .usage(
      "the layout is given twice, as the word “\(Printable.text(words[0]))” and by --layout",
      help: "leave one of them out")
  }

  private func existing(_ word: String) -> LayoutReference? {
    let reference = LayoutReference(word)
    return context.catalogue.has(reference) ? reference : nil
  }
}
