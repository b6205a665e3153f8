import Documents
import FileTrees

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

extension Record {
  /// By which the text of a layout's part is known as a run has left it: whoever changes a part of it,
  /// by hand or by a merge of two branches, leaves the rest as it was. It is of the text from its brace
  /// to the end of its files.
  static func state(of text: ArraySlice<UInt8>) -> GitObjectID? {
    var hash = GitObjectID.BlobHash(size: text.count)
    text.withUnsafeBytes { hash.append($0) }
    return hash.id
  }
}

/// Writes a record file by file: that of a large project is held as its text alone.
struct RecordWriter {
  private var json = JSONWriter()
  /// Where the text of the layout's part begins.
  private var start = 0

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
    start = json.count - 1
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
    if file.isAbsent { json.write("absent", .flag(true)) }
    if let origin = file.origin {
      json.write("from", .string(origin.blob.description))
      json.write("delta", origin.delta.json)
    }
    json.end()
  }

  private mutating func end() {
    guard json.depth > 2 else { return }
    // The files, and then the whole of it.
    json.end()
    if let state = Record.state(of: json.written(from: start)) {
      json.write("state", .string(state.description))
    }
    json.end()
  }

  mutating func finished() -> [UInt8] {
    end()
    while json.depth > 0 { json.end() }
    return json.finished()
  }
}
