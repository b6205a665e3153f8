import CLibrary

/// The variables that a process is started with.
package struct Environment: Sendable {
  /// `NAME=value` and the NUL behind it; no `String`, which would replace what is not UTF-8.
  private var entries: [[CChar]]

  package init(_ values: [String: String]) {
    entries = values.map { Array("\($0)=\($1)".utf8CString) }
  }

  /// This process's own.
  package static var current: Environment {
    #if canImport(Darwin)
      var next = _NSGetEnviron().pointee
    #else
      var next = environ
    #endif
    var result = Environment([:])
    while let entry = next.pointee {
      result.entries.append(Array(UnsafeBufferPointer(start: entry, count: strlen(entry) + 1)))
      next += 1
    }
    return result
  }

  /// Nil also for a value that is not UTF-8.
  package subscript(name: String) -> String? {
    get {
      let start = Self.start(of: name)
      guard let entry = entries.first(where: { $0.starts(with: start) }) else { return nil }
      return String(
        validating: entry.dropFirst(start.count).dropLast().map(UInt8.init(bitPattern:)),
        as: UTF8.self)
    }
    set {
      let start = Self.start(of: name)
      entries.removeAll { $0.starts(with: start) }
      if let newValue { entries.append(Array("\(name)=\(newValue)".utf8CString)) }
    }
  }

  private static func start(of name: String) -> [CChar] { Array("\(name)=".utf8CString.dropLast()) }

  /// Without the variables whose names begin so, but for some of them.
  package func without(_ prefix: String, but kept: [String] = []) -> Environment {
    var result = self
    let prefix = Array(prefix.utf8CString.dropLast())
    let kept = kept.map(Self.start(of:))
    result.entries.removeAll { entry in
      entry.starts(with: prefix) && !kept.contains { entry.starts(with: $0) }
    }
    return result
  }

  /// As C has it: pointers, and nil at their end.
  func withPointers<Result>(
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    withCStrings(entries, body)
  }
}

/// - Parameter texts: each with a NUL at its end.
func withCStrings<Result>(
  _ texts: [[CChar]], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
