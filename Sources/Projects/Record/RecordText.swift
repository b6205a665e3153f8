import Documents

extension Record {
  /// The format that is written; versions down to 1 are read.
  static let version = 2

  /// The record's text: JSON, one line for each file, so that git merges two branches' records.
  var text: [UInt8] {
    var writer = RecordWriter(room: layouts.reduce(0) { $0 + $1.files.count })
    for entry in layouts {
      writer.begin(entry.layout, entry.answers, isUnfinished: entry.isUnfinished)
      for file in entry.files { writer.add(file) }
    }
    return writer.finished()
  }
}

/// Writes a record file by file: that of a large project is held as its text alone.
struct RecordWriter {
  private var json = JSONWriter()

  /// - Parameter files: about so many there will be.
  init(room files: Int) {
    json.reserve(files * 192 + 1024)
    json.begin(.object)
    json.write("version", .integer(Record.version))
    json.begin(.array, at: "layouts")
  }

  /// Begins a layout's part.
  mutating func begin(
    _ layout: LayoutVersion, _ answers: [JSON.Member], isUnfinished: Bool = false
  ) {
    end()
    json.begin(.object)
    json.write("name", .string(layout.name))
    json.write("version", .string(layout.version))
    json.write("digest", .string(layout.digest))
    json.write("source", .string(layout.source.text))
    if isUnfinished { json.write("unfinished", .flag(true)) }
    json.write("answers", .object(answers))
    json.begin(.object, at: "files")
  }

  /// In the order of the tree.
  mutating func add(_ file: Record.File) {
    json.begin(.row, at: file.path.string)
    json.write("mode", .string(file.permissions.recorded))
    json.write("blob", .string(file.blob.description))
    if let template = file.template { json.write("template", .string(template)) }
    if let given = file.given { json.write("given", .string(given.string)) }
    if file.isMarked { json.write("conflict", .flag(true)) }
    json.end()
  }

  private mutating func end() {
    while json.depth > 2 { json.end() }
  }

  mutating func finished() -> [UInt8] {
    while json.depth > 0 { json.end() }
    return json.finished()
  }
}
