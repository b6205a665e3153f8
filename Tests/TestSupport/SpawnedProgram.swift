import Foundation

/// A program that a test runs to its end, or to the end of its time.
package struct SpawnedProgram {
  package struct Result {
    package var output: Data
    package var errors: Data
    /// The exit code, or 128 and the signal's number.
    package var code: Int32
  }

  /// A program that did not end.
  package struct Overrun: Error, CustomStringConvertible {
    package let description: String
  }

  private let process = Process()
  private let arguments: [String]

  /// - Parameters:
  ///   - arguments: the program's name, looked up in the path, and what it is given.
  ///   - environment: in place of this process's own.
  package init(
    _ arguments: [String], in directory: URL? = nil, environment: [String: String]? = nil
  ) {
    self.arguments = arguments
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = directory }
    if let environment { process.environment = environment }
    process.standardInput = FileHandle.nullDevice
  }

  /// - Parameter seconds: far more than it takes on a busy machine. A program that takes longer is
  ///   killed, with what it has started.
  /// - Throws: `Overrun`, with what it printed.
  package func run(within seconds: Int = 300) throws -> Result {
    let notes = try Notes()
    defer { notes.remove() }
    let handles = try [notes.output, notes.errors].map(FileHandle.init(forWritingTo:))
    // Not when the last reference to a process goes: hundreds of programs would leave more descriptors
    // open than `Process` copes with.
    defer { for handle in handles { try? handle.close() } }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    let end = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in end.signal() }
    try startWithoutBlockedSignals()
    if end.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
      // Its process group, which is its own; itself, should it have none.
      if kill(-process.processIdentifier, SIGKILL) != 0 {
        kill(process.processIdentifier, SIGKILL)
      }
      end.wait()
      throw Overrun(
        description: """
          ran over \(seconds) s: \(arguments.joined(separator: " "))
          \(String(decoding: try notes.read(notes.output), as: UTF8.self))
          \(String(decoding: try notes.read(notes.errors), as: UTF8.self))
          """)
    }
    let status = process.terminationStatus
    return Result(
      output: try notes.read(notes.output), errors: try notes.read(notes.errors),
      code: process.terminationReason == .uncaughtSignal ? 128 + status : status)
  }

  /// The threads that run tests block signals, and children inherit that.
  private func startWithoutBlockedSignals() throws {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }
}

/// What a program prints, in files and not in pipes: no reader is needed, and nothing can block.
private struct Notes {
  let output: URL
  let errors: URL

  init() throws {
    let name = FileManager.default.temporaryDirectory
      .appending(path: "scaffold-tests-\(UUID().uuidString)")
    (output, errors) = (name.appendingPathExtension("out"), name.appendingPathExtension("err"))
    for file in [output, errors] { try Data().write(to: file) }
  }

  func read(_ file: URL) throws -> Data { try Data(contentsOf: file) }

  func remove() {
    for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
  }
}
