import Documents
import FileSystems
import FileTrees
import Layouts

extension Target {
  /// The record of the project that is there, and its text; nil where there is none.
  ///
  /// - Parameter limit: more bytes than this are not read.
  /// - Throws: that it cannot be read, or is at fault.
  func record(upTo limit: Int) throws(TargetError) -> (record: Record, text: [UInt8])? {
    guard !isNew else { return nil }
    let text: [UInt8]
    do {
      guard let status = try fileSystem.status(of: Record.path) else { return nil }
      guard status.kind == .file else { throw faultyRecord() }
      text = try fileSystem.contents(of: Record.path, limit: limit)
    } catch let error as FileSystemError {
      let name = Printable.text(displayName(of: Record.path))
      throw .refused("cannot read “\(name)”: \(error.reason)", help: TargetError.nothingChanged)
    } catch {
      throw TargetError(error, in: self)
    }
    do {
      return (
        try RecordReader.read(text, file: Printable.text(displayName(of: Record.path))), text
      )
    } catch {
      throw faultyRecord(error)
    }
  }

  /// That a record is there which is none to go on with.
  func faultyRecord(_ faults: Diagnostics = Diagnostics()) -> TargetError {
    var diagnostics = Diagnostics(
      Diagnostic(
        "“\(Printable.text(displayName))” already holds a project: it has a"
          + " \(Layout.recordName)",
        help: "choose another directory"))
    diagnostics.add(faults)
    return .refused(diagnostics)
  }
}
