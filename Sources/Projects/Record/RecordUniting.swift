import Documents
import FileTrees
import Layouts

/// Makes one record of those of two branches, “ours” and “theirs”.
struct RecordUniting {
  private(set) var remarks: [String] = []

  /// The layouts in the order of ours; behind them what theirs has more.
  ///
  /// - Parameter present: the content that is at a path of the project, by its blob id.
  mutating func united(
    _ ours: Record, _ theirs: Record, _ present: (RelativePath) -> GitObjectID?
  ) -> Record {
    var entries: [Record.Entry] = []
    for entry in ours.layouts {
      let other = theirs.layouts.first { $0.layout.name == entry.layout.name }
      entries.append(other.map { united(entry, $0, present) } ?? entry)
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
      answers: united(ours.answers, theirs.answers),
      files: united(ours.files, theirs.files, present))
  }

  private func newer(_ ours: LayoutVersion, _ theirs: LayoutVersion) -> LayoutVersion {
    guard let our = VersionNumber(ours.version), let their = VersionNumber(theirs.version) else {
      return ours
    }
    return our < their ? theirs : ours
  }

  // MARK: Answers

  private mutating func united(
    _ ours: [JSON.Member], _ theirs: [JSON.Member]
  ) -> [JSON.Member] {
    var places: [String: Int] = [:]
    var result = ours
    for (index, member) in ours.enumerated() { places[member.key] = index }
    for member in theirs {
      guard let place = places[member.key] else {
        result.append(member)
        continue
      }
      result[place].value = united(result[place].value, member.value, of: member.key)
    }
    return result
  }

  /// Of two lists what either has; of anything else ours, and a remark.
  private mutating func united(_ ours: JSON, _ theirs: JSON, of name: String) -> JSON {
    if case .array(let our) = ours, case .array(let their) = theirs {
      let known = Set(our.map(\.prettyBytes))
      return .array(our + their.filter { !known.contains($0.prettyBytes) })
    }
    // By their bytes: a value in another Unicode form is another one.
    if ours.prettyBytes == theirs.prettyBytes { return ours }
    let (our, their) = (Self.text(ours), Self.text(theirs))
    let option = Self.isPlain(their) ? "--set \(name)=\(their)" : "--set \(name)=…"
    remarks.append(
      "\(Printable.text(name)) is “\(Printable.text(our))” in one branch and"
        + " “\(Printable.text(their))” in the other: the first stays,"
        + " \(Printable.text(option)) takes the other")
    return ours
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

  /// Whether a text is one word of every shell as it stands.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./,:@".utf8.contains(byte)
        }
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
