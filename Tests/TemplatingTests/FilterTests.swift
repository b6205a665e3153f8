import Testing

@testable import Templating

/// Names, numbers and lists through filters.
@Suite struct FilterTests {
  static func filtered(_ value: Value, _ filters: String) -> String {
    let type: ValueType =
      switch value {
      case .text: .text
      case .integer: .integer
      case .flag: .flag
      case .list: .list(of: .text)
      }
    return rendered(
      "<<VALUE|\(filters)>>", declarations: Declarations(["VALUE": type]),
      scope: Scope(["VALUE": value]))
  }

  @Test(
    "names are written as each language wants them",
    arguments: [
      // text, snake, kebab, camel, pascal, title
      ("my-project", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("my_project", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("My project", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("my.project", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("myProject", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("MyProject", "my_project", "my-project", "myProject", "MyProject", "My Project"),
      ("HTTPServer", "http_server", "http-server", "httpServer", "HttpServer", "HTTP Server"),
      ("parseJSON", "parse_json", "parse-json", "parseJson", "ParseJson", "Parse JSON"),
      ("HTTP2Server", "http2_server", "http2-server", "http2Server", "Http2Server", "HTTP2 Server"),
      ("item2", "item2", "item2", "item2", "Item2", "Item2"),
      ("v2Api", "v2_api", "v2-api", "v2Api", "V2Api", "V2 Api"),
      ("--a__b  c..", "a_b_c", "a-b-c", "aBC", "ABC", "A B C"),
      ("Bob's app", "bob_s_app", "bob-s-app", "bobSApp", "BobSApp", "Bob's App"),
      ("café au-lait", "café_au_lait", "café-au-lait", "caféAuLait", "CaféAuLait", "Café Au Lait"),
      ("ÉcoleÜber", "école_über", "école-über", "écoleÜber", "ÉcoleÜber", "École Über"),
      ("version 1.2", "version_1_2", "version-1-2", "version12", "Version12", "Version 1.2"),
      ("", "", "", "", "", ""),
      ("---", "", "", "", "", ""),
    ])
  func caseFilters(
    _ text: String, _ snake: String, _ kebab: String, _ camel: String, _ pascal: String,
    _ title: String
  ) {
    #expect(FilterTests.filtered(.text(text), "snake") == snake)
    #expect(FilterTests.filtered(.text(text), "kebab") == kebab)
    #expect(FilterTests.filtered(.text(text), "camel") == camel)
    #expect(FilterTests.filtered(.text(text), "pascal") == pascal)
    #expect(FilterTests.filtered(.text(text), "title") == title)
  }

  @Test("upper and lower change letters only")
  func upperAndLower() {
    #expect(FilterTests.filtered(.text("my-App é"), "upper") == "MY-APP É")
    #expect(FilterTests.filtered(.text("my-App É"), "lower") == "my-app é")
    #expect(FilterTests.filtered(.text("my-app"), "snake|upper") == "MY_APP")
  }

  @Test(
    "plurals",
    arguments: [
      ("category", "categories"), ("box", "boxes"), ("bus", "buses"), ("day", "days"),
      ("person", "people"), ("item", "items"), ("status", "statuses"), ("class", "classes"),
      ("branch", "branches"), ("dish", "dishes"), ("quiz", "quizzes"), ("analysis", "analyses"),
      ("child", "children"), ("leaf", "leaves"), ("hero", "heroes"), ("photo", "photos"),
      ("series", "series"), ("news", "news"), ("key", "keys"), ("y", "ys"),
      ("user_category", "user_categories"), ("UserCategory", "UserCategories"),
      ("SalesPerson", "SalesPeople"), ("salesPerson", "salesPeople"), ("CATEGORY", "CATEGORIES"),
      ("Person", "People"), ("PERSON", "PEOPLE"), ("order item", "order items"),
      ("human", "humans"), ("item2", "item2"), ("", ""), ("Bus (old)", "Bus (olds)"),
      ("été", "étés"),
    ])
  func plurals(_ word: String, _ plural: String) {
    #expect(FilterTests.filtered(.text(word), "plural") == plural)
  }

  @Test(
    "numbers",
    arguments: [
      (7, "plus(3)", "10"), (7, "plus(-10)", "-3"), (7, "pad(3)", "007"), (-7, "pad(4)", "-007"),
      (1234, "pad(2)", "1234"), (0, "pad(0)", "0"), (0, "pad(2)", "00"),
      (7, "plus(3)|pad(3)|json", "\"010\""), (Int.min, "pad(5)", String(Int.min)),
    ])
  func numbers(_ number: Int, _ filters: String, _ result: String) {
    #expect(FilterTests.filtered(.integer(number), filters) == result)
  }

  @Test("an argument may be a variable")
  func argumentsFromVariables() {
    #expect(rendered("<<PORT_BLOCK|plus(PORT_BLOCK)>>") == "200")
    #expect(rendered("<<PORTS|plus(PORT_BLOCK)|join(AUTHOR)>>") == "180Ann543")
    #expect(rendered("<<PORTS|join(TIER)>>") == "80core443")
  }

  @Test("what only values can get wrong is an error with its place")
  func valuesAtFault() {
    let scope = Scope(["PORT_BLOCK": .integer(.max), "PORTS": .list([.integer(1)])])
    #expect(
      complaints("\n <<PORT_BLOCK|plus(1)>>", scope: scope)
        == "2:15: 9223372036854775807 plus 1 is too large a number")
    #expect(
      complaints("<<PORTS|pad(PORT_BLOCK)|join(\"\")>>", scope: scope)
        == "1:9: “pad” takes a width from 0 to 255, not 9223372036854775807")
    #expect(
      complaints("<<@for PORT in PORTS>><<PORT_PREVIOUS|plus(1)>><<@end>>")
        .hasPrefix("1:39: “plus” found no number but the text \"\""))
    #expect(complaints("<<AUTHOR>>", scope: Scope()) == "1:1: “AUTHOR” has no value")
  }

  @Test(
    "filters map over lists",
    arguments: [
      ("<<STEPS|upper|join(\"+\")>>", "TOPIC1+TOPIC2"),
      ("[<<STEPS|json|join(\", \")>>]", "[\"topic1\", \"topic2\"]"),
      ("<<PORTS|plus(1)|pad(4)|join(\" \")>>", "0081 0444"),
      ("<<STEPS|join(\", \")|json>>", "\"topic1, topic2\""),
      ("<<STEPS|join(\"\\n\")>>", "topic1\ntopic2"),
      ("<<MODELS|join(\",\")>>", ""),
    ])
  func filtersMapOverLists(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test("flags and choices print as their words")
  func flagsAndChoices() {
    #expect(rendered("<<CELERY>> <<TIER>> <<TIER|title>> <<PYTHON>>") == "false core Core 3.12")
  }

  @Test(
    "a filter that does not fit is an error where it stands",
    arguments: [
      ("<<AUTHOR|plus(1)>>", "1:10: “plus” works on a number, and “AUTHOR” is a text here"),
      ("<<AUTHOR|pad(1)>>", "1:10: “pad” works on a number, and “AUTHOR” is a text here"),
      ("<<PORT_BLOCK|upper>>", "1:14: “upper” works on a text, and “PORT_BLOCK” is a number here"),
      ("<<CELERY|snake>>", "1:10: “snake” works on a text, and “CELERY” is a flag here"),
      (
        "<<PORT_BLOCK|pad(3)|plus(1)>>",
        "1:21: “plus” works on a number, and “PORT_BLOCK” is a text here"
      ),
      ("<<AUTHOR|join(\",\")>>", "1:10: “join” works on a list, and “AUTHOR” is a text here"),
      (
        "<<STEPS|join(\",\")|join(\",\")>>",
        "1:19: “join” works on a list, and “STEPS” is a text here"
      ),
      ("<<STEPS|join>>", "1:9: “join” takes one argument, a text"),
      ("<<STEPS|join(1)>>", "1:14: “join” takes a text, not a number"),
      ("<<STEPS|join(\"a\", \"b\")>>", "1:9: “join” takes one argument, a text"),
      ("<<PORT_BLOCK|plus(\"1\")>>", "1:19: “plus” takes a number, not a text"),
      ("<<PORT_BLOCK|plus(AUTHOR)>>", "1:19: “plus” takes a number, not a text"),
      ("<<PORT_BLOCK|plus>>", "1:14: “plus” takes one argument, a number"),
      (
        "<<PORT_BLOCK|plus(PORT_BLOK)>>",
        "1:19: “PORT_BLOK” is not declared (did you mean “PORT_BLOCK”?)"
      ),
      ("<<PORT_BLOCK|pad(256)>>", "1:18: “pad” takes a width from 0 to 255, not 256"),
      ("<<AUTHOR|upper(1)>>", "1:10: “upper” takes no argument"),
      ("<<AUTHOR|json(\"in\")>>", "1:15: “json” takes no argument but \"inside\""),
      ("<<AUTHOR|json(\"inside\", 1)>>", "1:15: “json” takes no argument but \"inside\""),
      ("<<AUTHOR|markdown(\"inside\")>>", "1:19: “markdown” takes no argument"),
      (
        "<<AUTHOR|json|upper>>",
        "1:15: “upper” would break what “json” quoted (put “upper” before “json”)"
      ),
      (
        "<<STEPS|json>>",
        "1:1: “STEPS” is a list and cannot be printed as it is "
          + "(join its items: “|join(\", \")”, or loop over it with “<<@for …>>”)"
      ),
      (
        "<<AUTHOR|zzzzzz>>",
        "1:10: unknown filter “zzzzzz” (the filters are snake, kebab, camel, pascal, upper, lower, "
          + "title, plural, plus, pad, json, yaml, toml, python, shell, dotenv, markdown, join)"
      ),
    ])
  func filtersThatDoNotFit(_ template: String, _ complaint: String) {
    #expect(complaints(template) == complaint)
  }

  @Test("every filter is named once and described")
  func everyFilterIsDescribed() {
    #expect(Set(Filters.names).count == Filters.names.count)
    #expect(Filters.summaries.count == Filters.names.count)
    #expect(Filters.summaries.allSatisfy { !$0.isEmpty })
  }
}
