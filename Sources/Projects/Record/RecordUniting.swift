import Documents
import FileTrees
import Layouts

/// Makes one record of those of two branches, “ours” and “theirs”.
struct RecordUniting {
  /// The answers of what both come from, by the names of layouts, as far as it is known.
  private let base: [String: [JSON.Member]]
  private(set) var remarks: [String] = []
  private(set) var choices: [Record.Choice] = []

  init(base: Record?) {
    self.base = Self.byName(base?.layouts ?? []).mapValues(\.answers)
  }

  /// The layouts in the order of ours; behind them what theirs has more.
  ///
  /// - Parameter present: the content that is at a path of the project, by its blob id.
  mutating func united(
    _ ours: Record, _ theirs: Record, _ present: (RelativePath) -> GitObjectID?
  ) -> Record {
    let others = Self.byName(theirs.layouts)
    var entries: [Record.Entry] = []
    for entry in ours.layouts {
      entries.append(others[entry.layout.name].map { united(entry, $0, present) } ?? entry)
    }
    let names = Set(entries.map(\.layout.name))
    entries += theirs.layouts.filter { !names.contains($0.layout.name) }
    return Record(layouts: withoutSharedPaths(entries))
  }

  private mutating func united(
    _ ours: Record.Entry, _ theirs: Record.Entry, _ present: (RelativePath) -> GitObjectID?
  ) -> Record.Entry {
    Record.Entry(
      layout: newer(ours.layout, theirs.layout),
      answers: united(
        ours.answers, theirs.answers, base[ours.layout.name] ?? []),
      files: united(ours.files, theirs.files, present),
      // What neither side has seen of the other is to be looked at.
      isUnfinished: ours.isUnfinished || theirs.isUnfinished || !ours.isSame(as: theirs))
  }

  private static func byName(_ entries: [Record.Entry]) -> [String: Record.Entry] {
    Dictionary(entries.map { ($0.layout.name, $0) }) { first, _ in first }
  }

  private func newer(_ ours: LayoutVersion, _ theirs: LayoutVersion) -> LayoutVersion {
    guard let our = VersionNumber(ours.version), let their = VersionNumber(theirs.version) else {
      return ours
    }
    return our < their ? theirs : ours
  }

  // MARK: Answers

  private mutating func united(
    _ ours: [JSON.Member], _ theirs: [JSON.Member], _ base: [JSON.Member]
  ) -> [JSON.Member] {
    let (our, their, base) = (Self.values(ours), Self.values(theirs), Self.values(base))
    return (ours + theirs.filter { our[$0.key] == nil }).compactMap { member in
      let name = member.key
      switch (our[name], their[name]) {
      case (let our?, let their?):
        return JSON.Member(name, united(our, their, base[name], of: name))
      case (let one, let other):
        // Who has it no more has done away with what the other has as it was.
        if let base = base[name], Self.isSame(one ?? other, base) { return nil }
        return member
      }
    }
  }

  private static func values(_ answers: [JSON.Member]) -> [String: JSON] {
    Dictionary(answers.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// By their bytes: a value in another Unicode form is another one.
  private static func isSame(_ first: JSON?, _ second: JSON?) -> Bool {
    first?.prettyBytes == second?.prettyBytes
  }

  /// What has changed; of two lists what either has come to have. Where both have changed something
  /// else, or nobody knows, ours and a remark.
  private mutating func united(
    _ ours: JSON, _ theirs: JSON, _ base: JSON?, of name: String
  ) -> JSON {
    if case .array(let our) = ours, case .array(let their) = theirs {
      return .array(Self.united(our, their, base))
    }
    if Self.isSame(ours, theirs) || Self.isSame(base, theirs) { return ours }
    if Self.isSame(base, ours) { return theirs }
    let (our, their) = (Self.text(ours), Self.text(theirs))
    let choice = Record.Choice(name: name, ours: our, theirs: their)
    choices.append(choice)
    remarks.append(choice.remark)
    return ours
  }

  /// Ours, without what either has left out. What theirs has more comes behind the item that it stands
  /// behind there, and behind what ours has more in that place.
  private static func united(_ ours: [JSON], _ theirs: [JSON], _ base: JSON?) -> [JSON] {
    var old: Set<[UInt8]> = []
    if case .array(let items)? = base { old = Set(items.map(\.prettyBytes)) }
    let our = Set(ours.map(\.prettyBytes))
    let their = Set(theirs.map(\.prettyBytes))
    // By the item that both have and that it stands behind; nil for the beginning.
    var more: [[UInt8]?: [JSON]] = [:]
    var before: [UInt8]?
    for item in theirs {
      let key = item.prettyBytes
      if our.contains(key) {
        before = key
      } else if !old.contains(key) {
        more[before, default: []].append(item)
      }
    }
    var united: [JSON] = []
    var waiting = more.removeValue(forKey: nil) ?? []
    for item in ours {
      let key = item.prettyBytes
      if their.contains(key) {
        united += waiting
        waiting = more.removeValue(forKey: key) ?? []
      } else if old.contains(key) {
        continue
      }
      united.append(item)
    }
    return united + waiting
  }

  /// As an option takes it.
  private static func text(_ answer: JSON) -> String {
    switch answer {
    case .string(let text): text
    case .integer(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .array(let items): items.map(text).concatenated(by: ",")
    case .null, .object, .row: ""
    }
  }

  // MARK: Files

  /// What either side has. Where they say different things of a path, the content that is there tells
  /// whose it is.
  private func united(
    _ ours: [Record.File], _ theirs: [Record.File], _ present: (RelativePath) -> GitObjectID?
  ) -> [Record.File] {
    var places: [RelativePath: Int] = [:]
    var result = ours
    for (index, file) in ours.enumerated() { places[file.path] = index }
    for file in theirs {
      guard let place = places[file.path] else {
        result.append(file)
        continue
      }
      let our = result[place]
      if our != file, our.blob != file.blob, present(file.path) == file.blob {
        result[place] = file
      }
    }
    return result.sorted { Self.isBefore($0.path, $1.path) }
  }

  /// The order of the tree: by the bytes of names, one directory after the other.
  private static func isBefore(_ first: RelativePath, _ second: RelativePath) -> Bool {
    func key(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "/") ? 0 : byte }
    return first.string.utf8.lexicographicallyPrecedes(second.string.utf8) { key($0) < key($1) }
  }

  /// A path that both branches have given to a layout, each to another one, stays with the first.
  private mutating func withoutSharedPaths(_ entries: [Record.Entry]) -> [Record.Entry] {
    var owners: [RelativePath: String] = [:]
    return entries.map { entry in
      var entry = entry
      entry.files = entry.files.filter { file in
        guard let owner = owners[file.path] else {
          owners[file.path] = entry.layout.name
          return true
        }
        remarks.append(
          "“\(Printable.text(file.path.string))” stays with the layout “\(Printable.text(owner))”;"
            + " “\(Printable.text(entry.layout.name))” has it too")
        return false
      }
      return entry
    }
  }
}
