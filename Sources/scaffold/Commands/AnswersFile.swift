import Documents
import FileSystems
import Layouts
import Projects

/// A file that `--answers` names: answers written by hand, a project's record, or what another tool has
/// kept.
struct AnswersFile {
  /// As it was given; “-” is standard input.
  let name: String
  let document: JSONDocument
  /// Nil when the file was written by hand.
  let record: RecordReader.Reading?
  /// What it is in place of the document, where another tool has written it.
  let foreign: ForeignAnswers?

  /// - Throws: `Failure`: the file cannot be read, or is no JSON.
  init(reading name: String) throws(Failure) {
    self.name = name
    let shown = name == "-" ? "standard input" : name
    let bytes: [UInt8]
    do {
      bytes = try UserFile.contents(of: name, limit: Record.limit)
    } catch {
      throw Failure.usage(
        "--answers \(Printable.text(shown)): \(error.message)", help: Self.help(for: name, error))
    }
    do throws(Diagnostic) {
      foreign = try ForeignAnswers(bytes, name: name, shown: shown)
      document = try JSONDocument(
        parsing: foreign == nil ? bytes : Array("{}".utf8), file: shown)
    } catch {
      var fault = error
      if !Self.isMeantAsObject(bytes), !ForeignAnswers.isNamed(name) {
        fault.message = "this is not JSON: \(fault.message)"
        fault.help = "answers are written as { \"PROJECT_NAME\": \"demo\" }"
      }
      throw Failure(.faultyLayout, Diagnostics(fault))
    }
    do {
      record = RecordReader.isRecord(document) ? try RecordReader.read(document) : nil
    } catch {
      throw Failure(.faultyLayout, error)
    }
  }

  /// What a project's record has.
  ///
  /// - Parameter name: the record's path, as the user names it.
  init(_ present: PresentRecord, name: String) {
    self.name = name
    document = present.document
    record = present.reading
    foreign = nil
  }

  /// What the record of a project that is checked has.
  ///
  /// - Parameter name: the record's path, as the user names it.
  init(_ content: CheckedRecord.Content, name: String) {
    self.name = name
    document = content.document
    record = content.reading
    foreign = nil
  }

  /// The answers: all of a file that was written by hand; of a record those of the layout that has
  /// this name, or else of its first one.
  func answers(of layout: String) -> JSONNode {
    guard let record else { return document.root }
    let index = record.record.layouts.firstIndex { $0.layout.name == layout } ?? 0
    return record.answers[index]
  }

  /// The layout that a record names first.
  var layout: LayoutVersion? { record?.record.layouts.first?.layout }

  /// The directory that the record's project is in; nil where nobody knows.
  var directory: String? {
    if name == "-" { return nil }
    // A link to a record stands in another directory.
    let isLink = (try? UserPath.status(of: name, followsLast: false))?.kind == .link
    let file = isLink ? UserPath.resolved(name) ?? name : name
    return file.dividedAtLast("/").map { $0.before.isEmpty ? "/" : $0.before } ?? "."
  }

  private static func help(for name: String, _ error: FileSystemError) -> String? {
    if error.isTooLarge { return "a file of answers has at most 16 MiB" }
    // A shell replaces “~” at the beginning of a word only.
    guard name.begins(with: "~/") else { return nil }
    return "the shell has left “~” as it is; write --answers and the file as two words"
  }

  /// Whether the first thing in `bytes` but blanks and comments is a “{”.
  private static func isMeantAsObject(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        rest = rest.dropFirst()
      case UInt8(ascii: "/"): return true
      default: return byte == UInt8(ascii: "{")
      }
    }
    return false
  }
}
