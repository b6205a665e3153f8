import Foundation
import TestSupport

/// Runs commands in a directory of their own, with the built `scaffold` on the path, and with the
/// programs that the steps of layouts look for, whatever machine this is.
struct Shell {
  struct Result {
    var output: String
    var errors: String
    /// The exit code, or 128 and the signal's number.
    var code: Int32
  }

  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "scaffold-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func remove() {
    try? FileManager.default.removeItem(at: directory)
  }

  /// - Parameter script: for `bash`.
  /// - Throws: that it does not end, with what it printed.
  func run(_ script: String) throws -> Result {
    let environment = [
      "PATH": [
        Self.binaries.path, Self.programs.path,
        ProcessInfo.processInfo.environment["PATH"] ?? "",
      ].joined(separator: ":"),
      "TERM": "xterm", "LC_ALL": "C.UTF-8",
      // SIGQUIT ends the program as it ends any other.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let result = try SpawnedProgram(
      ["bash", "-c", script], in: directory, environment: environment
    ).run()
    return Result(
      output: String(decoding: result.output, as: UTF8.self),
      errors: String(decoding: result.errors, as: UTF8.self), code: result.code)
  }

  /// Stand-ins, which are looked for and never started.
  private static let programs = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Programs")

  /// Where the build put the executables: beside the tests.
  private static let binaries: URL = {
    let bundles = Bundle.allBundles.map(\.bundleURL) + [URL(filePath: CommandLine.arguments[0])]
    for url in bundles {
      var folder = url
      while folder.path.count > 1 {
        if FileManager.default.isExecutableFile(atPath: folder.appending(path: "scaffold").path) {
          return folder
        }
        folder.deleteLastPathComponent()
      }
    }
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()
}
