import CLibrary
import FileSystems

/// What only disks say that are made up.
extension SystemError {
  static let canceled = SystemError(code: ECANCELED)
  static let crossesDevices = SystemError(code: EXDEV)
  static let inputOutput = SystemError(code: EIO)
  static let noSpace = SystemError(code: ENOSPC)
  static let permissionDenied = SystemError(code: EACCES)
}
