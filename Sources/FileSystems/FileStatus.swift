/// What is known about a path without opening it.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case directory
    case link
    /// A FIFO, a socket or a device.
    case other
  }

  package var kind: Kind
  /// The permission bits, `0o7777` at most.
  package var mode: UInt16
  /// In bytes; 0 for what is not a file.
  package var size: Int
  package var identity: FileIdentity
  /// The owner's number, as the disk shows it: not every disk gives a file to who makes it.
  package var owner: UInt32
  /// Whether the effective user is the owner that is shown.
  package var isOwned: Bool

  package init(
    kind: Kind, mode: UInt16, size: Int, identity: FileIdentity, owner: UInt32, isOwned: Bool
  ) {
    self.kind = kind
    self.mode = mode
    self.size = size
    self.identity = identity
    self.owner = owner
    self.isOwned = isOwned
  }
}

/// Tells files apart however they are named: device and inode.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}
