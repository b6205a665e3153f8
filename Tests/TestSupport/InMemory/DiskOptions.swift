import FileSystems

extension InMemoryFileSystem {
  /// What kind of disk it is. The first value of each is that of a disk of Linux itself; the others
  /// are what disks behind FUSE, networks and archives were seen to do.
  package struct Options: Sendable {
    /// Whether names that differ only in letter case or Unicode form are one name.
    package var ignoresCase = false
    /// Whether permissions do not matter, as they do not to root.
    package var isSuperuser = false
    /// The bytes that all files together may hold; nil for no limit.
    package var capacity: Int?
    /// The files, directories and links that there may be, the root included; nil for no limit.
    package var nodeLimit: Int?
    /// What a full disk says to a new file or to its bytes, and to a new directory.
    package var fullErrors = (file: SystemError.noSpace.code, directory: SystemError.noSpace.code)

    /// Whether a move without replacing is one step. Else it is two: a claim on the new name, or a
    /// second name, and then the rest.
    package var hasExclusiveRename = true
    /// What a hard link fails with; nil where there are hard links.
    package var linkError: Int32?
    /// Whether a hard link has the inode of the file, or one of its own.
    package var linksShareInode = true
    /// By how many bytes the size is too large that a file of several names shows.
    package var linkedSizeExcess = 0
    /// What a directory fails with that is to take the place of an empty one; nil where it may.
    package var emptyDirectoryError: Int32?
    /// Whether what is renamed over something arrives: a directory loses what it holds, a file
    /// leaves the old content under the new name.
    package var movesArrive = true
    /// Whether the name of a removed file leaves a hidden one, for a few operations.
    package var hidesRemovedFiles = false

    /// The owner that everything shows; nil where it is who made it.
    package var shownOwner: UInt32?
    /// Whether the owner that is shown is another one after some operations.
    package var ownersChange = false
    /// Whether the inode that is shown is another one after some operations.
    package var inodesChange = false
    /// The mode that everything shows, whatever it is made with; nil where modes are kept.
    package var shownMode: UInt16?
    /// Whether a directory shows when it was made.
    package var hasBirthTimes = true

    package init() {}
  }

  /// A kind of disk that was met, by name.
  package struct Profile: Sendable, CustomStringConvertible {
    package var name: String
    package var options = Options()
    /// Whether it keeps the contract of `FileSystem` to the letter: what is different cannot be seen
    /// through it, or is nothing that the contract promises.
    package var keepsContract = false

    init(
      _ name: String, keepsContract: Bool = false, _ change: (inout Options) -> Void
    ) {
      self.name = name
      self.keepsContract = keepsContract
      change(&options)
    }

    package var description: String { name }
  }

  /// The disks that a caller has to cope with.
  package static let profiles = [
    Profile("a disk of the system", keepsContract: true) { _ in },
    Profile("one without exclusive rename", keepsContract: true) {
      $0.hasExclusiveRename = false
      $0.hasBirthTimes = false
    },
    Profile("one without exclusive rename or links") {
      $0.hasExclusiveRename = false
      $0.linkError = SystemError.notPermitted.code
      $0.hasBirthTimes = false
    },
    Profile("one whose links are files of their own") {
      $0.hasExclusiveRename = false
      $0.linksShareInode = false
      $0.hasBirthTimes = false
    },
    Profile("one that shows another size of what is linked") { $0.linkedSizeExcess = 50 },
    Profile("one that moves no directory onto another") {
      $0.hasExclusiveRename = false
      $0.linkError = SystemError.inputOutput.code
      $0.emptyDirectoryError = SystemError.alreadyExists.code
      $0.hasBirthTimes = false
    },
    Profile("one whose moves do not arrive") {
      $0.hasExclusiveRename = false
      $0.linkError = SystemError.notFound.code
      $0.movesArrive = false
      $0.hasBirthTimes = false
    },
    Profile("one that hides what is removed") {
      $0.hasExclusiveRename = false
      $0.hidesRemovedFiles = true
    },
    Profile("one that shows another owner") { $0.shownOwner = 0 },
    Profile("one whose owners change") { $0.ownersChange = true },
    Profile("one whose inodes change") {
      $0.inodesChange = true
      $0.hasBirthTimes = false
    },
    Profile("one that keeps no modes") {
      $0.shownMode = 0o777
      $0.shownOwner = 0
      $0.hasExclusiveRename = false
    },
  ]
}
