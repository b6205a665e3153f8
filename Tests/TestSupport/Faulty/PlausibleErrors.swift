import CLibrary
import FileSystems

extension FaultyFileSystem {
  /// The errors that a disk may give for an operation on an input that is in order: what a caller
  /// must survive, the likely ones first.
  package static func plausibleErrors(
    for operation: FileSystemError.Operation
  ) -> [Int32] {
    switch operation {
    case .status: [EACCES, EIO]
    case .access: [EACCES, EROFS]
    case .list, .open: [EACCES, EMFILE, EIO]
    case .read: [EACCES, ENOENT, EIO]
    case .createDirectory: [ENOSPC, EACCES, EEXIST, EROFS]
    case .createFile, .write: [ENOSPC, EACCES, EEXIST, EDQUOT, EFBIG, EIO]
    case .link: [EPERM, EXDEV, EOPNOTSUPP, EMLINK, EEXIST, ENOSPC]
    case .move: [EXDEV, EACCES, EEXIST, ENOTEMPTY, ENOSPC, EIO]
    case .remove: [EACCES, EBUSY, ENOENT, EIO]
    case .lock: [EACCES, ENOLCK, EOPNOTSUPP]
    }
  }
}
