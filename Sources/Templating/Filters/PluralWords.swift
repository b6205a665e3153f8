/// The words whose plural follows no rule of `Plurals`, all in small letters.
enum PluralWords {
  struct Pair {
    let singular: String
    let plural: String

    init(_ singular: String, _ plural: String) {
      self.singular = singular
      self.plural = plural
    }
  }

  /// The pair of which the word has the asked form: `people` as a plural gives person and people.
  /// A compound has the form of its last part, as `salespeople` does.
  static func irregular(_ word: String, _ form: (Pair) -> String) -> Pair? {
    for pair in whole where form(pair) == word { return pair }
    for pair in last where word.hasSuffix(form(pair)) {
      return isException(word, to: pair) ? nil : pair
    }
    return nil
  }

  /// Words that are their own plural, or have none.
  static func isUnchanged(_ word: String) -> Bool {
    unchanged.contains(word) || unchangedEndings.contains { word.hasSuffix($0) }
  }

  /// Whether a word that ends in `s` is a singular: `class`, `status`, `basis`, `alias`.
  static func isSingularInS(_ word: String) -> Bool {
    word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is")
      || singularsInS.contains(word)
  }

  /// Whether a stem before `es` belongs to a word in `se`: `house`, `cause`, `promise`.
  static func endsInSE(_ stem: String) -> Bool {
    stem.hasSuffix("ous") || stem.hasSuffix("aus") || stem.hasSuffix("is") && stem != "iris"
      || stemsInUse.contains(stem)
  }

  /// Whether a stem before `es` belongs to a word in `sis`: `analysis`.
  static func isSisStem(_ stem: String) -> Bool { stemsInSis.contains { stem.hasSuffix($0) } }

  /// Whether a stem before `es` belongs to a word in `che`: `cache`.
  static func endsInCHE(_ stem: String) -> Bool { stemsInCHE.contains(stem) }

  /// Whether a stem before `ies` belongs to a word in `ie`: `movie`.
  static func endsInIE(_ stem: String) -> Bool { stemsInIE.contains(stem) }

  /// Only the word as a whole. The second form of a plural stands behind the first one.
  private static let whole: [Pair] = [
    Pair("ox", "oxen"), Pair("elf", "elves"), Pair("self", "selves"), Pair("axis", "axes"),
    Pair("foot", "feet"), Pair("tooth", "teeth"), Pair("goose", "geese"), Pair("mouse", "mice"),
    Pair("datum", "data"), Pair("medium", "media"), Pair("echo", "echoes"), Pair("veto", "vetoes"),
    Pair("torpedo", "torpedoes"), Pair("embargo", "embargoes"), Pair("cargo", "cargoes"),
    Pair("index", "indexes"), Pair("index", "indices"), Pair("appendix", "appendices"),
    Pair("cactus", "cacti"), Pair("radius", "radii"), Pair("nucleus", "nuclei"),
    Pair("alumnus", "alumni"), Pair("fungus", "fungi"), Pair("stimulus", "stimuli"),
    Pair("syllabus", "syllabi"), Pair("formula", "formulas"), Pair("formula", "formulae"),
    Pair("schema", "schemas"), Pair("schema", "schemata"), Pair("bacterium", "bacteria"),
    Pair("curriculum", "curricula"), Pair("memorandum", "memoranda"), Pair("erratum", "errata"),
    Pair("menu", "menus"), Pair("submenu", "submenus"), Pair("cpu", "cpus"), Pair("gpu", "gpus"),
    Pair("tpu", "tpus"), Pair("guru", "gurus"), Pair("emu", "emus"), Pair("api", "apis"),
    Pair("kpi", "kpis"), Pair("uri", "uris"), Pair("gui", "guis"), Pair("cli", "clis"),
    Pair("ui", "uis"), Pair("wiki", "wikis"), Pair("taxi", "taxis"), Pair("ski", "skis"),
    Pair("emoji", "emojis"), Pair("poi", "pois"), Pair("bikini", "bikinis"),
    Pair("alibi", "alibis"), Pair("rabbi", "rabbis"), Pair("kiwi", "kiwis"),
    Pair("leaf", "leaves"), Pair("calf", "calves"), Pair("hoof", "hooves"),
    Pair("scarf", "scarves"), Pair("dwarf", "dwarves"),
  ]

  /// The word, or the last part of one: `bookshelf`.
  private static let last: [Pair] = [
    Pair("person", "people"), Pair("child", "children"), Pair("man", "men"),
    Pair("criterion", "criteria"), Pair("phenomenon", "phenomena"), Pair("matrix", "matrices"),
    Pair("vertex", "vertices"), Pair("quiz", "quizzes"), Pair("knife", "knives"),
    Pair("life", "lives"), Pair("wife", "wives"), Pair("half", "halves"),
    Pair("shelf", "shelves"), Pair("wolf", "wolves"), Pair("thief", "thieves"),
    Pair("loaf", "loaves"), Pair("hero", "heroes"), Pair("potato", "potatoes"),
    Pair("tomato", "tomatoes"), Pair("stomach", "stomachs"), Pair("epoch", "epochs"),
    Pair("monarch", "monarchs"), Pair("patriarch", "patriarchs"), Pair("eunuch", "eunuchs"),
    Pair("tech", "techs"),
  ]

  /// Whether the word only happens to end as one of the pair does: `human`, `specimen`, `olives`.
  private static func isException(_ word: String, to pair: Pair) -> Bool {
    switch pair.singular {
    case "man": likeMan.contains(word)
    case "life": word.hasSuffix("olives")
    default: false
    }
  }

  private static let likeMan: [String] = [
    "human", "superhuman", "german", "roman", "norman", "ottoman", "shaman", "talisman", "caiman",
    "abdomen", "acumen", "albumen", "amen", "bitumen", "cyclamen", "lumen", "omen", "ramen",
    "regimen", "semen", "specimen", "stamen", "yemen",
  ]

  private static let unchanged: [String] = [
    "sheep", "deer", "moose", "bison", "salmon", "trout", "shrimp", "offspring", "series",
    "species", "news", "media", "information", "equipment", "feedback", "staff", "money", "rice",
    "police", "chassis", "corps", "headquarters", "kudos", "means", "scissors", "analytics",
    "physics", "mathematics", "economics", "politics", "electronics", "logistics", "robotics",
  ]

  private static let unchangedEndings: [String] = [
    "fish", "data", "craft", "software", "hardware", "firmware", "middleware", "malware",
  ]

  private static let singularsInS: [String] = [
    "alias", "atlas", "bias", "canvas", "pancreas", "christmas", "gas", "lens", "chaos", "cosmos",
    "ethos", "thermos", "rhinoceros", "as", "os", "ios", "macos", "dos", "pos", "sms", "mms",
    "gps", "dns", "css", "tls", "cms", "lms", "dbms", "aws", "sns", "sqs", "js", "yes",
  ]

  private static let stemsInUse: [String] = [
    "us", "abus", "accus", "amus", "defus", "diffus", "excus", "fus", "misus", "mus", "refus",
    "reus", "rus",
  ]

  private static let stemsInCHE: [String] = [
    "ach", "avalanch", "cach", "headach", "moustach", "nich", "pastich", "psych", "quich",
  ]

  private static let stemsInSis: [String] = [
    "alys", "thes", "gnos", "cris", "oas", "ellips", "emphas", "synops", "neuros", "psychos",
    "symbios", "osmos", "metamorphos", "genes", "nemes", "cathars", "hypnos",
  ]

  private static let stemsInIE: [String] = [
    "aunt", "bird", "book", "brown", "calor", "cook", "d", "food", "gen", "goal", "hood", "ind",
    "junk", "l", "mov", "newb", "p", "pix", "prair", "rook", "self", "smooth", "sort", "t", "zomb",
  ]
}
