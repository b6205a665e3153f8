import TestSupport
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
      // Small letters that belong to the capitals before them, and names that are one word.
      ("userIDs", "user_ids", "user-ids", "userIds", "UserIds", "User IDs"),
      ("PDFs", "pdfs", "pdfs", "pdfs", "Pdfs", "PDFs"),
      ("URLsOfUser", "urls_of_user", "urls-of-user", "urlsOfUser", "UrlsOfUser", "URLs Of User"),
      ("APIv2", "api_v2", "api-v2", "apiV2", "ApiV2", "API V2"),
      (
        "APIv2Client", "api_v2_client", "api-v2-client", "apiV2Client", "ApiV2Client",
        "API V2 Client"
      ),
      ("IPv4Address", "ipv4_address", "ipv4-address", "ipv4Address", "Ipv4Address", "IPv4 Address"),
      ("myIPv6", "my_ipv6", "my-ipv6", "myIpv6", "MyIpv6", "My IPv6"),
      (
        "OAuth2Client", "oauth2_client", "oauth2-client", "oauth2Client", "Oauth2Client",
        "OAuth2 Client"
      ),
      ("OAuthor", "o_author", "o-author", "oAuthor", "OAuthor", "O Author"),
      ("iOSApp", "ios_app", "ios-app", "iosApp", "IosApp", "iOS App"),
      ("SQLiteStore", "sqlite_store", "sqlite-store", "sqliteStore", "SqliteStore", "SQLite Store"),
      ("isAClass", "is_a_class", "is-a-class", "isAClass", "IsAClass", "Is A Class"),
      ("ThisIsX", "this_is_x", "this-is-x", "thisIsX", "ThisIsX", "This Is X"),
      // A text with blanks is divided already.
      (
        "GitHub Actions", "github_actions", "github-actions", "githubActions", "GithubActions",
        "GitHub Actions"
      ),
      ("iOS app", "ios_app", "ios-app", "iosApp", "IosApp", "iOS App"),
      (
        "PostgreSQL backup", "postgresql_backup", "postgresql-backup", "postgresqlBackup",
        "PostgresqlBackup", "PostgreSQL Backup"
      ),
      (
        "myApp for DuckDB", "my_app_for_duck_db", "my-app-for-duck-db", "myAppForDuckDb",
        "MyAppForDuckDb", "myApp For DuckDB"
      ),
      ("straße ß", "straße_ß", "straße-ß", "straßeSs", "StraßeSs", "Straße Ss"),
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

  /// None is a lone letter, since `aBC` may be two words or three, and none begins with a digit.
  static let words = [
    "my", "My", "user", "Item", "HTTP", "PDFs", "IDs", "APIv2", "IPv4", "OAuth2", "iOS", "GitHub",
    "éa", "Über", "日本", "day", "boxes", "people", "status",
  ]

  static let others = ["-", "_", "__", ".", " ", "  ", "'", "(", "2nd", "42", "s", "B", "x9"]

  @Test("a filter changes nothing in what it has made", arguments: 0..<20)
  func idempotence(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for name in Filters.forms {
      let filter = try #require(Filters.form(name))
      // These leave no mark between words.
      let isRunTogether = name == "camel" || name == "pascal"
      let parts = FilterTests.words + (isRunTogether ? [] : FilterTests.others)
      for _ in 0..<50 {
        let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
          parts.randomElement(using: &generator) ?? ""
        }.joined(separator: isRunTogether ? "-" : "")
        let made = filter(text)
        #expect(filter(made) == made, "\(name) of \(text)")
      }
    }
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

  @Test(
    "a text is cut at the first place of another",
    arguments: [
      // text, mark, before, after
      ("POST /orders", " ", "POST", "/orders"),
      ("a b c", " ", "a", "b c"),
      ("a::b", "::", "a", "b"),
      ("a:::b", "::", "a", ":b"),
      (" a", " ", "", "a"),
      ("a ", " ", "a", ""),
      ("a", " ", "a", ""),
      ("", " ", "", ""),
      ("a", "ab", "a", ""),
      ("é = ü", " = ", "é", "ü"),
      // A mark is found byte by byte, where a combining sign follows it, too.
      ("a=\u{301}b", "=", "a", "\u{301}b"),
    ])
  func cutting(_ text: String, _ mark: String, _ before: String, _ after: String) {
    let scope = Scope(["VALUE": .text(text), "MARK": .text(mark)])
    let declarations = Declarations(["VALUE": .text, "MARK": .text])
    for (filter, expected) in [("before", before), ("after", after)] {
      let placeholder = "<<VALUE|\(filter)(MARK)>>"
      #expect(rendered(placeholder, declarations: declarations, scope: scope) == expected)
    }
    #expect(FilterTests.filtered(.list([.text(text)]), "after(\"\(mark)\")|join(\"\")") == after)
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
      ("<<AUTHOR|double>>", "1:10: “double” takes one argument, a text"),
      ("<<AUTHOR|double(\"\")>>", "1:17: “double” takes the characters to write twice"),
      ("<<AUTHOR|double(2)>>", "1:17: “double” takes a text, not a number"),
      (
        "<<CELERY|double(\"$\")>>", "1:10: “double” works on a text, and “CELERY” is a flag here"
      ),
      ("<<AUTHOR|before>>", "1:10: “before” takes one argument, a text"),
      ("<<AUTHOR|after(\"\")>>", "1:16: “after” takes the text to look for"),
      ("<<AUTHOR|after(2)>>", "1:16: “after” takes a text, not a number"),
      ("<<CELERY|before(\"$\")>>", "1:10: “before” works on a text, and “CELERY” is a flag here"),
      (
        "<<AUTHOR|json|before(\"a\")>>",
        "1:15: “before” would break what “json” quoted (put “before” before “json”)"
      ),
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
          + "title, plural, plus, pad, json, yaml, toml, python, shell, dotenv, markdown, double, before, "
          + "after, first, last, join;"
          + " “scaffold help filters” explains them)"
      ),
    ])
  func filtersThatDoNotFit(_ template: String, _ complaint: String) {
    #expect(complaints(template) == complaint)
  }
}
