import Foundation

/// A text that a source has for `help:`, the longest part of it between interpolations.
struct SourceHelp {
  var file: String
  var text: String

  /// Shorter parts are punctuation.
  private static let shortest = 6

  static func all() throws -> [SourceHelp] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var result: [SourceHelp] = []
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      for text in texts(in: source) {
        result.append(SourceHelp(file: file.lastPathComponent, text: text))
      }
    }
    return result
  }

  /// After `help:` in a call, in what is assigned to a `help`, and in functions of that name.
  static func texts(in source: String) -> [String] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var result: [String] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      guard !line.contains("///"), !line.contains("members["),
        let start = line.firstRange(
          of: #/help: |help \+?=|(help|Help|hint)\(.*\) -> String\??( \{|$)/#)
      else { continue }
      let isFunction = line.contains(#/func (help|\w*Help|hint)\b/#)
      // The tables of commands: what options are for is no remedy.
      let before = lines[max(0, index - 4)..<index].joined(separator: "\n")
      let table = #/\W(Operand|Option|Switch|Texts?|Choice|Prompt)\((\n|.)*help: /#
      if before.contains(table) { continue }
      if isFunction {
        let margin = line.prefix { $0 == " " }
        while index < lines.count, lines[index] != margin + "}" {
          result += literals(in: lines[index])
          index += 1
        }
        continue
      }
      result += literals(in: String(line[start.lowerBound...]))
      // The rest of the expression, which is further in or goes on.
      while index < lines.count,
        lines[index].firstMatch(of: #/^ +(\?\?|\+|: |\? |\.map|case .*: ")/#) != nil
      {
        result += literals(in: lines[index])
        index += 1
      }
    }
    return result
  }

  private static func literals(in line: String) -> [String] {
    var result: [String] = []
    var rest = Array(line.unicodeScalars)[...]
    while let start = rest.firstIndex(of: "\"") {
      let isRaw = start > rest.startIndex && rest[start - 1] == "#"
      var parts = [""]
      var depth = 0
      var end = start + 1
      while end < rest.endIndex {
        let scalar = rest[end]
        if depth > 0 {
          // Strings within an interpolation are not looked at.
          if scalar == "(" { depth += 1 }
          if scalar == ")" { depth -= 1 }
        } else if scalar == "\"", !isRaw || end + 1 < rest.endIndex && rest[end + 1] == "#" {
          break
        } else if scalar == "\\", !isRaw, end + 1 < rest.endIndex {
          end += 1
          if rest[end] == "(" {
            depth = 1
            parts.append("")
          } else {
            parts[parts.count - 1].unicodeScalars.append(rest[end])
          }
        } else {
          parts[parts.count - 1].unicodeScalars.append(scalar)
        }
        end += 1
      }
      let longest = parts.max { $0.count < $1.count } ?? ""
      if longest.count >= shortest { result.append(longest) }
      rest = end + 1 < rest.endIndex ? rest[(end + 1)...] : []
    }
    return result
  }
}
