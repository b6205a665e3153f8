import Foundation
import Synchronization
import Testing

/// A new directory, which is removed when the test ends that made it.
struct TemporaryDirectory: Sendable {
  let path: String

  /// For tests of suites with the trait `.removingTemporaryDirectories`.
  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("scaffold-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    // Another test may have changed the umask of the process at this moment.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    path = url.path
    try #require(RemovingTemporaryDirectories.current).note(path)
  }
}

/// Removes the temporary directories of each test when it has ended.
struct RemovingTemporaryDirectories: SuiteTrait, TestTrait, TestScoping {
  final class Made: Sendable {
    private let paths = Mutex<[String]>([])

    func note(_ path: String) { paths.withLock { $0.append(path) } }

    func remove() {
      for path in paths.withLock({ $0 }) {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
  }

  @TaskLocal static var current: Made?

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let made = Made()
    defer { made.remove() }
    try await Self.$current.withValue(made, operation: function)
  }
}

extension Trait where Self == RemovingTemporaryDirectories {
  static var removingTemporaryDirectories: Self { Self() }
}
