import CLibrary

/// Asks on a terminal that can move its cursor.
package final class ScreenPrompter: Prompter {
  private let session: TerminalSession
  private let look: Look

  /// - Parameters:
  ///   - input: a terminal, and `output` the same.
  package init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, look: Look) {
    session = TerminalSession(input: input, output: output)
    self.look = look
  }

  package func ask(_ prompt: Prompt) throws(PromptError) -> Reply {
    do throws(PromptError) {
      try session.open()
      return try reply(to: Form(prompt))
    } catch {
      session.close()
      throw error
    }
  }

  package func close() {
    session.close()
  }

  private func reply(to form: Form) throws(PromptError) -> Reply {
    var form = form
    while true {
      // Of many keys that come at once only the last one's screen is worth seeing.
      if !session.hasKeys {
        let (width, height) = session.size
        try session.draw(form.screen(width: width, height: height, look))
      }
      guard case .key(let key) = try session.next() else { continue }
      switch form.handle(key) {
      case .changed: break
      case .done(let answer): return .answer(answer)
      case .back: return .back
      case .cancelled: throw .cancelled
      case .interrupted: throw .interrupted(signal: SIGINT)
      case .ended: throw .lost
      }
    }
  }
}
