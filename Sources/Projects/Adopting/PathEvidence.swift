import FileTrees
import Layouts
import Templating

/// What the paths of a project say about values: each path form of the layout is held against each path,
/// and what stands in the place of its placeholders is a candidate.
struct PathEvidence {
  /// Items of the lists that layers are repeated for.
  private(set) var items: [String: [Item]] = [:]
  /// Values of variables that stand in paths by themselves.
  private(set) var values: [String: [Candidate]] = [:]
  /// The forms, by their numbers.
  let forms: [PathForm]

  struct Item {
    let value: Value
    /// The forms that there is a path of, with the place among the items that it speaks of.
    fileprivate(set) var places: [Int: Int?] = [:]
  }

  struct Candidate {
    let value: Value
    fileprivate(set) var forms: Set<Int> = []
  }

  /// - Parameter scope: has what the arguments of filters name, and the values to try first.
  init(_ layout: Layout, _ project: ProjectPaths, in scope: Scope) {
    forms = layout.pathForms
    let manifest = layout.manifest
    for (number, form) in forms.enumerated() {
      if form.form.plainText != nil { continue }
      let loops = form.loops
      for path in project.files {
        let bytes = Array(path.string.utf8)
        guard
          let captures = form.form.captures(in: bytes[...], separator: UInt8(ascii: "/"))
        else { continue }
        let values = Self.values(of: captures, in: scope)
        for loop in loops {
          guard let variable = manifest.variable(named: loop.list),
            case .list = variable.kind
          else { continue }
          var place: Int?
          if case .integer(let index)?? = values[loop.item + "_INDEX"]?.first { place = index }
          for value in values[loop.item] ?? [] where variable.accepts(item: value) {
            add(value, at: place, of: loop.list, form: number)
          }
        }
        for (name, candidates) in values {
          guard let variable = manifest.variable(named: name), variable.isFree else { continue }
          for value in candidates where variable.accepts(value) {
            add(value, of: name, form: number)
          }
        }
      }
    }
  }

  /// The values that do for all places in which a name stands.
  private static func values(
    of captures: [TextForm.Capture], in scope: Scope
  ) -> [String: [Value]] {
    var result: [String: [Value]] = [:]
    for capture in captures {
      let values = capture.values(in: scope, trying: scope[capture.name].map { [$0] } ?? [])
      guard let others = result[capture.name] else {
        result[capture.name] = values
        continue
      }
      result[capture.name] = others.filter(values.contains)
    }
    // A path in which one of them cannot be says nothing.
    return result.values.contains(where: \.isEmpty) ? [:] : result
  }

  private mutating func add(_ value: Value, at place: Int?, of list: String, form: Int) {
    var items = items[list] ?? []
    let index = items.firstIndex { $0.value == value } ?? items.count
    if index == items.count { items.append(Item(value: value)) }
    if items[index].places[form] == nil { items[index].places[form] = .some(place) }
    self.items[list] = items
  }

  private mutating func add(_ value: Value, of name: String, form: Int) {
    var candidates = values[name] ?? []
    let index = candidates.firstIndex { $0.value == value } ?? candidates.count
    if index == candidates.count { candidates.append(Candidate(value: value)) }
    candidates[index].forms.insert(form)
    values[name] = candidates
  }

  /// Whether paths number the items of a list.
  func hasPlaces(in list: String) -> Bool {
    (items[list] ?? []).contains { $0.places.values.contains { $0 != nil } }
  }

  /// The one value that more forms speak for than for any other.
  func value(of name: String) -> Value? {
    let candidates = (values[name] ?? []).sorted { $0.forms.count > $1.forms.count }
    guard let best = candidates.first else { return nil }
    if candidates.count > 1, candidates[1].forms.count == best.forms.count { return nil }
    return best.value
  }
}

extension Variable {
  /// Whether its values are too many to be tried one after the other.
  var isFree: Bool {
    if list != nil { return false }
    return switch kind {
    case .text, .name, .identifier, .integer, .port: true
    case .flag, .choice, .choices, .list: false
    }
  }
}
