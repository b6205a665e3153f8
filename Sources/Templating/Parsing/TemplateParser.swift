import CLibrary
import Documents

/// Finds the tags of a template and turns it into pieces. Faults are collected, never thrown; the
/// pieces mean nothing when there are any.
struct TemplateParser {
  /// A block that is not closed yet.
  struct Block {
    let directive: Directive
    let offset: Int
    var hasElse = false
    /// What was declared and not known outside of the block.
    let declarations: Declarations
    let unknown: Set<String>
    /// The pieces that name where what follows the block begins, or its next branch, once that is
    /// known.
    var open: [Int] = []
    /// Of these, the one that goes on with the next branch.
    var head: Int?
  }

  let bytes: [UInt8]
  let place: Template.Place
  var declarations: Declarations
  /// Declared names whose type is not known because of a fault.
  var unknown: Set<String> = []
  var blocks: [Block] = []
  var faults: [TemplateFault] = []
  var pieces: [TemplatePiece] = []
  /// The tags of other templates with the same declarations, and of this one; nil where nothing is
  /// shared.
  var known: KnownTags?
  /// The names that were used, each once, those of loops and undeclared ones among them.
  var used: [String] { uses.items.map(\.name) }
  private var uses = NamedValues<Bool>()
  /// The places among the faults of the undeclared names.
  private var undeclared = NamedValues<Int>()
  /// Placeholders, directives, filters and names in conditions so far, and what looks like them.
  var tags = 0
  private let mostTags: Int
  /// What is text, but was probably meant as a tag; in order.
  private(set) var nearMisses: [NearMiss] = []
  /// Those that an error was blamed on, by their offsets.
  private var blamed: Set<Int> = []
  private let file: String
  private var fences = FenceTracker()

  /// Where the search for tags goes on.
  var position = 0
  /// The first byte that is in no piece yet.
  private var textStart = 0
  /// The texts of the line so far, each with the end it has should the line vanish. Nil when the line
  /// holds more than blanks and directives.
  private var vanishing: [(piece: Int, end: Int)]?
  /// The end of the last directive, while its line may still vanish.
  private var vanishingEnd = -1

  /// How deep blocks may nest.
  static let deepest = 50
  /// How many of the blocks are loops.
  var loops = 0

  /// - Parameters:
  ///   - file: whose text it is; its language decides what was probably meant.
  ///   - mostTags: as many there may be.
  init(
    _ bytes: [UInt8], of file: String, in place: Template.Place, declarations: Declarations,
    knowing known: consuming KnownTags? = nil, mostTags: Int = Budget.Resource.tags.most
  ) {
    self.bytes = bytes
    self.known = known
    self.file = file
    self.mostTags = mostTags
    self.place = place
    self.declarations = declarations
  }

  /// The bytes that keep a text from being a template: how to write them nevertheless.
  static func literalHelp(for text: String) -> String {
    let escaped = text.escaped { $0 == "\"" || $0 == "\\" ? "\\\($0)" : nil }
    return "if it is meant as text, write <<@\"\(escaped)\">>"
  }

  mutating func parse() {
    while let start = TemplateParser.nextTag(in: bytes, from: position) {
      guard tags <= mostTags, faults.count < Diagnostics.most else { return stop(at: start) }
      let following = start + 2 < bytes.count ? bytes[start + 2] : 0
      if following.isCapital {
        parseValue(at: start)
      } else if following == UInt8(ascii: "@") {
        parseDirective(at: start)
      } else {
        noteNearMiss(at: start)
        position = start + 1
      }
    }
    for block in blocks.reversed() {
      let miss = blame(behind: block.offset) { $0.directive == .end }
      let reason = miss.map { ": “\($0.text)” does not close it" } ?? ""
      faults.append(
        TemplateFault(
          at: miss?.offset ?? block.offset, "“<<@\(block.directive)>>” is never closed" + reason,
          help: miss == nil ? "close it with <<@end>>" : "write <<@end>>"))
    }
    flush(upTo: bytes.count)
  }

  /// Leaves the rest of a text that has too much in it.
  private mutating func stop(at start: Int) {
    guard tags > mostTags else { return }
    faults.append(TemplateFault(at: start, Budget().overrun(of: .tags).message(for: "the layout")))
  }

  /// Adds faults; a name that is not declared is told once.
  mutating func add(_ new: [TemplateFault]) {
    for fault in new {
      guard let name = fault.undeclared?.name else {
        faults.append(fault)
        continue
      }
      if let present = undeclared[name] {
        faults[present].repetitions += 1
      } else {
        undeclared[name] = faults.count
        faults.append(fault)
      }
    }
  }

  /// Where the next `<<` stands, nil when there is none.
  static func nextTag(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var offset = start
      while offset + 1 < buffer.count,
        let found = memchr(base + offset, 0x3C, buffer.count - 1 - offset)
      {
        let index = UnsafeRawPointer(found) - base
        if buffer[index + 1] == 0x3C { return index }
        offset = index + 2
      }
      return nil
    }
  }

  private mutating func parseValue(at start: Int) {
    let extent = knownExtent(at: start)
    if let extent, case .value(let value)? = known?.content(of: extent, in: bytes) {
      use(value)
      tags += value.filters.count
      return append(.value(value, at: start), from: start, to: extent.range.upperBound)
    }
    var parser = SubstitutionParser(
      Cursor(bytes, at: start), declarations: declarations, unknown: unknown)
    switch parser.parse() {
    case .text:
      noteNearMiss(at: start)
      position = start + 2
    case .value(let substitution, let end):
      if let substitution {
        tags += substitution.filters.count
        var value = substitution
        // What is not known by its bytes has no number: the next one that is known gets it.
        if let extent, extent.range.upperBound == end, let number = known?.nextNumber {
          value = substitution.numbered(number)
          known?.remember(.value(value), of: extent, in: bytes)
        }
        append(.value(value, at: start), from: start, to: end)
      }
      position = end
    }
    use(parser.names)
    add(parser.faults)
  }

  /// Where a tag ends that other templates may share. (Not within a loop, whose names have other values
  /// each time, and may have other types.)
  func knownExtent(at start: Int) -> KnownTags.Extent? {
    known == nil || loops > 0 ? nil : KnownTags.Extent(at: start, in: bytes)
  }

  mutating func use(_ names: [String]) {
    for name in names { uses[name] = true }
  }

  /// Uses the names of a known tag.
  private mutating func use(_ value: Substitution) {
    uses[value.name] = true
    for filter in value.filters {
      if case .name(let name)? = filter.argument { uses[name] = true }
    }
  }

  /// Adds the text up to `start` and the piece that stands there, which is no directive.
  mutating func append(_ piece: TemplatePiece, from start: Int, to end: Int) {
    flush(upTo: start)
    pieces.append(piece)
    tags += 1
    textStart = end
    position = end
  }

  /// Leaves out the bytes of a tag that gives no piece.
  mutating func drop(from start: Int, to end: Int) {
    flush(upTo: start)
    textStart = end
    position = end
  }

  private mutating func flush(upTo end: Int) {
    if textStart < end { pieces.append(.text(textStart..<end)) }
    textStart = end
  }
}

// MARK: - Near misses

extension TemplateParser {
  mutating func noteNearMiss(at start: Int) {
    // What a tag never begins with needs no look around.
    guard start + 2 < bytes.count,
      case let byte = bytes[start + 2],
      byte.isCapital || byte.isSmall || byte.isBlank || byte == UInt8(ascii: "@"),
      findNearMiss(at: start, .plain) != nil,
      let miss = findNearMiss(at: start, syntax(at: start))
    else { return }
    nearMisses.append(miss)
  }

  private mutating func findNearMiss(at start: Int, _ syntax: TextSyntax) -> NearMiss? {
    var finder = NearMissFinder(bytes: bytes, syntax: syntax, declarations: declarations)
    defer { tags += finder.cost }
    return finder.find(at: start)
  }

  private mutating func syntax(at start: Int) -> TextSyntax {
    if place == .name { return .plain }
    guard file.ends(with: ".md") || file.ends(with: ".markdown") else {
      return TextSyntax(ofFile: file)
    }
    return fences.language(at: start, in: bytes).map(TextSyntax.init(named:)) ?? .plain
  }

  /// The first near miss behind `offset`, or the last one before it, that explains a fault; each one
  /// explains one.
  mutating func blame(
    behind offset: Int? = nil, before end: Int? = nil, _ explains: (NearMiss) -> Bool
  ) -> NearMiss? {
    let known = nearMisses.filter { miss in
      !blamed.contains(miss.offset) && explains(miss) && miss.offset > offset ?? -1
        && miss.offset < end ?? .max
    }
    let miss = end == nil ? known.first : known.last
    if let miss { blamed.insert(miss.offset) }
    return miss
  }
}

// MARK: - Lines that vanish

extension TemplateParser {
  /// Adds a directive. When nothing but blanks and directives stand on its line, their bytes and
  /// the line's end are left out.
  mutating func appendDirective(_ piece: TemplatePiece?, from start: Int, to end: Int) {
    var blanks = start
    while blanks > textStart, bytes[blanks - 1].isBlank { blanks -= 1 }
    if isLineStart(blanks) {
      vanishing = []
    } else if blanks != textStart || textStart != vanishingEnd {
      vanishing = nil
    }
    if textStart < start { vanishing?.append((pieces.count, blanks)) }
    flush(upTo: start)
    if let piece { pieces.append(piece) }
    tags += 1
    textStart = end
    position = end
    vanishingEnd = -1
    guard let vanishing else { return }
    var cursor = Cursor(bytes, at: end)
    cursor.skipBlanks()
    if cursor.offset == bytes.count || cursor.skip("\n") || cursor.skip("\r\n") {
      for (index, end) in vanishing {
        if case .text(let range) = pieces[index] {
          pieces[index] = .text(range.lowerBound..<end)
        }
      }
      textStart = cursor.offset
      position = cursor.offset
    } else {
      vanishingEnd = end
    }
  }

  /// The first byte of a line; at the start of the file, the first one behind a byte order mark.
  private func isLineStart(_ offset: Int) -> Bool {
    if offset == 0 { return true }
    return bytes[offset - 1] == UInt8(ascii: "\n")
      || offset == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }
}
