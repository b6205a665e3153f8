import Documents
import Projects

/// Why a run failed: what to say, and the exit code that goes with it.
struct Failure: Error {
  var code: Program.ExitCode
  var diagnostics: Diagnostics

  init(_ code: Program.ExitCode, _ diagnostics: Diagnostics) {
    self.code = code
    self.diagnostics = diagnostics
  }

  static func usage(_ message: String, help: String? = nil) -> Failure {
    Failure(.wrongUsage, Diagnostics(Diagnostic(message, help: help)))
  }

  /// Runs `body`; what it complains of is wrong usage.
  static func usage<Result>(_ body: () throws -> Result) throws -> Result {
    try wrap(.wrongUsage, body)
  }

  /// Runs `body`; what it complains of is the fault of a layout or an answer.
  static func layout<Result>(_ body: () throws -> Result) throws -> Result {
    try wrap(.faultyLayout, body)
  }

  /// Runs `body`; what it complains of is the target's.
  static func target<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TargetError {
      throw Failure(error)
    }
  }

  private static func wrap<Result>(
    _ code: Program.ExitCode, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let diagnostics as Diagnostics {
      throw Failure(code, diagnostics)
    }
  }

  init(_ error: TargetError) {
    code = .unwritableTarget
    diagnostics =
      switch error {
      case .refused(let diagnostics): diagnostics
      case .interrupted: Diagnostics(Diagnostic("interrupted; nothing was changed"))
      }
  }

  init(_ error: CreateError) {
    switch error {
    case .layout(let diagnostics): self.init(.faultyLayout, diagnostics)
    case .target(let error): self.init(error)
    }
  }
}
