import DataFiles
import Documents
import FileSystems
import FileTrees
import Patterns

// What files hold.

/// What a rule asks of a file.
struct FileQuestion {
  var rule: Rule
  var kind: FileStatus.Kind
  /// Whether the rule names the file as it is.
  var isNamed: Bool
  var captures: Captures
  /// For whose sake another file is asked; nil where it is the file itself.
  var asker: RelativePath?

  /// What a finding adds where something is missing.
  var whose: String {
    asker.map { ", which “\(Printable.text($0.string))” needs" } ?? ""
  }
}

extension RuleCheck {
  /// In bytes: no file that people write is larger, and no data file of a project.
  static let largestFile = 4 << 20
  /// Of one pattern in one file so many places are told.
  static let mostPlaces = 100

  /// What a rule asks for the sake of one path.
  mutating func questions(
    _ rule: Rule, _ hit: GlobWalk.Hit
  ) throws(RuleCheckFailure) -> [(RelativePath, FileQuestion)] {
    if rule.places.isEmpty {
      let question = FileQuestion(
        rule: rule, kind: hit.kind, isNamed: hit.isNamed, captures: hit.captures)
      return [(hit.path, question)]
    }
    var questions: [(RelativePath, FileQuestion)] = []
    for glob in rule.places {
      let glob = glob.filling(hit.captures)
      let places = try hits(of: glob, rule).filter { glob.isLiteral || $0.kind != .directory }
      for place in places {
        let question = FileQuestion(
          rule: rule, kind: place.kind, isNamed: place.isNamed, captures: hit.captures,
          asker: hit.path)
        questions.append((place.path, question))
      }
      if places.isEmpty { absent.append(Absence(glob: glob, rule: rule, asker: hit)) }
    }
    return questions
  }

  /// A file that is to be looked into and is not there, for whose sake.
  struct Absence {
    var glob: CapturingGlob
    var rule: Rule
    var asker: GlobWalk.Hit
  }

  /// Once, however many ask for it, and not where a rule requires it.
  mutating func tellAbsences() throws(RuleCheckFailure) {
    var told: Set<String> = []
    let missing = Set(found.filter(\.isMissing).map(\.path.string))
    for absence in absent {
      if missing.contains(absence.glob.text) || !told.insert(absence.glob.text).inserted {
        continue
      }
      try require(absence.glob, for: Subject(hit: absence.asker), absence.rule)
    }
  }

  mutating func look(
    into path: RelativePath, _ questions: [FileQuestion]
  ) throws(RuleCheckFailure) {
    guard let content = try content(of: path, questions) else { return }
    var file = LookedInto(path: path, bytes: content)
    for question in questions {
      let demands = question.rule.demands
      for pattern in demands.matches { try match(pattern, in: file, question) }
      for pattern in demands.refusals { try refuse(pattern, in: file, question) }
      for line in demands.lines { try hold(line, in: file, question) }
      for demand in demands.data { try hold(demand, in: &file, question) }
    }
  }

  /// Nil where there is nothing to look into; what has to be told of that is told.
  private mutating func content(
    of path: RelativePath, _ questions: [FileQuestion]
  ) throws(RuleCheckFailure) -> [UInt8]? {
    // What a pattern has found among other things may be anything; what a rule names is a text.
    let naming = questions.first { $0.isNamed }
    switch questions[0].kind {
    case .file: break
    case .link:
      if let naming {
        tell(
          naming, path, "is a symbolic link, which is not followed",
          remedy: "put what it leads to in its place")
      }
      return nil
    case .directory, .other:
      if let naming {
        tell(naming, path, "is no regular file", remedy: "put a file in its place")
      }
      return nil
    }
    let (size, content): (Int, [UInt8]?)
    do {
      (size, content) = try view.content(of: path, upTo: Self.largestFile)
    } catch {
      // Removed since it was listed.
      if error.isGone { return nil }
      tell(
        questions[0], path, "cannot be read: \(error.reason)",
        remedy: "make it a file that you can read")
      return nil
    }
    try view.spend(min(size, Self.largestFile), on: .content)
    if size > Self.largestFile {
      tell(
        questions[0], path, "is larger than \(Self.largestFile >> 20) MiB, and was not looked at",
        remedy: "keep large files elsewhere")
      return nil
    }
    guard let content, !content.contains(0) else {
      if let naming {
        tell(naming, path, "is no text: it holds a NUL", remedy: "write it as text in UTF-8")
      }
      return nil
    }
    return content
  }

  /// Of what keeps a file from being looked at, which is no fault of one rule.
  private mutating func tell(
    _ question: FileQuestion, _ path: RelativePath, _ message: String, remedy: String
  ) {
    found.append(
      Finding(
        rule: book.layout + "/" + question.rule.id, path: path, message: message, remedy: remedy))
  }

  // MARK: Patterns

  private mutating func match(
    _ pattern: CapturingPattern, in file: LookedInto, _ question: FileQuestion
  ) throws(RuleCheckFailure) {
    let search = book.search(pattern, question.captures)
    let isFound = try view.spending { budget throws(Overrun) in
      try file.bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        try search.isFound(in: bytes, spending: &budget)
      }
    }
    if isFound { return }
    report(
      question.rule, file.path,
      "\(lack(of: pattern, question))\(question.whose)",
      remedy: "add it", for: question.captures)
  }

  private mutating func refuse(
    _ pattern: CapturingPattern, in file: LookedInto, _ question: FileQuestion
  ) throws(RuleCheckFailure) {
    for match in try matches(pattern, in: file.bytes, question) {
      reportRefused(match, pattern, in: file.bytes, of: file, question)
    }
  }

  /// One more than are told, where there are more.
  private mutating func matches(
    _ pattern: CapturingPattern, in bytes: [UInt8], _ question: FileQuestion
  ) throws(RuleCheckFailure) -> [TextSearch.Match] {
    let search = book.search(pattern, question.captures)
    return try view.spending { budget throws(Overrun) in
      try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        try search.matches(in: bytes, upTo: Self.mostPlaces, spending: &budget)
      }
    }
  }

  private mutating func reportRefused(
    _ match: TextSearch.Match, _ pattern: CapturingPattern, in bytes: [UInt8],
    of file: LookedInto, _ question: FileQuestion
  ) {
    let text = bytes[match.range]
    report(
      question.rule, file.path, line: match.line, column: match.column,
      text.isEmpty
        ? "what \(shown(pattern, question)) matches must not be here"
        : "\(Excerpt.of(text)) must not be here",
      remedy: "remove it, or write it otherwise", for: question.captures)
  }

  private mutating func hold(
    _ demand: Rule.LineDemand, in file: LookedInto, _ question: FileQuestion
  ) throws(RuleCheckFailure) {
    let search = book.search(demand.with, question.captures)
    let lines = try view.spending { budget throws(Overrun) in
      try file.bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        try search.lines(in: bytes, spending: &budget)
      }
    }
    var told = 0
    for line in lines where told < Self.mostPlaces {
      let bytes = Array(file.bytes[line.range])
      if let refuse = demand.refuse {
        for match in try matches(refuse, in: bytes, question) {
          var match = match
          match.line = line.number
          reportRefused(match, refuse, in: bytes, of: file, question)
          told += 1
        }
      }
      guard let match = demand.match, try matches(match, in: bytes, question).isEmpty else {
        continue
      }
      let place = try matches(demand.with, in: bytes, question).first
      report(
        question.rule, file.path, line: line.number, column: place?.column ?? 1,
        "the line has \(Excerpt.of(bytes[place?.range ?? 0..<0]))"
          + " and \(lack(of: match, question, inLine: true))",
        remedy: "write it so that it does", for: question.captures)
      told += 1
    }
  }

  /// That nothing matches: with the pattern, where the rule has no words for what it asks for.
  private func lack(
    of pattern: CapturingPattern, _ question: FileQuestion, inLine: Bool = false
  ) -> String {
    if question.rule.remedy != nil {
      return "\(inLine ? "not" : "it lacks") what the rule asks for"
    }
    return "\(inLine ? "nothing that" : "nothing in it") matches \(shown(pattern, question))"
  }

  /// A pattern as a finding names it.
  func shown(_ pattern: CapturingPattern, _ question: FileQuestion) -> String {
    "“\(Printable.text(question.captures.fill(pattern.text)))”"
  }
}

/// A file that is looked into; of each format it is read once.
struct LookedInto {
  let path: RelativePath
  let bytes: [UInt8]
  /// Nil where it could not be read, which was told.
  var data: [DataFormat: DataDocument?] = [:]

  init(path: RelativePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A few bytes of a file in a finding.
enum Excerpt {
  private static let longest = 80

  /// In quotes, safe to print.
  static func of(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let isLong = text.unicodeScalars.count > longest
    let start =
      isLong ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(longest))) : text
    return "“\(Printable.text(start))\(isLong ? "…" : "")”"
  }
}
