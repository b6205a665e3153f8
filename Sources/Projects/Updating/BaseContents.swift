import Documents
import FileSystems
import FileTrees
import Git
import Layouts

/// What the project's git has of contents with these ids.
package typealias ProjectObjects =
  @Sendable ([GitObjectID]) throws(GitError) -> [GitObjectID: [UInt8]]

/// What the record says was written: made again with the answers of then, where that gives the very
/// same, else from the project's git objects. Either is believed by its blob id alone.
struct BaseContents {
  /// By the places of the layouts in whatever is asked for; nil for one that is not to be had.
  private let sources: [Source?]
  private let objects: ProjectObjects
  /// Made when first asked for.
  private var trees: [Int: RenderedTree] = [:]
  private var contents: [Int: RenderedContents] = [:]
  private var files: [Int: [RelativePath: Int]] = [:]
  /// Where the contents come from that were found.
  private var provenances: [GitObjectID: Provenance] = [:]

  enum Provenance {
    case rendered
    case git
    case delta
  }

  /// What gives contents anew.
  struct Source {
    var layout: Layout
    var answers: Answers
    /// Whether it gives something else than what the project is to have now.
    var isAnother = true
  }

  init(_ sources: [Source?], objects: @escaping ProjectObjects) {
    self.sources = sources
    self.objects = objects
  }

  /// Where a content comes from that was found; nil for one that was not.
  func provenance(of blob: GitObjectID) -> Provenance? { provenances[blob] }

  /// Whether the layout only ever creates the file that it gave for `path`.
  mutating func isOnce(_ path: RelativePath, of step: Int) -> Bool {
    if let source = sources[step], source.layout.isOnce(path, with: source.answers) { return true }
    render(step)
    guard let number = files[step]?[path] else { return false }
    return trees[step]?.files[number].isOnce ?? false
  }

  /// The template of a file in a record that does not name it; nil where that is not to be found out.
  mutating func template(of file: Record.File, of step: Int) -> String? {
    render(step)
    guard let tree = trees[step], let number = files[step]?[file.path],
      tree.files[number].blob.id == file.blob
    else { return nil }
    return tree.template(ofFile: number).text
  }

  /// - Parameter wanted: files of the record, each with the place of its layout in the request.
  /// - Returns: what was found, by blob id.
  /// - Throws: that git cannot be asked.
  mutating func contents(
    of wanted: [(step: Int, file: Record.File)], upTo limit: Int
  ) throws(TargetError) -> [GitObjectID: [UInt8]] {
    var found: [GitObjectID: [UInt8]] = [:]
    for (step, file) in wanted where found[file.blob] == nil {
      if let content = content(file, of: step), content.count <= limit {
        found[file.blob] = content
        provenances[file.blob] = .rendered
      }
    }
    found[GitObjectID(blob: [])] = []
    // What a content is made of is asked for as well: the next record is to say the same of it.
    let missing = Set(wanted.map(\.file.blob) + wanted.compactMap(\.file.origin?.blob))
      .subtracting(found.keys)
    if missing.isEmpty { return found }
    do {
      let objects = try objects(Array(missing))
      for blob in objects.keys { provenances[blob] = .git }
      found.merge(objects) { present, _ in present }
    } catch {
      throw .refused("\(error)", help: TargetError.nothingChanged)
    }
    for (_, file) in wanted where found[file.blob] == nil {
      guard let origin = file.origin, let content = found[origin.blob],
        let base = origin.delta.applied(to: content), GitObjectID(blob: base) == file.blob
      else { continue }
      found[file.blob] = base
      provenances[file.blob] = .delta
    }
    return found
  }

  private mutating func content(_ file: Record.File, of step: Int) -> [UInt8]? {
    render(step)
    guard let number = files[step]?[file.given ?? file.path],
      trees[step]?.files[number].blob.id == file.blob,
      case .bytes(let bytes)? = try? contents[step]?.content(ofFile: number)
    else { return nil }
    return bytes
  }

  private mutating func render(_ step: Int) {
    guard files[step] == nil else { return }
    files[step] = [:]
    guard let source = sources[step], source.isAnother,
      let tree = try? source.layout.rendered(with: source.answers)
    else { return }
    for entry in tree.tree.entries {
      if let number = entry.leaf { files[step]?[entry.path] = number }
    }
    trees[step] = tree
    contents[step] = tree.renderedContents
  }
}
