import Testing

@testable import Templating

/// Plurals, and the singulars that they are of.
@Suite struct PluralTests {
  /// Each gives the other.
  static let pairs: [(String, String)] = [
    ("category", "categories"), ("box", "boxes"), ("bus", "buses"), ("day", "days"),
    ("person", "people"), ("salesperson", "salespeople"), ("item", "items"),
    ("status", "statuses"), ("class", "classes"), ("address", "addresses"),
    ("branch", "branches"), ("cache", "caches"), ("match", "matches"), ("tech", "techs"),
    ("selfie", "selfies"), ("tie", "ties"),
    ("fintech", "fintechs"), ("dish", "dishes"), ("quiz", "quizzes"), ("size", "sizes"),
    ("buzz", "buzzes"), ("analysis", "analyses"), ("hypothesis", "hypotheses"),
    ("diagnosis", "diagnoses"), ("crisis", "crises"), ("base", "bases"),
    ("database", "databases"), ("purchase", "purchases"), ("house", "houses"),
    ("cause", "causes"), ("use", "uses"), ("promise", "promises"), ("purpose", "purposes"),
    ("response", "responses"), ("license", "licenses"), ("alias", "aliases"), ("iris", "irises"),
    ("lens", "lenses"), ("gas", "gases"), ("canvas", "canvases"), ("sms", "smses"),
    ("child", "children"), ("grandchild", "grandchildren"), ("man", "men"), ("woman", "women"),
    ("policeman", "policemen"), ("human", "humans"), ("specimen", "specimens"),
    ("leaf", "leaves"), ("shelf", "shelves"), ("bookshelf", "bookshelves"), ("knife", "knives"),
    ("midwife", "midwives"), ("curve", "curves"), ("archive", "archives"), ("olive", "olives"),
    ("proof", "proofs"), ("hero", "heroes"), ("superhero", "superheroes"), ("photo", "photos"),
    ("shoe", "shoes"), ("echo", "echoes"), ("movie", "movies"), ("cookie", "cookies"),
    ("reply", "replies"), ("query", "queries"), ("soliloquy", "soliloquies"), ("key", "keys"),
    ("matrix", "matrices"), ("vertex", "vertices"), ("index", "indexes"), ("axis", "axes"),
    ("datum", "data"), ("criterion", "criteria"), ("mouse", "mice"), ("foot", "feet"),
    ("menu", "menus"), ("api", "apis"), ("cpu", "cpus"), ("url", "urls"), ("pdf", "pdfs"),
    ("metric", "metrics"), ("setting", "settings"), ("order", "orders"), ("user", "users"),
    ("schema", "schemas"), ("formula", "formulas"), ("octopus", "octopuses"),
    ("virus", "viruses"), ("stomach", "stomachs"), ("chief", "chiefs"), ("y", "ys"),
  ]

  /// With words before it, in other cases, and with marks around it.
  static let phrases: [(String, String)] = [
    ("user_category", "user_categories"), ("UserCategory", "UserCategories"),
    ("SalesPerson", "SalesPeople"), ("salesPerson", "salesPeople"), ("CATEGORY", "CATEGORIES"),
    ("Person", "People"), ("PERSON", "PEOPLE"), ("order item", "order items"),
    ("order_item", "order_items"), ("userID", "userIDs"), ("USER_ID", "USER_IDS"),
    ("TaxID (old)", "TaxID (olds)"), ("été", "étés"), ("knowledge-base", "knowledge-bases"),
  ]

  @Test("a word has a plural, and that plural this singular", arguments: pairs + phrases)
  func roundTrip(_ singular: String, _ plural: String) {
    #expect(Plurals.plural(singular) == plural)
    if plural != "data" { #expect(Plurals.singular(of: plural) == singular) }
    #expect(Plurals.singular(of: singular) == nil)
  }

  @Test("the plural of a plural is itself", arguments: pairs + phrases)
  func pluralsStay(_ singular: String, _ plural: String) {
    #expect(Plurals.plural(plural) == plural)
  }

  @Test(
    "what has several plurals is known by each",
    arguments: [
      ("indices", "index"), ("appendices", "appendix"), ("formulae", "formula"),
      ("radii", "radius"), ("schemata", "schema"), ("curricula", "curriculum"), ("PDFs", "PDF"),
      ("iOSApps", "iOSApp"), ("APIs", "API"),
    ])
  func otherPlurals(_ plural: String, _ singular: String) {
    #expect(Plurals.singular(of: plural) == singular)
    #expect(Plurals.plural(plural) == plural)
  }

  @Test(
    "a word that is its own plural, or has none, is no plural of another",
    arguments: [
      "series", "species", "news", "data", "metadata", "media", "chassis", "fish", "goldfish",
      "spacecraft", "software", "information", "staff", "analytics", "item2", "", "---",
    ])
  func unchanged(_ word: String) {
    #expect(Plurals.plural(word) == word)
    #expect(Plurals.singular(of: word) == nil)
  }
}
