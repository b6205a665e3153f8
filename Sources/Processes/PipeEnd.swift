import CLibrary

/// One end of a pipe, which no process that is started inherits.
package struct PipeEnd {
  package let descriptor: Int32

  /// Nil where the system has no more of them.
  package static func pair() -> (reading: PipeEnd, writing: PipeEnd)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (PipeEnd(descriptor: ends[0]), PipeEnd(descriptor: ends[1]))
  }

  /// Writes as much as is read.
  package func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = systemWrite(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR {
          return
        }
      }
    }
  }

  package func close() {
    _ = systemClose(descriptor)
  }
}

/// `write(2)` and `close(2)`, under names that no method hides.
private let systemWrite = write
private let systemClose = close
