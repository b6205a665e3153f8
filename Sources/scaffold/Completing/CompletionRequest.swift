import Console
import Documents

/// `scaffold __complete SHELL …`: what the scripts of the shells ask. It is in no list: the words and
/// the answers may change with the scripts.
///
/// Whatever is wrong, the answer is that there is nothing to offer: a message would be printed into
/// the line that somebody is typing.
enum CompletionRequest {
  static let name = "__complete"

  static func answer(_ arguments: [String], _ completer: ProgramCompleter) -> String? {
    guard let shell = arguments.first.flatMap(CompletionScript.init) else { return nil }
    var words = Array(arguments.dropFirst())
    switch shell {
    case .bash:
      guard words.count == 4 else { return nil }
      let line = BashLine(words[0], breaks: words[1])
      let answer = completer.answer(after: line.words, line.word)
      return BashCompletions(answer, for: line).text(
        for: BashCompletions.Purpose(type: words[2], width: Int(words[3]) ?? 80))
    case .zsh:
      guard let word = words.popLast() else { return nil }
      return completer.answer(after: words, word).zsh
    case .fish:
      guard let word = words.popLast().map(FishWord.text) else { return nil }
      return completer.answer(after: words, word).fish(for: word)
    }
  }
}
