import FileSystems
import FileTrees

/// What is in a staging directory, by name. Nothing else ever is, so that a directory with any other
/// name in it is no staging directory.
///
/// ```
/// .gitignore     the seal: which directory this is
/// new-…          what is to be published, and markers of what is to move or go; the name is known to
///                the run that works here, and to nobody else: who takes the directory over takes the
///                name away
/// old            what replaced files held, what was removed, and what waits for its place
/// plan           the journal; plan.tmp while it is written
/// forward        the journal is to be completed; without it, to be undone
/// ```
enum StagingContent {
  static let old = "old"
  static let plan = "plan"
  static let unfinishedPlan = "plan.tmp"
  static let forward = "forward"

  static let workPrefix = "new-"

  /// A name for `new-…` that no other run has.
  static func workName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return workPrefix + String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  static func isWork(_ name: String) -> Bool {
    let digits = name.utf8.dropFirst(workPrefix.utf8.count)
    return name.utf8.starts(with: workPrefix.utf8) && digits.count == 16
      && digits.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// Names that a disk gives for a while to files that were removed.
  static func isLeftByDisk(_ name: String) -> Bool {
    [".fuse_hidden", ".nfs", ".ghost-ntfs-"].contains { name.utf8.starts(with: $0.utf8) }
  }

  /// Whether a file may go when the directory is cleared: the journal goes with the changes, and the
  /// seal with the directory.
  static func isRemovable(_ name: String) -> Bool {
    name == unfinishedPlan || name == forward || isLeftByDisk(name)
  }

  /// The kind of what may have this name; nil for a name that is not known.
  static func kind(of name: String) -> FileStatus.Kind? {
    switch name {
    case old: .directory
    case plan, unfinishedPlan, forward, Seal.name: .file
    default: isWork(name) ? .directory : isLeftByDisk(name) ? .file : nil
    }
  }
}
