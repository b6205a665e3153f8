import Documents

extension Record {
  /// The format that is written; versions down to 1 are read.
  static let version = 2

  /// The record's text: JSON, one line for each file, so that git merges two branches' records.
  var text: [UInt8] {
    JSON.object([
      JSON.Member("version", .integer(Self.version)),
      JSON.Member("layouts", .array(layouts.map(\.json))),
    ]).prettyBytes
  }
}

extension Record.Entry {
  fileprivate var json: JSON {
    .object([
      JSON.Member("name", .string(layout.name)),
      JSON.Member("version", .string(layout.version)),
      JSON.Member("digest", .string(layout.digest)),
      JSON.Member("source", .string(layout.source.text)),
      JSON.Member("answers", .object(answers)),
      JSON.Member("files", .object(files.map { JSON.Member($0.path.string, $0.json) })),
    ])
  }
}

extension Record.File {
  fileprivate var json: JSON {
    var members = [
      JSON.Member("mode", .string(permissions.recorded)),
      JSON.Member("blob", .string(blob.description)),
    ]
    if let template { members.append(JSON.Member("template", .string(template))) }
    return .row(members)
  }
}
