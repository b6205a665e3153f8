import Foundation

/// Runs commands in a directory of their own, with the built `scaffold` on the path.
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
  func run(_ script: String) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", "-c", script]
    process.currentDirectoryURL = directory
    process.environment = [
      "PATH": Self.binaries.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
      "TERM": "xterm", "LC_ALL": "C",
      // SIGQUIT ends the program as it ends any other.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    // Files and not pipes: no reader is needed, and nothing can block.
    let files = [URL(filePath: directory.path + ".out"), URL(filePath: directory.path + ".err")]
    for file in files { try Data().write(to: file) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    // The threads that run tests block signals, and children inherit that.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    process.waitUntilExit()
    let code = process.terminationStatus
    return Result(
      output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      code: process.terminationReason == .uncaughtSignal ? 128 + code : code)
  }

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
