/// A fault in a layout, what help says of it, and the same place as the help has it.
struct LayoutHelpSituation {
  enum Place {
    /// The content of a file.
    case content
    /// A file's name.
    case name
    /// The whole of another file.
    case file
    /// More members of the manifest.
    case manifest
    case variable
    case layer
  }

  var place: Place
  var faulty: String
  var help: String
  var mended: String

  init(_ place: Place, _ faulty: String, _ help: String, _ mended: String) {
    self.place = place
    self.faulty = faulty
    self.help = help
    self.mended = mended
  }

  /// Writes the layout `./mine`, with `text` in the place.
  func write(_ text: String, _ shell: Shell) throws {
    _ = try shell.run("rm -rf mine; mkdir -p shared/parts && touch shared/parts/part")
    func at(_ place: Place) -> String { self.place == place ? text : "" }
    try shell.write(
      "mine/layout.json",
      """
      { "name": "mine", "summary": "Mine", "version": "1.0.0",
        "variables": [
          { "name": "NAME", "kind": "text", "default": "a" },
          { "name": "TIER", "choices": ["mvp", "full"], "default": "mvp" },
          { "name": "LEVEL", "choices": ["17", "18"], "default": "17" },
          { "name": "PORT", "kind": "port", "default": 1 },
          { "name": "STEPS", "kind": "list", "of": "identifier", "default": "one,two" },
          { "name": "PORTS", "kind": "list", "of": "port", "default": "1,2" },
          \(at(.variable)) ],
        "layers": [{ "folder": "base" }, \(at(.layer))],
        \(at(.manifest)) }
      """)
    try shell.write("mine/base/file", "x\(at(.content))x\n")
    try shell.write("mine/step/<<STEP>>.txt", "x\n")
    try shell.write("mine/fixed/other.txt", "x\n")
    try shell.write("mine/base/binary", "\0<<NAME>>\n")
    if place == .file { try shell.write("mine/base/whole", text) }
    if place == .name { try shell.write("mine/base/\(text)", "x\n") }
  }

  static let all = [
    // Directives.
    Self(
      .content, "<<@for step in STEPS>><<@end>>",
      "write <<@for ITEM in LIST>>, names of two characters or more, all capitals",
      "<<@for ITEM in STEPS>><<@end>>"),
    Self(
      .content, "<<@for STEP of STEPS>><<@end>>", "write <<@for STEP in LIST>>",
      "<<@for STEP in STEPS>><<@end>>"),
    Self(
      .content, "<<@for TIER in STEPS>><<@end>>", "give the item another name than “TIER”",
      "<<@for STEP in STEPS>><<@end>>"),
    Self(
      .content, "<<@for STEP in STPES>><<@end>>", "did you mean “STEPS”?",
      "<<@for STEP in STEPS>><<@end>>"),
    Self(
      .content, "<<@if NAME>>a<<@else\nb<<@end>>", "close it with >>",
      "<<@if NAME>>a<<@else>>b<<@end>>"),
    Self(
      .content, "<<@if NAME>>a<<@else if PORT > 1>>b<<@end>>", "write <<@elif …>>",
      "<<@if NAME>>a<<@elif PORT > 1>>b<<@end>>"),
    Self(.content, "<<@raw x>><<@end>>", "write <<@raw>>", "<<@raw>>x<<@end>>"),
    Self(.content, "<<@raw>>x", "close it with <<@end>>", "<<@raw>>x<<@end>>"),
    Self(.content, "<<@if NAME>>x", "close it with <<@end>>", "<<@if NAME>>x<<@end>>"),
    Self(.content, "<<@if NAME>>x<<@endif>>", "write <<@end>>", "<<@if NAME>>x<<@end>>"),
    Self(
      .content, "<< NAME >>",
      #"write <<NAME>>; if it is meant as text, write <<@"<< NAME >>">>"#, "<<NAME>>"),
    Self(.content, "<<@if>>x<<@end>>", "write <<@if NAME>>", "<<@if NAME>>x<<@end>>"),
    Self(.name, "<<@if NAME>>x<<@end>>", "put the condition on a layer of the layout", "x"),
    Self(
      .content, "<<@fit>>x<<@else>>y<<@end>>", "write <<@fit 88>>", "<<@fit 88>>x<<@else>>y<<@end>>"
    ),
    Self(
      .content, "<<@fit 88>>x<<@end>>",
      "write <<@fit …>> one form <<@else>> the other <<@end>>", "<<@fit 88>>x<<@else>>y<<@end>>"),
    // Roles.
    Self(
      .variable, #"{ "name": "ROLE", "kind": "identifier", "in": "STEPS", "default": "nine" }"#,
      "give one of them with --role IDENTIFIER",
      #"{ "name": "ROLE", "kind": "identifier", "in": "STEPS", "default": "two" }"#),
    Self(
      .variable, #"{ "name": "ROLE", "kind": "identifier", "in": "STEPS", "default": "tow" }"#,
      "did you mean “two”?",
      #"{ "name": "ROLE", "kind": "identifier", "in": "STEPS", "default": "two" }"#),
    Self(
      .variable, #"{ "name": "ONE", "kind": "identifier", "in": "STEPS", "default": "two" }"#,
      "give it another name, or the role: --one one",
      #"{ "name": "ONE", "kind": "identifier", "in": "STEPS", "default": "one" }"#),
    // Values.
    Self(
      .content, "<<EOF>>",
      #"declare it in layout.json; if it is meant as text, write <<@"<<EOF>>">>"#,
      #"<<@"<<EOF>>">>"#),
    Self(
      .content, "<<EOF>><<EOF>>",
      #"declare it in layout.json; if it is meant as text, write <<@"<<EOF>>">>"#
        + #"; for the whole file: "verbatim": ["file"]"#,
      #"<<@"<<EOF>>">><<@"<<EOF>>">>"#),
    Self(
      .variable, #"{ "name": "CODE", "kind": "text", "default": "a", "pattern": "(?=a)." }"#,
      "patterns are made of characters, “.”, classes such as [a-z0-9_]",
      #"{ "name": "CODE", "kind": "text", "default": "a", "pattern": "a|b" }"#),
    Self(.content, "<<TIRE>>", "did you mean “TIER”?", "<<TIER>>"),
    Self(.content, "<<NAME|snaek>>", "did you mean “snake”?", "<<NAME|snake>>"),
    Self(
      .content, "<<NAME|frobnicate>>",
      "the filters are snake, kebab, camel, pascal, upper, lower, title, plural, plus, pad, json,"
        + " yaml, toml, python, shell, dotenv, markdown, double, before, after, first, last, join;"
        + " “scaffold help filters” explains them", "<<NAME|upper>>"),
    Self(
      .content, "<<NAME|json|upper>>", "put “upper” before “json”", "<<NAME|upper|json>>"),
    Self(
      .content, "<<STEPS>>", #"join its items: “|join(", ")”, or loop over it with “<<@for …>>”"#,
      #"<<STEPS|join(", ")>>"#),
    Self(
      .content, #"<<STEPS|join("\x")>>"#, #"the escapes are \" \\ \n \t"#,
      #"<<STEPS|join("\n")>>"#),
    Self(.content, #"<<STEPS|join(", )>>"#, #"close it with ""#, #"<<STEPS|join(", ")>>"#),
    Self(
      .content, "<<@for PART in PORTS>><<PART_PREVIOUS|plus(1)>><<@end>>",
      "guard the placeholder with an “if”: what was not asked, and the item before the first, are empty",
      "<<@for PART in PORTS>><<@if not PART_FIRST>><<PART_PREVIOUS|plus(1)>><<@end>><<@end>>"),
    // Conditions.
    Self(.content, "<<@if PORT>>x<<@end>>", "compare it: “PORT > 0”", "<<@if PORT > 0>>x<<@end>>"),
    Self(
      .content, "<<@if TIER == mpv>>x<<@end>>", "did you mean “mvp”?",
      "<<@if TIER == mvp>>x<<@end>>"),
    Self(
      .content, "<<@if LEVEL == 17>>x<<@end>>", #"write "17""#, #"<<@if LEVEL == "17">>x<<@end>>"#),
    Self(
      .content, "<<@if STEPS == one>>x<<@end>>",
      "ask for an item of a list with “… in STEPS”", "<<@if one in STEPS>>x<<@end>>"),
    Self(
      .content, "<<@if NAME && TIER == mvp>>x<<@end>>", "write “and”",
      "<<@if NAME and TIER == mvp>>x<<@end>>"),
    Self(
      .content, "<<@if NAME || TIER == mvp>>x<<@end>>", "write “or”",
      "<<@if NAME or TIER == mvp>>x<<@end>>"),
    Self(.content, "<<@if !NAME>>x<<@end>>", "write “not”", "<<@if not NAME>>x<<@end>>"),
    Self(
      .content, "<<@if TIER = mvp>>x<<@end>>", "write “==”", "<<@if TIER == mvp>>x<<@end>>"),
    Self(
      .content, "<<@if TIER == 'mvp'>>x<<@end>>", #"strings stand between " quotes"#,
      #"<<@if TIER == "mvp">>x<<@end>>"#),
    Self(
      .content, "<<@if one not in STEPS>>x<<@end>>", "write “not A in B”",
      "<<@if not one in STEPS>>x<<@end>>"),
    Self(
      .content, "<<@if X>>x<<@end>>",
      "a name has at least two characters, all of them capitals, digits or “_”",
      "<<@if NAME>>x<<@end>>"),
    Self(
      .file, "#!/bin/sh\n", "give it the executable bit (chmod +x), or leave the line out", "x\n"),
    // The manifest.
    Self(
      .manifest, "", "if that is meant, name the file in “verbatim”", #""verbatim": ["binary"]"#),
    Self(
      .manifest, #""private": ["f<<NAME>>"]"#,
      "write the path as it stands in the layer: “file”", #""private": ["file"]"#),
    Self(
      .manifest, #""rename": { "file": "binary" }"#,
      "remove one of them, or what “rename” says of it", #""rename": { "file": "other" }"#),
    Self(.manifest, #""nots": {}"#, "did you mean “notes”?", #""notes": {}"#),
    Self(.manifest, #""zzzzzz": {}"#, "known keys: ", #""rename": {}"#),
    Self(
      .manifest, #""notes": { "fiel": "x" }"#,
      "write it as it stands in the layer, renamed; a directory ends with “/”",
      #""notes": { "file": "x" }"#),
    Self(
      .manifest, #""moved": { "base/file": "base/binary" }"#,
      "“moved” names what is there no more", #""moved": { "base/old": "base/binary" }"#),
    Self(
      .manifest, #""moved": { "base/old": "base/fiel" }"#,
      "write it as it stands there, the layer's folder first",
      #""moved": { "base/old": "base/file" }"#),
    Self(
      .manifest, #""moved": { "old": "base/file" }"#,
      "the layer's folder comes first: “base/old”", #""moved": { "base/old": "base/file" }"#),
    Self(
      .manifest, #""next": [["make", "just"]]"#,
      "say which program it “needs”, or make it the last",
      #""next": [[{ "run": "make", "needs": "make" }, "just"]]"#),
    Self(
      .manifest, #""next": [{ "run": "make", "needs": "bin/make" }]"#,
      "it is looked for in the path: “python3.14”, “uv”",
      #""next": [{ "run": "make", "needs": "make" }]"#),
    Self(
      .manifest, #""moved": { "base/old/": "base/file" }"#, "a folder ends with “/”",
      #""moved": { "base/old": "base/file" }"#),
    Self(
      .variable, #"{ "name": "OTHER", "kind": "zzzzzz", "default": "" }"#,
      "kinds: text, name, identifier, integer, port, flag, choice, choices, list;"
        + " “scaffold help variables” explains them",
      #"{ "name": "OTHER", "kind": "text", "default": "" }"#),
    Self(
      .variable, #"{ "name": "OTHER", "kind": "name", "default": "a", "reserved": ["x"] }"#,
      "sets: python-keywords, python-modules, python-libraries, python-builtin-classes;"
        + " “scaffold help variables” explains them",
      #"{ "name": "OTHER", "kind": "name", "default": "a", "reserved": ["python-keywords"] }"#),
    Self(
      .variable,
      #"{ "name": "OTHER", "kind": "list", "of": "name", "default": "a", "unique": ["x"] }"#,
      "filters: snake, kebab, camel, pascal, upper, lower, title, plural;"
        + " “scaffold help filters” explains them",
      #"{ "name": "OTHER", "kind": "list", "of": "name", "default": "a", "unique": ["snake"] }"#),
    Self(
      .layer, #"{ "folder": "step", "each": "STEP in STPES" }"#, "did you mean “STEPS”?",
      #"{ "folder": "step", "each": "STEP in STEPS" }"#),
    Self(
      .layer, #"{ "folder": "shared/parts" }"#,
      #"{ "shared": NAME } is a layer in the folder of that name beside the layout"#,
      #"{ "shared": "parts" }"#),
    Self(
      .layer, #"{ "folder": "fixed", "each": "STEP in STEPS" }"#,
      "a file of a layer with “each” needs the item in its path",
      #"{ "folder": "step", "each": "STEP in STEPS" }"#),
    // Rules.
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "require": ["/a"] }]"#,
      "paths begin at the top of the project",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "require": ["a"] }]"#),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "forbid": [".git/config"] }]"#,
      "what git keeps there is no part of a project",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "forbid": [".github/config"] }]"#),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "forbid": ["a**"] }]"#,
      "“**” is any number of whole folders; within a name “*” is any text",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "forbid": ["a*"] }]"#),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "remedy": "z" }]"#,
      "demands: require, forbid, numbers, match, refuse, lines, data;"
        + " “scaffold help rules” explains them",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "require": ["a"] }]"#),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.json"], "data": [{ "at": "a" }] }]"#,
      "demands: exists, has, lacks, match, refuse, any, path;"
        + " “scaffold help rules” explains them",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.json"], "data": [{ "at": "a", "exists": true }] }]"#
    ),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.txt"], "data": [{ "at": "a", "exists": true }] }]"#,
      "“format” does: ",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.txt"], "data": [{ "at": "a", "format": "yaml", "exists": true }] }]"#
    ),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.txt"], "data": [{ "at": "a", "format": "ymal", "exists": true }] }]"#,
      "formats: ",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "files": ["a.txt"], "data": [{ "at": "a", "format": "yaml", "exists": true }] }]"#
    ),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "require": ["{NAME}.py"] }]"#,
      "“each” finds paths, and takes parts of their names under names",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "each": "{NAME}.sh", "require": ["{NAME}.py"] }]"#
    ),
    Self(
      .manifest,
      #""rules": [{ "id": "a", "that": "x", "why": "y", "each": "{NAME}-{OTHER}.sh", "captures": { "ZZZZZZ": "a" }, "require": ["a"] }]"#,
      "captures: ",
      #""rules": [{ "id": "a", "that": "x", "why": "y", "each": "{NAME}-{OTHER}.sh", "captures": { "OTHER": "a" }, "require": ["a"] }]"#
    ),
  ]
}
