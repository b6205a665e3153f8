import Documents
import Layouts
import Projects
import Prompts

/// Why a run failed: what to say, and how the process ends.
///
/// Commands throw nothing else, and say of each error what it is at the place where it comes from:
/// there is none of which nobody knows whose fault it is.
struct Failure: Error {
  let ending: Program.Ending
  let diagnostics: Diagnostics

  init(_ code: Program.ExitCode, _ diagnostics: Diagnostics) {
    ending = .code(code)
    self.diagnostics = diagnostics
  }

  private init(silently ending: Program.Ending) {
    self.ending = ending
    diagnostics = Diagnostics()
  }

  /// A person wanted none of it, which is said.
  static let stopped = Failure(silently: .code(.difference))

  init(_ error: PromptError) {
    switch error {
    case .cancelled, .lost: self = .stopped
    case .interrupted(let signal): self.init(silently: .signal(signal))
    }
  }

  /// Nobody reads the answer any more.
  static let closedPipe = Failure(silently: .closedPipe)

  static func usage(_ message: String, help: String? = nil) -> Failure {
    Failure(.wrongUsage, Diagnostics(Diagnostic(message, help: help)))
  }

  /// Runs `body`; what is wrong with it is wrong usage.
  static func usage<Result>(
    _ body: () throws(Diagnostics) -> Result
  ) throws(Failure) -> Result {
    do {
      return try body()
    } catch {
      throw Failure(.wrongUsage, error)
    }
  }

  /// Runs `body`; what is wrong with it is the fault of a layout or an answer.
  static func layout<Result>(
    _ body: () throws(Diagnostics) -> Result
  ) throws(Failure) -> Result {
    do {
      return try body()
    } catch {
      throw Failure(.faultyLayout, error)
    }
  }

  /// Runs `body`; what is wrong with it is the target's.
  static func target<Result>(
    _ body: () throws(TargetError) -> Result
  ) throws(Failure) -> Result {
    do {
      return try body()
    } catch {
      throw Failure(error)
    }
  }

  init(_ error: TargetError) {
    switch error {
    case .refused(let diagnostics): self.init(.unwritableTarget, diagnostics)
    case .interrupted:
      self.init(.unwritableTarget, Diagnostics(Diagnostic("interrupted; nothing was changed")))
    }
  }

  init(_ error: LayoutError) {
    switch error {
    case .absent(let diagnostic): self.init(.wrongUsage, Diagnostics(diagnostic))
    case .faulty(let diagnostics): self.init(.faultyLayout, diagnostics)
    }
  }

  init(_ error: PlanError) {
    switch error {
    case .layout(let diagnostics): self.init(.faultyLayout, diagnostics)
    case .target(let error): self.init(error)
    case .conflicted(let diagnostics): self.init(.difference, diagnostics)
    }
  }
}
