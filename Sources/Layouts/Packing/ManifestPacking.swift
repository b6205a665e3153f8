import Documents
import FileTrees
import Templating

// What of a manifest its projects and its help need. Places in it are for complaints about it, which
// the build has made.

extension Manifest {
  func pack(into writer: inout PackedWriter) {
    writer.write(name)
    writer.write(summary)
    writer.write(version)
    writer.write(variables) { $0.pack(into: &$1) }
    writer.write(layers) { $0.pack(into: &$1) }
    writer.write(requirements) { requirement, writer in
      requirement.condition.pack(into: &writer)
      requirement.message.pack(into: &writer, includingText: true)
    }
    writer.write(verbatim) { $0.pack(into: &$1) }
    writer.write(privates) { $0.pack(into: &$1) }
    writer.write(next) { $0.pack(into: &$1, includingText: true) }
    writer.write(changes) { change, writer in
      writer.write(change.version)
      writer.write(change.lines)
    }
  }

  init(unpacking text: String) {
    var reader = PackedReader(text)
    name = reader.string()
    summary = reader.string()
    version = reader.string()
    variables = (0..<reader.integer()).map { _ in Variable(unpacking: &reader) }
    layers = (0..<reader.integer()).map { _ in Layer(unpacking: &reader) }
    requirements = (0..<reader.integer()).map { _ in
      Requirement(condition: Condition(unpacking: &reader), message: Template(unpacking: &reader))
    }
    verbatim = (0..<reader.integer()).map { _ in PathPattern(unpacking: &reader) }
    privates = (0..<reader.integer()).map { _ in PathPattern(unpacking: &reader) }
    next = (0..<reader.integer()).map { _ in Template(unpacking: &reader) }
    changes = (0..<reader.integer()).map { _ in
      Change(version: reader.string(), lines: reader.strings())
    }
  }

  /// The place of what nobody complains about.
  fileprivate static let nowhere = SourceLocation(file: fileName, line: 1, column: 1)
}

extension PathPattern {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(text)
    writer.write(template) { $0.pack(into: &$1, includingText: true) }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    let text = reader.string()
    self.init(text, at: Manifest.nowhere, reader.flag() ? Template(unpacking: &reader) : nil)
  }
}

extension Manifest.Layer {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(folder.string)
    writer.write(destination.components)
    writer.write(when) { $0.pack(into: &$1) }
    writer.write(whenText) { $1.write($0) }
    writer.write(loops) { loop, writer in
      writer.write(loop.item)
      writer.write(loop.list)
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    // They were valid when the build read them.
    folder = (try? RelativePath(validating: reader.string())) ?? .root
    destination = reader.strings().reduce(.root) { path, name in
      (try? path.appending(name)) ?? path
    }
    when = reader.flag() ? Condition(unpacking: &reader) : nil
    whenText = reader.optionalString()
    loops = (0..<reader.integer()).map { _ in
      Manifest.Loop(item: reader.string(), list: reader.string())
    }
    location = Manifest.nowhere
  }
}

extension Variable {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(name)
    kind.pack(into: &writer)
    writer.write(prompt) { $1.write($0) }
    writer.write(help) { $1.write($0) }
    writer.write(defaultText) { $1.write($0) }
    writer.write(defaultTemplate) { $0.pack(into: &$1, includingText: true) }
    writer.write(when) { $0.pack(into: &$1) }
    writer.write(whenText) { $1.write($0) }
    writer.write(isAsked)
    patterns.pack(into: &writer)
    refused.pack(into: &writer)
    writer.write(reserved.map(\.rawValue))
    writer.write(isSingular)
    writer.write(uniqueForms)
    writer.write(distinctFrom) { $1.write($0) }
    writer.write(list) { $1.write($0) }
    writer.write(additions) { $0.pack(into: &$1, includingText: true) }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    name = reader.string()
    kind = Kind(unpacking: &reader)
    prompt = reader.optionalString()
    help = reader.optionalString()
    defaultText = reader.optionalString()
    defaultTemplate = reader.flag() ? Template(unpacking: &reader) : nil
    when = reader.flag() ? Condition(unpacking: &reader) : nil
    whenText = reader.optionalString()
    isAsked = reader.flag()
    patterns = [Word](unpacking: &reader)
    refused = [Word](unpacking: &reader)
    reserved = reader.strings().compactMap(ReservedWords.init(rawValue:))
    isSingular = reader.flag()
    uniqueForms = reader.strings()
    distinctFrom = reader.optionalString()
    list = reader.optionalString()
    additions = (0..<reader.integer()).map { _ in Template(unpacking: &reader) }
  }
}

extension Variable.Kind {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(keyword.rawValue)
    switch self {
    case .text, .name, .identifier, .port, .flag: break
    case .integer(let bounds): bounds.pack(into: &writer)
    case .choice(let words): words.pack(into: &writer)
    case .choices(let words, let count):
      words.pack(into: &writer)
      count.pack(into: &writer)
    case .list(let item, let count):
      item.pack(into: &writer)
      count.pack(into: &writer)
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    switch reader.string() {
    case "name": self = .name
    case "identifier": self = .identifier
    case "integer": self = .integer(ClosedRange(unpacking: &reader))
    case "port": self = .port
    case "flag": self = .flag
    case "choice": self = .choice([Variable.Word](unpacking: &reader))
    case "choices":
      let words = [Variable.Word](unpacking: &reader)
      self = .choices(words, count: ClosedRange(unpacking: &reader))
    case "list":
      let item = Variable.Kind(unpacking: &reader)
      self = .list(of: item, count: ClosedRange(unpacking: &reader))
    default: self = .text
    }
  }
}

extension [Variable.Word] {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(self) { word, writer in
      writer.write(word.word)
      writer.write(word.explanation) { $1.write($0) }
    }
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    self = (0..<reader.integer()).map { _ in
      Variable.Word(word: reader.string(), explanation: reader.optionalString())
    }
  }
}

extension ClosedRange<Int> {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(lowerBound)
    writer.write(upperBound)
  }

  fileprivate init(unpacking reader: inout PackedReader) {
    let lower = reader.integer()
    self = lower...reader.integer()
  }
}
