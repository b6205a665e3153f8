import CLibrary

extension Descriptor {
  /// When the open directory was made, in nanoseconds since 1970; nil where the disk does not say.
  func birth() throws(SystemError) -> Int64? {
    #if canImport(Darwin)
      let time = try status().st_birthtimespec
      return time.tv_sec > 0 ? Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) : nil
    #else
      // `struct statx`, which the headers show to GNU sources only: what is known in the first four
      // bytes, the time of birth as eight bytes of seconds and four of nanoseconds.
      let isBirthKnown: UInt32 = 0x800
      let isOfDescriptor: Int32 = 0x1000
      return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { buffer -> Int64? in
        guard let start = buffer.baseAddress,
          statx(number, "", isOfDescriptor, isBirthKnown, start) == 0,
          start.load(as: UInt32.self) & isBirthKnown != 0
        else { return nil }
        let seconds = start.load(fromByteOffset: 80, as: Int64.self)
        let nanoseconds = start.load(fromByteOffset: 88, as: UInt32.self)
        return seconds &* 1_000_000_000 &+ Int64(nanoseconds)
      }
    #endif
  }
}

#if !canImport(Darwin)
  @_silgen_name("statx")
  private func statx(
    _ directory: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32, _ mask: UInt32,
    _ buffer: UnsafeMutableRawPointer
  ) -> Int32
#endif
