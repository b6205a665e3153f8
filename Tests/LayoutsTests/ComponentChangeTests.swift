import Documents
import TestSupport
import Testing

@testable import Layouts

@Suite("A project's list, with items that come or go")
struct ComponentChangeTests {
  private static let variables = """
    {"name": "STEPS", "kind": "list", "of": "identifier", "min": 2, "max": 5,
     "default": "load,serve", "reserved": ["python-keywords"], "unique": ["plural"]},
    {"name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>"},
    {"name": "LOCAL", "kind": "list", "of": "identifier", "in": "STEPS", "default": "load"},
    {"name": "CLOUD", "kind": "flag", "default": false},
    {"name": "ZONES", "kind": "list", "of": "name", "default": "a,b", "when": "CLOUD"},
    {"name": "HOME", "kind": "name", "in": "ZONES", "default": "<<ZONES|first>>", "when": "CLOUD"},
    {"name": "STORES", "kind": "choices", "choices": ["redis", "postgres", "disk"], "min": 1,
     "default": "postgres"},
    {"name": "STORE", "choices": ["redis", "postgres", "disk"], "in": "STORES",
     "default": "<<STORES|first>>"},
    {"name": "PORTS", "kind": "list", "of": "port", "default": "80"},
    {"name": "ROUTES", "kind": "list", "of": "text", "default": ""},
    {"name": "LOG", "kind": "list", "of": "text", "ask": false, "default": "",
     "also": ["<<STEPS|join(\\",\\")>>"]},
    {"name": "SPARES", "kind": "list", "of": "identifier", "default": "", "distinct": "STEPS"},
    {"name": "IDLE", "kind": "list", "of": "identifier", "default": "", "distinct": "STEPS"},
    {"name": "AWAY", "kind": "list", "of": "identifier", "default": "away", "distinct": "STEPS",
     "when": "CLOUD"}
    """
  private static let components = """
    "components": {"step": {"list": "STEPS", "before": "ENGINE"}, "local": {"list": "LOCAL"},
    "zone": {"list": "ZONES", "before": "HOME"}, "store": {"list": "STORES"},
    "port": {"list": "PORTS"}, "route": {"list": "ROUTES"}, "spare": {"list": "SPARES"}}
    """

  private static func manifest() throws -> Manifest {
    try LayoutsTests.manifest(variables: variables, components)
  }

  /// - Parameter given: of the record, and of the command line.
  private func change(
    _ component: String, _ given: [String: String] = [:]
  ) throws -> ComponentChange {
    let manifest = try Self.manifest()
    return try ComponentChange(
      of: #require(manifest.component(named: component)), in: manifest,
      given: given.map { GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key) },
      directory: "demo")
  }

  private func added(
    _ component: String, _ names: [String], _ place: ComponentChange.Place? = nil,
    _ given: [String: String] = [:]
  ) throws -> ComponentChange {
    var change = try change(component, given)
    change.add(names, place)
    return change
  }

  private func removed(
    _ component: String, _ names: [String], _ given: [String: String] = [:]
  ) throws -> ComponentChange {
    var change = try change(component, given)
    change.remove(names)
    return change
  }

  private func told(_ change: ComponentChange) -> String {
    var all = change.misuse
    all.add(change.faults)
    return described(all)
  }

  /// What all answers come to with the change.
  private func answers(
    _ change: ComponentChange, _ given: [String: String] = [:]
  ) throws -> [String: String] {
    var all =
      given.map { GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key) }
      .filter { $0.name != change.variable.name } + [change.answer]
    for kept in change.kept where !all.contains(where: { $0.name == kept.name }) {
      all.append(kept)
    }
    var texts: [String: String] = [:]
    for member in try Answers(for: Self.manifest(), given: all, directory: "demo").recordedMembers {
      switch member.value {
      case .array(let items):
        texts[member.key] = items.map { if case .string(let text) = $0 { text } else { "?" } }
          .joined(separator: ",")
      case .string(let text): texts[member.key] = text
      default: break
      }
    }
    return texts
  }

  // MARK: More

  @Test("gets new ones before the one that has the role, or at its end")
  func usualPlace() throws {
    #expect(try added("step", ["clean", "check"]).items == ["load", "clean", "check", "serve"])
    let engine = ["STEPS": "serve,load", "ENGINE": "serve"]
    #expect(try added("step", ["clean"], nil, engine).items == ["clean", "serve", "load"])
    #expect(try added("route", ["GET /a,b", "POST /a"]).items == ["GET /a,b", "POST /a"])
    #expect(try added("port", ["0443", "80"]).items == ["80", "443"])
  }

  @Test(
    "gets new ones where somebody says",
    arguments: [
      (.at("1"), ["x", "y", "load", "serve"]), (.at("3"), ["load", "serve", "x", "y"]),
      (.before("load"), ["x", "y", "load", "serve"]),
      (.after("load"), ["load", "x", "y", "serve"]),
      (.after("serve"), ["load", "serve", "x", "y"]),
    ] as [(ComponentChange.Place, [String])])
  func places(_ place: ComponentChange.Place, _ expected: [String]) throws {
    let change = try added("step", ["x", "y"], place)
    #expect(change.items == expected)
    #expect(change.changed == ["x", "y"] && change.idle.isEmpty && told(change).isEmpty)
  }

  @Test("stays as it is where they are there")
  func idle() throws {
    let change = try added("step", ["serve", "x", "x", "serve"], .at("1"))
    #expect(change.items == ["x", "load", "serve"])
    #expect(change.changed == ["x"] && change.idle == ["serve"] && told(change).isEmpty)
    #expect(try added("step", ["load", "serve"]).changed.isEmpty)
  }

  @Test("keeps the order of its choices")
  func choices() throws {
    let change = try added("store", ["disk", "redis"])
    #expect(try answers(change)["STORES"] == "redis,postgres,disk")
    #expect(
      try told(added("store", ["disk"], .before("postgres")))
        == "--before: STORES keeps the order of its choices")
  }

  @Test("leaves roles to those who have them, and the order of lists that grow")
  func kept() throws {
    let change = try added("step", ["x"], .at("1"))
    let answers = try answers(change)
    #expect(answers["STEPS"] == "x,load,serve")
    #expect(answers["ENGINE"] == "serve" && answers["LOCAL"] == "load")
    #expect(answers["LOG"] == "load,serve,x")
    let last = try added("step", ["x"], .after("serve"))
    #expect(try self.answers(last)["ENGINE"] == "serve")
    // A default that would give another one now.
    #expect(try self.answers(added("store", ["redis"]))["STORE"] == "postgres")
    // Somebody gives the role to the new one.
    #expect(try self.answers(last, ["ENGINE": "x"])["ENGINE"] == "x")
    #expect(try added("step", ["x"], nil, ["ENGINE": "x"]).items == ["load", "serve", "x"])
  }

  @Test("is asked of the answers that come with it")
  func applying() throws {
    #expect(try !change("zone").applies)
    let change = try added("zone", ["c"], nil, ["CLOUD": "true"])
    #expect(change.applies && change.items == ["c", "a", "b"])
    #expect(try added("step", ["x"], nil, ["STEPS": "a,b"]).items == ["a", "x", "b"])
  }

  @Test(
    "refuses, all at once,",
    arguments: [
      (
        ["1x", "class", "a,b", "fine", ""], nil,
        """
        step: “1x” must begin with a letter (“item_1x” would do)
        step: “class” is refused: a keyword of Python (“class_item” would do)
        step: “a,b” must hold only lower-case letters, digits and “_”, not “,” \
        (several are words of their own: a b)
        step: has an empty item
        """
      ),
      (
        ["1x"], .before("sevre"),
        """
        --before: STEPS has no “sevre”, but load, serve (did you mean “serve”?)
        step: “1x” must begin with a letter (“item_1x” would do)
        """
      ),
      (["x"], .after("x"), "--after: STEPS has no “x”, but load, serve"),
      (["x"], .at("0"), "--at must be a number from 1 to 3, not “0”"),
      (["x"], .at("4"), "--at must be a number from 1 to 3, not “4”"),
      (["x"], .at("first"), "--at must be a number from 1 to 3, not “first”"),
      (["x"], .at(""), "--at must be a number from 1 to 3, not the empty text"),
    ] as [([String], ComponentChange.Place?, String)])
  func faults(_ names: [String], _ place: ComponentChange.Place?, _ expected: String) throws {
    #expect(try told(added("step", names, place)) == expected)
  }

  @Test("has none of a list from which it is to differ")
  func distinct() throws {
    let given = ["SPARES": "wheel,lamp", "IDLE": "sleep"]
    let change = try added("step", ["wheel", "clean", "sleep", "away"], nil, given)
    #expect(
      told(change) == "step: there is a spare “wheel”\nstep: IDLE has “sleep”")
    #expect(change.items == ["load", "clean", "away", "serve"])
    #expect(try told(added("spare", ["serve", "x"])) == "spare: there is a step “serve”")
    // A list that does not apply has nothing.
    let cloud = try added("step", ["away"], nil, ["CLOUD": "true"])
    #expect(told(cloud) == "step: AWAY has “away”")
  }

  @Test(
    "is held to all of its rules",
    arguments: [
      ("step", ["a", "b", "c", "d"], "step: takes at most 5 items, and has 6"),
      ("step", ["serf", "serfs"], "step: “serf” and “serfs” are both “serfs” as “plural”"),
      ("step", ["engine"], "“engine” is in STEPS and is not ENGINE"),
      ("local", ["x"], "local: “x” is not in STEPS, which has load, serve"),
    ])
  func rules(_ component: String, _ names: [String], _ expected: String) throws {
    let change = try added(component, names)
    #expect(told(change).isEmpty)
    #expect(try complaints { _ = try answers(change) }.hasPrefix(expected))
  }

  @Test("is not known where its answer is at fault")
  func unknown() throws {
    #expect(
      try complaints { _ = try change("step", ["STEPS": "1"]) }.hasPrefix("STEPS: “1” must begin"))
    // Another one's fault is told with all others, later.
    #expect(try change("step", ["PORTS": "x"]).items == ["load", "serve"])
  }

  // MARK: Fewer

  @Test("loses those that nobody needs")
  func fewer() throws {
    let given = ["STEPS": "load,clean,check,serve"]
    let change = try removed("step", ["check", "nothing", "clean", "check"], given)
    #expect(change.items == ["load", "serve"])
    #expect(change.changed == ["check", "clean"] && change.idle == ["nothing"])
    #expect(told(change).isEmpty)
    // What has come stays in a list that grows.
    #expect(try answers(change)["LOG"] == "load,clean,check,serve")
    #expect(try removed("step", ["x"]).changed.isEmpty)
  }

  @Test(
    "keeps those that have a role",
    arguments: [
      (
        "step", ["serve", "b"], [:],
        "step: “serve” is ENGINE (have another be that: --engine IDENTIFIER)"
      ),
      (
        "step", ["load"], [:],
        "step: “load” is one of LOCAL (have another be that: --local A,B,…)"
      ),
      (
        "step", ["b"], ["LOCAL": "a,b"],
        "step: “b” is one of LOCAL (leave it out there: --local a)"
      ),
      (
        "store", ["postgres"], [:],
        "store: “postgres” is STORE (have another be that: --store redis|postgres|disk)"
      ),
      ("step", ["serve"], ["ENGINE": "a"], ""),
      // A role that does not apply is nobody's.
      ("zone", ["a"], ["CLOUD": "true", "HOME": "b"], ""),
    ] as [(String, [String], [String: String], String)])
  func roles(
    _ component: String, _ names: [String], _ given: [String: String], _ expected: String
  ) throws {
    let given = ["STEPS": "load,a,b,serve"].merging(given) { $1 }
    #expect(try told(removed(component, names, given)) == expected)
  }

  @Test("keeps as many as it needs")
  func least() throws {
    let change = try removed("step", ["load"], ["STEPS": "load,serve", "LOCAL": "serve"])
    #expect(
      try complaints { _ = try answers(change, ["LOCAL": "serve"]) }
        == "step: needs at least 2 items, and has 1")
  }
}
