import Documents
import FileTrees

extension Record {
  /// What comes of a record in which git has left the records of two branches.
  package struct Resolution: Sendable {
    package var record: Record
    /// One line on each thing that only one of both could be.
    package var remarks: [String] = []
    /// The answers that are to be chosen: the record has those of ours.
    package var choices: [Choice] = []
    /// The lines, from 1, at which the conflicts begin.
    package var conflicts: [Int] = []
  }

  /// Unites the two sides of a record with conflict markers. Both branches were made by this program,
  /// so that of most things it is known what they are together; nothing of it depends on the order of
  /// lines, in which git sees conflicts.
  ///
  /// - Parameters:
  ///   - file: what complaints call the record.
  ///   - base: the record that both branches come from, where it is known. Of an answer that they do not
  ///     have alike it tells which of them has changed it; else git may have said it with the conflict.
  ///   - present: the content that is at a path of the project, by its blob id.
  /// - Returns: nil where there are no markers.
  /// - Throws: that a side is no record.
  package static func resolving(
    _ bytes: [UInt8], file: String, base: @autoclosure () -> [UInt8]? = nil,
    present: (RelativePath) -> GitObjectID?
  ) throws(Diagnostics) -> Resolution? {
    let text: ConflictedText
    do {
      guard let conflicted = try ConflictedText(bytes, file: file) else { return nil }
      text = conflicted
    } catch {
      throw Diagnostics(error)
    }
    let ours = try RecordReader.read(text.ours, file: file)
    let theirs = try RecordReader.read(text.theirs, file: file)
    // A base that is no record tells nothing, and is nobody's fault.
    let common = (base() ?? text.base).flatMap { try? RecordReader.read($0, file: file) }
    var uniting = RecordUniting(base: common)
    let record = uniting.united(ours, theirs, present)
    return Resolution(
      record: record, remarks: uniting.remarks, choices: uniting.choices,
      conflicts: text.beginnings)
  }
}
