import FileSystems
import FileTrees
import Git
import Layouts

/// What a project has changed of what its layouts wrote.
package struct OwnChanges: Sendable {
  package private(set) var all: [OwnChange] = []
  private let target: Target

  package struct OwnChange: Sendable {
    package enum Kind: String, Sendable {
      case edited
      case removed
      /// Made a program, or none, and nothing else.
      case mode
      /// A link, a directory or a device is there.
      case replaced
    }

    package var path: RelativePath
    package var kind: Kind
    /// The layout that wrote it.
    package var layout: String
    fileprivate let place: Int
    fileprivate let file: Record.File
    fileprivate let isExecutable: Bool
  }

  /// - Parameter isWanted: whether a path of the record is looked at.
  package init(
    of present: PresentRecord, in target: Target, where isWanted: (RelativePath) -> Bool
  ) throws(TargetError) {
    self.target = target
    let looking = try Looking(target)
    for (place, entry) in present.record.layouts.enumerated() {
      for file in entry.files where isWanted(file.path) {
        var isExecutable = false
        guard let kind = Self.kind(of: file, try looking.file(at: file.path), &isExecutable) else {
          continue
        }
        all.append(
          OwnChange(
            path: file.path, kind: kind, layout: entry.layout.name, place: place, file: file,
            isExecutable: isExecutable))
      }
    }
    all.sort { $0.path < $1.path }
  }

  private static func kind(
    of file: Record.File, _ ours: Present, _ isExecutable: inout Bool
  ) -> OwnChange.Kind? {
    switch ours {
    case .absent: return .removed
    case .directory, .other: return .replaced
    case .unsettled: return .edited
    case .file(let blob, let mode, _):
      isExecutable = mode & 0o100 != 0
      if blob != file.blob { return .edited }
      return isExecutable == file.permissions.isExecutable ? nil : .mode
    }
  }

  /// In bytes; what is larger is not compared.
  private static let mostCompared = 16 << 20

  /// What the changes are in lines.
  ///
  /// - Parameter layouts: of the record's layouts, each with the answers of then, those that are to be
  ///   had.
  /// - Returns: the differences, and the changes of which it is not known any more what they began
  ///   with.
  package func differences(
    _ layouts: [(layout: Layout, answers: Answers)?],
    objects: @escaping ProjectObjects
  ) throws(TargetError) -> (shown: [Difference], unknown: [OwnChange]) {
    var bases = BaseContents(
      layouts.map { source in
        source.map { BaseContents.Source(layout: $0.layout, answers: $0.answers) }
      }, objects: objects)
    let found = try bases.contents(of: all.map { ($0.place, $0.file) }, upTo: Self.mostCompared)
    let looking = try Looking(target)
    var shown: [Difference] = []
    var unknown: [OwnChange] = []
    for change in all {
      guard let base = found[change.file.blob] else {
        unknown.append(change)
        continue
      }
      let old = Difference.Side(
        path: change.path, content: base,
        isExecutable: change.file.permissions.isExecutable)
      var new: Difference.Side?
      if change.kind == .edited || change.kind == .mode {
        new = Difference.Side(
          path: change.path,
          content: try looking.contents(of: change.path, limit: Self.mostCompared),
          isExecutable: change.isExecutable)
      }
      shown.append(Difference(old: old, new: new))
    }
    return (shown, unknown)
  }
}
