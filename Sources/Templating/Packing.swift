import Documents

// What the build has parsed, written and read: only what a run needs, in the order of its parts.

extension Template {
  /// - Parameter includingText: whether the template's own text is written too.
  package func pack(into writer: inout PackedWriter, includingText: Bool) {
    if includingText {
      writer.write(String(decoding: bytes, as: UTF8.self))
      location.pack(into: &writer)
    }
    writer.write(isPlain)
    if isPlain { return }
    writer.write(names)
    writer.write(nodes) { $0.pack(into: &$1) }
  }

  /// A template that was packed with its text.
  package init(unpacking reader: inout PackedReader) {
    let bytes = reader.utf8()
    let location = SourceLocation(unpacking: &reader)
    self.init(unpacking: &reader, of: bytes, at: location)
  }

  /// A template that was packed without its text, which is `bytes`.
  package init(
    unpacking reader: inout PackedReader, of bytes: [UInt8], at location: SourceLocation
  ) {
    self.bytes = bytes
    self.location = location
    isPlain = reader.flag()
    if isPlain { return }
    names = reader.strings()
    nodes = (0..<reader.integer()).map { _ in TemplateNode(unpacking: &reader) }
  }
}

extension Condition {
  package func pack(into writer: inout PackedWriter) {
    writer.write(names)
    expression.pack(into: &writer)
  }

  package init(unpacking reader: inout PackedReader) {
    names = reader.strings()
    expression = Expression(unpacking: &reader)
  }
}

extension TemplateNode {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .text(let range):
      writer.write(0)
      writer.write(range.lowerBound)
      writer.write(range.count)
    case .literal(let content):
      writer.write(1)
      writer.write(String(decoding: content, as: UTF8.self))
    case .value(let substitution):
      writer.write(2)
      substitution.pack(into: &writer)
    case .choice(let branches):
      writer.write(3)
      writer.write(branches) { branch, writer in
        writer.write(branch.condition) { $0.pack(into: &$1) }
        writer.write(branch.body) { $0.pack(into: &$1) }
      }
    case .loop(let loop, let body):
      writer.write(4)
      loop.pack(into: &writer)
      writer.write(body) { $0.pack(into: &$1) }
    case .sorted(let separator, let body):
      writer.write(5)
      writer.write(separator) { $1.write(String(decoding: $0, as: UTF8.self)) }
      writer.write(body) { $0.pack(into: &$1) }
    case .fitting(let width, let body, let otherwise):
      writer.write(6)
      writer.write(width)
      writer.write(body) { $0.pack(into: &$1) }
      writer.write(otherwise) { $0.pack(into: &$1) }
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    switch reader.integer() {
    case 0:
      let start = reader.integer()
      self = .text(start..<start + reader.integer())
    case 1: self = .literal(reader.utf8())
    case 2: self = .value(Substitution(unpacking: &reader))
    case 3:
      let branches = (0..<reader.integer()).map { _ in
        Branch(
          condition: reader.flag() ? Expression(unpacking: &reader) : nil,
          body: Self.body(unpacking: &reader))
      }
      self = .choice(branches)
    case 5:
      let separator = reader.flag() ? reader.utf8() : nil
      self = .sorted(separator, body: Self.body(unpacking: &reader))
    case 6:
      let width = reader.integer()
      let body = Self.body(unpacking: &reader)
      self = .fitting(width, body: body, otherwise: Self.body(unpacking: &reader))
    default:
      let loop = Loop(unpacking: &reader)
      self = .loop(loop, body: Self.body(unpacking: &reader))
    }
  }

  private static func body(unpacking reader: inout PackedReader) -> [TemplateNode] {
    (0..<reader.integer()).map { _ in TemplateNode(unpacking: &reader) }
  }
}

extension Loop {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(item.item)
    writer.write(list)
    type.pack(into: &writer)
    writer.write(offset)
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    item = ItemNames(reader.string())
    list = reader.string()
    type = ValueType(unpacking: &reader)
    offset = reader.integer()
  }
}

extension Substitution {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(name)
    type.pack(into: &writer)
    writer.write(filters) { $0.pack(into: &$1) }
    writer.write(offset)
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    name = reader.string()
    type = ValueType(unpacking: &reader)
    filters = (0..<reader.integer()).map { _ in FilterCall(unpacking: &reader) }
    offset = reader.integer()
  }
}

extension FilterCall {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(Filters.all.firstIndex { $0.name == filter.name } ?? 0)
    switch argument {
    case nil:
      writer.write(0)
    case .text(let text):
      writer.write(1)
      writer.write(text)
    case .integer(let number):
      writer.write(2)
      writer.write(number)
    case .name(let name):
      writer.write(3)
      writer.write(name)
    }
    writer.write(offset)
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    filter = Filters.all[reader.integer()]
    switch reader.integer() {
    case 0: argument = nil
    case 1: argument = .text(reader.string())
    case 2: argument = .integer(reader.integer())
    default: argument = .name(reader.string())
    }
    offset = reader.integer()
  }
}

extension SourceLocation {
  package func pack(into writer: inout PackedWriter) {
    writer.write(file)
    writer.write(line)
    writer.write(column)
  }

  package init(unpacking reader: inout PackedReader) {
    self.init(file: reader.string(), line: reader.integer(), column: reader.integer())
  }
}
