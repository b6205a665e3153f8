import Documents
import FileSystems
import FileTrees
import Layouts
import Rules

/// A project's record as a check reads it: what is wrong with it is found like anything else, and no
/// reason to stop.
package struct CheckedRecord: Sendable {
  /// Nil where it is damaged so that there is nothing to go by.
  package private(set) var content: Content?
  package private(set) var findings: [Finding] = []
  /// The file's mode.
  let mode: UInt16

  package struct Content: Sendable {
    package var reading: RecordReader.Reading
    /// What the answers stand in.
    package var document: JSONDocument
  }

  package var layouts: [Record.Entry] { content?.reading.record.layouts ?? [] }

  /// - Parameters:
  ///   - limit: more bytes are not read.
  ///   - base: asked for where two branches have changed it: what both come from, if that is known.
  /// - Returns: nil where none is there.
  /// - Throws: that it cannot be read.
  package init?(
    in target: Target, words: CommandWords, upTo limit: Int = Record.limit,
    base: () -> [UInt8]? = { nil }
  ) throws(TargetError) {
    guard !target.isNew else { return nil }
    let looking = try Looking(target)
    guard let status = try looking.status(of: Record.path) else { return nil }
    mode = status.mode
    guard status.kind == .file else {
      let what = Conflict.wrongKind(status.kind, forDirectory: false).text
      findings = [Finding(.damaged, at: Record.path, what, remedy: Self.remedy)]
      return
    }
    let text: [UInt8]
    do {
      text = try target.fileSystem.contents(of: Record.path, limit: limit)
    } catch {
      let name = Printable.text(target.displayName(of: Record.path))
      throw .refused("cannot read “\(name)”: \(error.reason)")
    }
    do {
      content = try read(text, looking, words, base)
    } catch {
      findings += error.told.map { fault in
        Finding(
          .damaged, at: Record.path, line: fault.location?.line, column: fault.location?.column,
          fault.message, remedy: fault.help ?? Self.remedy)
      }
    }
  }

  private static let remedy =
    "take it from the project's history as it was last whole, or repair it by hand"

  private mutating func read(
    _ text: [UInt8], _ looking: Looking, _ words: CommandWords, _ base: () -> [UInt8]?
  ) throws(Diagnostics) -> Content {
    var text = text
    let name = Record.path.string
    if let united = try Record.resolving(
      text, file: name, base: base(),
      present: { path in
        if case .file(let blob, _, _)? = try? looking.file(at: path) { blob } else { nil }
      })
    {
      add(united, words)
      text = united.record.text
    }
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: text, file: name)
    } catch {
      throw Diagnostics(error)
    }
    return Content(reading: try RecordReader.read(document), document: document)
  }

  private mutating func add(_ united: Record.Resolution, _ words: CommandWords) {
    let update = words.scaffold("update")
    for line in united.conflicts {
      findings.append(
        Finding(
          .damaged, at: Record.path, line: line, column: 1,
          "two branches have changed it, and git has left both here",
          remedy: "leave it as it is: \(update) unites them"))
    }
    for choice in united.choices {
      let options = [choice.ours, choice.theirs].map { value in
        words.scaffold("update", ["--set", "\(choice.name)=\(value)"])
      }
      findings.append(
        Finding(
          .damaged, at: Record.path,
          "\(choice.name) is “\(choice.ours)” in one branch and “\(choice.theirs)” in the other",
          remedy: "say which: \(options.concatenated(by: " or "))"))
    }
  }
}
