import Documents
import FileSystems
import FileTrees
import Layouts

/// The record that a project has.
package struct PresentRecord: Sendable {
  package var reading: RecordReader.Reading
  /// What the answers stand in.
  package var document: JSONDocument
  /// One line each, of what had to be decided because two branches had changed it.
  package var remarks: [String] = []
  /// What is not for this program to decide.
  package var choices: [Record.Choice] = []
  /// The file.
  let present: Present
  /// Whether it has to be written anew whatever else happens.
  let isInConflict: Bool

  package var record: Record { reading.record }

  /// Whether the layout at a place of the record gives with its answers what the record has, and nothing
  /// of that is left undone.
  package func isUpToDate(_ place: Int, with layout: Layout) -> Bool {
    let entry = record.layouts[place]
    return !isInConflict && !entry.files.contains(where: \.isMarked) && entry.has(layout)
  }

  /// - Parameters:
  ///   - limit: more bytes are not read.
  ///   - base: asked for where two branches have changed it: what both come from, if that is known.
  /// - Returns: nil where none is there.
  /// - Throws: `TargetError`: it cannot be read, or is at fault.
  package init?(
    in target: Target, upTo limit: Int = Record.limit, base: () -> [UInt8]? = { nil }
  ) throws(TargetError) {
    let looking = try Looking(target)
    guard !target.isNew, try looking.status(of: Record.path) != nil else { return nil }
    present = try looking.file(at: Record.path)
    let name = Printable.text(target.displayName(of: Record.path))
    guard case .file = present else { throw .refused("“\(name)” is no file, or is being written") }
    var text: [UInt8]
    do {
      text = try target.fileSystem.contents(of: Record.path, limit: limit)
    } catch {
      throw .refused("cannot read “\(name)”: \(error.reason)")
    }
    do throws(Diagnostics) {
      let united = try Record.resolving(text, file: name, base: base()) { path in
        if case .file(let blob, _, _)? = try? looking.file(at: path) { blob } else { nil }
      }
      isInConflict = united != nil
      let open = united?.choices ?? []
      choices = open
      remarks = united?.remarks.filter { remark in !open.contains { $0.remark == remark } } ?? []
      if let united { text = united.record.text }
      do throws(Diagnostic) {
        document = try JSONDocument(parsing: text, file: name)
      } catch {
        throw Diagnostics(error)
      }
      reading = try RecordReader.read(document)
    } catch {
      throw .refused(error)
    }
  }
}

extension Record.Entry {
  /// Whether it was written of this very layout, and by a run that has done all. (What its answers give
  /// is then what it has.)
  func has(_ layout: Layout) -> Bool {
    isIntact && !isUnfinished && layout.manifest.version == self.layout.version
      && layout.presentDigest == self.layout.digest
  }
}
