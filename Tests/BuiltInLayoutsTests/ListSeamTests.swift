import BuiltInLayouts
import FileSystems
import FileTrees
import Foundation
import Layouts
import Templating
import Testing

/// Whatever the items of a list are, one more and one less change nothing of what the others are: a
/// project that grows is rendered again, with the answers that it has recorded.
@Suite("A list of a built-in layout")
struct ListSeamTests {
  /// The answers that decide whether a list applies, and the list.
  struct Case: Sendable, CustomTestStringConvertible {
    var layout: String
    var list: String
    var setting: [String: String]
    /// Its items are words of the layout, each with code of its own.
    var hasChoices: Bool

    var testDescription: String {
      let setting = setting.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(layout), \(list), \(setting.joined(separator: " "))"
    }
  }

  /// Each list of each layout with each combination of choices and flags with which it applies.
  static let cases: [Case] = BuiltInLayouts.all.flatMap { embedded -> [Case] in
    let manifest = Layout(embedded: embedded).manifest
    var settings: [[String: String]] = [[:]]
    for variable in manifest.variables where variable.list == nil {
      let words: [String]
      switch variable.kind {
      case .choice(let choices) where !sameEverywhere.contains(variable.name):
        words = choices.map(\.word)
      case .flag: words = ["true", "false"]
      default: continue
      }
      settings = settings.flatMap { setting in
        let narrowed = words.map { word in
          setting.merging([variable.name: word]) { $1 }
        }
        let sound = narrowed.filter { (try? answers(of: manifest, $0)) != nil }
        return sound.isEmpty ? [setting] : sound
      }
    }
    return manifest.variables.flatMap { variable -> [Case] in
      guard variable.kind.isList, variable.list == nil, variable.isAsked else { return [] }
      return settings.compactMap { setting in
        guard case .list(let items)? = try? answers(of: manifest, setting).values[variable.name],
          !items.isEmpty
        else { return nil }
        return Case(
          layout: embedded.name, list: variable.name, setting: setting,
          hasChoices: variable.kind.keyword == .choices)
      }
    }
  }

  /// Choices that no list depends on.
  private static let sameEverywhere: Set = ["PYTHON_VERSION", "LICENSE", "SECURITY_LIBRARIES"]

  /// Words that stand nowhere else.
  private static let freeItems = ["quokka", "narwhal", "walrus", "ibex"]
  private static let newItem = "okapi"

  private static func answers(of manifest: Manifest, _ given: [String: String]) throws -> Answers {
    try Answers(
      for: manifest,
      given: given.sorted { $0.key < $1.key }.map {
        GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key)
      }, directory: "demo")
  }

  /// A list as it was, and as it is when the project is rendered again.
  private struct Growth {
    var before: [String]
    var after: [String]
  }

  private func growths(of variable: Variable) -> [Growth] {
    let (all, added, least): ([String], [String], Int)
    switch variable.kind {
    case .choices(let words, let count):
      (all, added, least) = (words.map(\.word), [], count.lowerBound)
    case .list(_, let count):
      (all, added, least) = (Self.freeItems, [Self.newItem], count.lowerBound)
    default: return []
    }
    var result: [Growth] = []
    for item in added {
      for place in 0...all.count {
        result.append(
          Growth(before: all, after: Array(all[..<place]) + [item] + Array(all[place...])))
      }
    }
    for item in all {
      let rest = all.filter { $0 != item }
      guard rest.count >= least else { continue }
      result.append(Growth(before: all, after: rest))
      // Choices are ordered as they are declared.
      if added.isEmpty { result.append(Growth(before: rest, after: all)) }
    }
    return result
  }

  @Test("changes no file of its other items when it grows or shrinks", arguments: cases)
  func others(_ one: Case) throws {
    for growth in try grown(one) {
      let (old, new) = (growth.before.files(of: growth.kept), growth.after.files(of: growth.kept))
      #expect(old.keys.sorted() == new.keys.sorted(), "\(growth)")
      for (path, text) in old.sorted(by: { $0.key < $1.key }) where new[path] != text {
        Issue.record("\(growth): \(path)\(Self.difference(text, new[path] ?? ""))")
      }
    }
  }

  /// A database may have run it, whatever the project has no more.
  @Test("takes no migration away and changes none", arguments: cases)
  func migrations(_ one: Case) throws {
    for growth in try grown(one) {
      for (path, text) in growth.before.files where path.contains("/versions/") {
        #expect(growth.after.files[path] == text, "\(growth): \(path)")
      }
    }
  }

  /// A file that lists the items changes in the lines that name some of them. What it says of a
  /// position, or of who has a role, would change elsewhere too.
  @Test(
    "takes nothing away from what says nothing of its items",
    arguments: cases.filter { !$0.hasChoices })
  func listing(_ one: Case) throws {
    for growth in try grown(one) where growth.kept.count == growth.before.items.count {
      let new = growth.after.files
      for (path, text) in growth.before.files.sorted(by: { $0.key < $1.key }) {
        var present: [String: Int] = [:]
        for line in Self.lines(of: new[path] ?? "") { present[line, default: 0] += 1 }
        for line in Self.lines(of: text) {
          present[line, default: 0] -= 1
          // A drawn tree shows which name is the last of its folder.
          let isListing =
            line.contains("── ")
            || growth.before.items.contains(where: line.lowercased().contains)
          if present[line, default: 0] < 0, !isListing {
            Issue.record("\(growth): \(path)\n- \(line)")
          }
        }
      }
    }
  }

  /// Without numbers, which may count the items.
  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(decoding: line.utf8.map { (0x30...0x39).contains($0) ? 0x4E : $0 }, as: UTF8.self)
    }
  }

  /// A project before and after its list has changed.
  private struct Grown: CustomStringConvertible {
    var before: Rendered
    var after: Rendered

    /// The items that were there before and still are.
    var kept: [String] { before.items.filter(after.items.contains) }
    var description: String { "\(before.items) → \(after.items)" }
  }

  private struct Rendered {
    var items: [String]
    /// Without the numbers before items, which tell their place in the list.
    var files: [String: String]

    /// Those that have one of the items in their path.
    func files(of items: [String]) -> [String: String] {
      files.filter { path, _ in items.contains(where: path.contains) }
    }
  }

  private func grown(_ one: Case) throws -> [Grown] {
    let layout = Layout(embedded: try #require(BuiltInLayouts.all.first { $0.name == one.layout }))
    let variable = try #require(layout.manifest.variables.first { $0.name == one.list })
    var result: [Grown] = []
    for growth in growths(of: variable) {
      let before = try Self.answers(
        of: layout.manifest,
        one.setting.merging([one.list: growth.before.joined(separator: ",")]) { $1 })
      // Who holds a role is not taken away.
      let isHeld = layout.manifest.variables.contains { role in
        guard role.list == one.list, let value = before.values[role.name] else { return false }
        return !Self.words(of: value).allSatisfy(growth.after.contains)
      }
      if isHeld { continue }
      var given = Dictionary(
        uniqueKeysWithValues: before.recorded.map {
          ($0.name, Self.words(of: $0.value).joined(separator: ","))
        })
      given[one.list] = growth.after.joined(separator: ",")
      let after = try Self.answers(of: layout.manifest, given)
      let all = Set(growth.before + growth.after)
      result.append(
        Grown(
          before: Rendered(items: growth.before, files: try files(of: layout, before, all)),
          after: Rendered(items: growth.after, files: try files(of: layout, after, all))))
    }
    #expect(!result.isEmpty)
    return result
  }

  private static func words(of value: Value) -> [String] {
    switch value {
    case .text(let text): [text]
    case .integer(let integer): [String(integer)]
    case .flag(let flag): [String(flag)]
    case .list(let items): items.flatMap(words)
    }
  }

  private func files(
    of layout: Layout, _ answers: Answers, _ items: Set<String>
  ) throws -> [String: String] {
    let numbers = try Regex("[0-9]{3}__(?=\(items.sorted().joined(separator: "|")))")
    var result: [String: String] = [:]
    let rendered = try layout.rendered(with: answers)
    var contents = rendered.renderedContents
    for entry in rendered.tree.entries {
      guard let number = entry.leaf, case .bytes(let bytes) = try contents.content(ofFile: number)
      else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      let path = entry.path.string.replacing(numbers, with: "NNN__")
      result[path] = text.replacing(numbers, with: "NNN__")
    }
    return result
  }

  /// The first line that differs.
  private static func difference(_ old: String, _ new: String) -> String {
    let (old, new) = (old.split(separator: "\n"), new.split(separator: "\n"))
    let line = zip(old, new).prefix { $0 == $1 }.count
    return
      ":\(line + 1)\n- \(old.dropFirst(line).first ?? "")\n+ \(new.dropFirst(line).first ?? "")"
  }
}
