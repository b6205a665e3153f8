// The C library, under the name that it has on the platform at hand: whoever calls it imports this.

#if canImport(Darwin)
  @_exported import Darwin
#elseif canImport(Musl)
  @_exported import Musl
#else
  @_exported import Glibc
#endif
