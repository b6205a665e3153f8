import CLibrary

/// Why a system call failed, before it is known what it was for.
package struct SystemError: Error, Hashable {
  package var code: Int32

  package init(code: Int32) {
    self.code = code
  }

  package static let alreadyExists = SystemError(code: EEXIST)
  package static let directoryNotEmpty = SystemError(code: ENOTEMPTY)
  package static let fileTooLarge = SystemError(code: EFBIG)
  package static let interrupted = SystemError(code: EINTR)
  package static let invalidArgument = SystemError(code: EINVAL)
  package static let invalidName = SystemError(code: EILSEQ)
  package static let isDirectory = SystemError(code: EISDIR)
  package static let linkInPath = SystemError(code: ELOOP)
  package static let notADirectory = SystemError(code: ENOTDIR)
  package static let notFound = SystemError(code: ENOENT)
  package static let notPermitted = SystemError(code: EPERM)
  package static let resourceBusy = SystemError(code: EBUSY)
  package static let wouldBlock = SystemError(code: EWOULDBLOCK)

  /// Whether the process, or the system, has as many open files as it may have.
  var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }

  /// What a call says that the file system at hand does not know.
  var isUnsupported: Bool {
    [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(code)
  }

  /// The system's words for it: “No space left on device”.
  package var message: String {
    var text = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Opens something by a system call. When there is no descriptor left for it, directories that are
/// only kept for speed are closed. (Not within the cache of those.)
func openDescriptor(_ body: () -> Int32) throws(SystemError) -> Int32 {
  do {
    return try call(body)
  } catch {
    guard error.isOutOfDescriptors else { throw error }
    DirectoryCache.empty()
    return try call(body)
  }
}

/// Runs a system call that says -1 when it fails, again when a signal interrupted it.
@discardableResult
func call<Value: SignedInteger>(_ body: () -> Value) throws(SystemError) -> Value {
  while true {
    let result = body()
    if result != -1 { return result }
    let error = SystemError(code: errno)
    if error != .interrupted { throw error }
  }
}
