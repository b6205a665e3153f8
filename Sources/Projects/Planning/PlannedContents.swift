import Documents
import FileSystems
import Layouts

/// What the files of a plan are to hold, by their numbers: what a layout gives, and the record last.
struct PlannedContents: Sendable {
  private var rendered: RenderedContents
  private let record: [UInt8]
  private let recordNumber: Int

  init(_ rendered: RenderedContents, record: [UInt8], numbered number: Int) {
    self.rendered = rendered
    self.record = record
    recordNumber = number
  }

  /// - Throws: `TargetError`: that the layout is not any more what it was when the plan was made.
  mutating func content(of file: PlannedFile) throws(TargetError) -> FileContent {
    if file.number == recordNumber { return .bytes(record) }
    do {
      return try rendered.content(ofFile: file.number)
    } catch {
      throw TargetError.refused(error).replacingHelp(TargetError.nothingChanged)
    }
  }
}
