import Documents
import FileSystems
import FileTrees
import Layouts

/// What the files of a plan are to hold, by their numbers: what layouts give, tree after tree, and then
/// what is no layout's.
struct PlannedContents: Sendable {
  private var trees: [(first: Int, contents: RenderedContents)] = []
  private var others: [FileContent] = []
  /// The number of the first of `others`.
  private var count = 0

  /// Numbers the files of a tree, before anything is added that is no layout's.
  ///
  /// - Returns: the number of the tree's first file.
  mutating func add(_ tree: RenderedTree) -> Int {
    let first = count
    trees.append((first, tree.renderedContents))
    count += tree.files.count
    return first
  }

  /// - Returns: its number.
  mutating func add(_ content: FileContent) -> Int {
    others.append(content)
    return count + others.count - 1
  }

  /// - Throws: `TargetError`: that the layout is not any more what it was when the plan was made.
  mutating func content(of file: PlannedFile) throws(TargetError) -> FileContent {
    if file.number >= count { return others[file.number - count] }
    guard let tree = trees.lastIndex(where: { $0.first <= file.number }) else {
      preconditionFailure("no file has the number \(file.number)")
    }
    do {
      return try trees[tree].contents.content(ofFile: file.number - trees[tree].first)
    } catch {
      throw TargetError.refused(error).replacingHelp(TargetError.nothingChanged)
    }
  }
}
