/// A situation in which the program says what to do next, and what comes of doing it.
struct HelpSituation {
  /// For `bash`, in a directory with the layouts `./tiny`, which needs nothing, and `./need`, which
  /// needs answers. Only its standard error counts.
  var command: String
  /// What `help:` says, or a part of it.
  var help: String
  /// What the help has one do; nil where all of it are the commands that it names, each between “ ”:
  /// those are run anyway.
  var follow: String?

  init(_ command: String, _ help: String, _ follow: String? = nil) {
    self.command = command
    self.help = help
    self.follow = follow
  }
}

extension HelpSituation {
  static let all = ofUse + ofProjects + ofComponents

  /// What a user of layouts is told.
  static let ofUse = [
    HelpSituation("scaffold nwe", "did you mean “new”? “scaffold help”", "scaffold new --help"),
    HelpSituation("scaffold --verison", "did you mean “--version”?", "scaffold --version"),
    HelpSituation("scaffold -v", "here it is “--version”; “scaffold help” lists the options"),
    HelpSituation(
      "scaffold help nwe", "did you mean “scaffold help new”? “scaffold help” lists them"),
    HelpSituation("scaffold help layuots", "did you mean “scaffold help layouts”?"),
    HelpSituation("scaffold help create", "did you mean “scaffold help new”?"),
    HelpSituation("scaffold help nonsense", "“scaffold help” lists them"),
    HelpSituation(
      "scaffold help tiered",
      "it is a layout: “scaffold show tiered” describes it,"
        + " “scaffold help new tiered” has its options"),
    HelpSituation(
      "mkdir empty; scaffold show ./empty",
      "“scaffold list” shows the built-in layouts, “scaffold help layouts” tells what one is"),
    HelpSituation("scaffold help filters snake", "“scaffold help filters” is all of it"),
    HelpSituation(
      "scaffold help new --man",
      "“scaffold help --man” has all commands; “scaffold help new” explains this one"),
    HelpSituation(
      "scaffold help --man filters",
      "“scaffold help --man layout” has all of the format; “scaffold help filters” is that part"),
    HelpSituation(
      "scaffold help --man nonsense",
      "“scaffold help --man” is that of the program, “scaffold help --man layout” that of the"
        + " format of layouts"),
    HelpSituation(
      "scaffold help --man layout program", "one page is written at a time",
      "scaffold help --man layout"),
    HelpSituation(
      "scaffold --layout ./tiny new shop",
      "its options stand behind it: “scaffold new --layout ./tiny shop”"),
    HelpSituation(
      "scaffold new ./tiny place > log; rm place/.scaffold.json; scaffold adopt ./tiny place",
      "here it is “scaffold adopt --layout ./tiny place”"),
    HelpSituation("scaffold --list", "here it is “scaffold list”; “scaffold help”"),
    HelpSituation("scaffold man > log", "here it is “scaffold help --man”; “scaffold help” lists"),
    HelpSituation(
      "scaffold new teired",
      "did you mean the layout “tiered”? “scaffold list” shows the layouts; then"
        + " “scaffold new LAYOUT teired”", "scaffold new tiered shop"),
    HelpSituation(
      "scaffold new ./tiny shop --layout ./tiny", "leave one of them out",
      "scaffold new ./tiny shop"),
    HelpSituation(
      "scaffold new gh:owner/name shop",
      "get it with git, then name the folder that its layout.json is in",
      "scaffold new ./tiny shop"),
    HelpSituation(
      "scaffold new staged-docker shop --runners --no-runners", "give one",
      "scaffold new staged-docker shop --runners"),
    HelpSituation("scaffold ls", "here it is “scaffold list”; “scaffold help” lists"),
    HelpSituation("scaffold completion zsh", "here it is “scaffold completions zsh”"),
    HelpSituation(
      "scaffold completions bsh", "did you mean “bash”? there are some for bash, zsh, fish",
      "scaffold completions bash"),
    HelpSituation(
      "scaffold completions powershell", "there are some for bash, zsh, fish",
      "scaffold completions fish"),
    HelpSituation("scaffold version", "here it is “scaffold --version”"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; scaffold upgrade place",
      "here it is “scaffold update place”"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; scaffold status place",
      "here it is “scaffold diff place”"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; scaffold update place --port 9 >> log;"
        + " scaffold rollback place", "here it is “scaffold undo place”"),
    HelpSituation(
      "scaffold create --layout ./tiny 'two words'",
      "here it is “scaffold new --layout ./tiny 'two words'”"),
    HelpSituation("scaffold describe ./tiny", "here it is “scaffold show ./tiny”"),
    HelpSituation(
      "scaffold ./tiny place",
      "“scaffold new ./tiny place” makes a project from this layout"),
    HelpSituation("scaffold new tiered", "“scaffold new tiered --help” shows the usage"),
    HelpSituation(
      "scaffold new --tier core place",
      "“scaffold new tiered --tier core place” names the layout that has such options"),
    HelpSituation(
      "scaffold new place",
      "“scaffold list” shows the layouts; then “scaffold new LAYOUT place”"),
    HelpSituation(
      "scaffold new place tiered",
      "the layout comes before the directory: “scaffold new tiered place”"),
    HelpSituation(
      "scaffold new tierd place", "did you mean “tiered”? “scaffold list” shows the layouts",
      "scaffold new tiered place"),
    HelpSituation(
      "scaffold new --project-name x place", "; --project-name: ops-k8s, ",
      "scaffold new --layout tiered --project-name x place"),
    HelpSituation(
      "scaffold new --layout", "“scaffold new --help” lists the options",
      "scaffold new --layout tiered place"),
    HelpSituation(
      "scaffold new --layout ./tiny", "“scaffold new ./tiny --help” shows the usage",
      "scaffold new --layout ./tiny place"),
    HelpSituation(
      "scaffold new --layout ./tiny a b", "“scaffold new ./tiny --help” shows the usage"),
    HelpSituation(
      "scaffold new --layuot ./tiny place", "did you mean “--layout”?",
      "scaffold new --layout ./tiny place"),
    HelpSituation(
      "scaffold new --layout ./tiny --template x place",
      "here it is the first word, “scaffold new LAYOUT DIRECTORY”, or “--layout NAME”"),
    HelpSituation(
      "mkdir place; echo x > place/README.md; scaffold new --layout ./tiny --force place",
      "here it is “--on-conflict replace”",
      "scaffold new --layout ./tiny --on-conflict replace place"),
    HelpSituation(
      "scaffold new --layout ./tiny --skip-if-exists place", "here it is “--on-conflict keep”",
      "scaffold new --layout ./tiny --on-conflict keep place"),
    HelpSituation(
      "scaffold new --layout ./tiny --output place",
      "here it is the last word, without an option: “scaffold new LAYOUT DIRECTORY”"),
    HelpSituation(
      """
      scaffold new --layout tiered --tier core --models item,cat one > /dev/null
      scaffold new --answers one/.scaffold.json --migrations cat,item place
      """, "what has come stays where it is: --migrations 'item,cat,…'; an empty list begins anew",
      """
      scaffold new --answers one/.scaffold.json --migrations item,cat,own a &&
        scaffold new --answers one/.scaffold.json --migrations '' b
      """),
    HelpSituation(
      "scaffold new --layout ./tiny --pretend place", "here it is “--dry-run”",
      "scaffold new --layout ./tiny --dry-run place"),
    HelpSituation(
      "scaffold new --layout ./tiny --json place", "here it is “--format json”",
      "scaffold new --layout ./tiny --dry-run --format json place"),
    HelpSituation(
      "scaffold new --layout ./tiny --yes place", "here it is “--defaults”; “scaffold new",
      "scaffold new --layout ./tiny --defaults place"),
    HelpSituation(
      "scaffold new --layout ./tiny -d PORT=1 place", "here it is “--set NAME=VALUE”",
      "scaffold new --layout ./tiny --set PORT=1 place"),
    HelpSituation(
      "echo '{}' > a; scaffold new --layout ./tiny --data-file a place",
      "here it is “--answers FILE”", "scaffold new --layout ./tiny --answers a place"),
    HelpSituation("scaffold new --layout ./tiny --version", "here it is “scaffold --version”"),
    HelpSituation(
      "scaffold new --layout ./tiny —dry-run place",
      "did you mean “--dry-run”? for a file or a directory of that name write './—dry-run'",
      """
      scaffold new --layout ./tiny --dry-run place &&
        scaffold new --layout ./tiny --project-name x './—dry-run'
      """),
    HelpSituation(
      "scaffold new --layout ./tiny --logs false",
      "write --logs=false or --no-logs; a DIRECTORY of that name is “./false”",
      """
      scaffold new --layout ./tiny --logs=false a && scaffold new --layout ./tiny --no-logs b &&
        scaffold new --layout ./tiny --project-name x --logs ./false
      """),
    HelpSituation(
      "scaffold new --layout ./tiny --logs yes place", "write --logs=true or --logs",
      "scaffold new --layout ./tiny --logs=true a && scaffold new --layout ./tiny --logs b"),
    HelpSituation(
      "scaffold new --layout ./tiny --no-logs yes place", "write --no-logs or --logs",
      "scaffold new --layout ./tiny --no-logs a && scaffold new --layout ./tiny --logs b"),
    HelpSituation(
      "scaffold new --layout ./tiny --dry-run true", "write --dry-run alone, or leave it out",
      "scaffold new --layout ./tiny --dry-run a && scaffold new --layout ./tiny a"),
    HelpSituation(
      "scaffold new --layout ./need --author -x place",
      "if it is the value, write --author=-x",
      "scaffold new --layout ./need --author=-x --docker place"),
    HelpSituation(
      "scaffold new --layout ./tiny --port 1 --port 2 place", "give it once",
      "scaffold new --layout ./tiny --port 2 place"),
    HelpSituation(
      "scaffold new --layout ./tiny --set PORT=1 --port 2 place", "give it once",
      "scaffold new --layout ./tiny --port 2 place"),
    HelpSituation(
      "scaffold new --layout ./tiny --on-conflict kep place", "did you mean “keep”?",
      "scaffold new --layout ./tiny --on-conflict keep place"),
    HelpSituation(
      "scaffold new --layout ./tiny --quiet --verbose place", "leave one out",
      "scaffold new --layout ./tiny --quiet a && scaffold new --layout ./tiny --verbose b"),
    HelpSituation(
      "scaffold new --layout ./tiny --diff --show README.md place", "leave one out",
      "scaffold new --layout ./tiny --diff a && scaffold new --layout ./tiny --show README.md a"),
    HelpSituation(
      "mkdir place; echo x > place/README.md; scaffold new --layout ./tiny --on-conflict ask place",
      "elsewhere --on-conflict keep or replace goes on",
      "scaffold new --layout ./tiny --on-conflict keep place"),
    HelpSituation(
      "scaffold new --layout ./tiny --depth all place",
      "--depth 1 draws what the directory itself has",
      "scaffold new --layout ./tiny --depth 1 place"),
    HelpSituation(
      "scaffold new --layout ./tiny --depth 1 --diff place", "leave --depth out",
      "scaffold new --layout ./tiny --diff place"),
    HelpSituation(
      "scaffold new --layout ./tiny --show core.txt place", "did you mean “parts/core.txt”?",
      "scaffold new --layout ./tiny --show parts/core.txt place"),
    HelpSituation(
      "scaffold new --layout ./tiny --show parts place", "in it are: parts/core.txt",
      "scaffold new --layout ./tiny --show parts/core.txt place"),
    HelpSituation(
      "scaffold new --layout ./tiny --show nowhere/at/all place",
      "--dry-run --format paths lists the paths",
      "scaffold new --layout ./tiny --dry-run --format paths place"),
    HelpSituation(
      "scaffold show --tier tiered ./tiny", "name it before all options", "scaffold show ./tiny"),
    HelpSituation(
      "scaffold show tiered --tree --format text", "leave one out",
      "scaffold show tiered --tree && scaffold show tiered --format text"),
    HelpSituation(
      "scaffold new --layout tierd place",
      "did you mean “tiered”? “scaffold list” shows the layouts; a layout in a folder is named with",
      "scaffold new --layout tiered place"),
    HelpSituation(
      "scaffold new --layout tiny place",
      "“scaffold list” shows the layouts; a layout in a folder is named with a “/”, as in “./tiny”",
      "scaffold new --layout ./tiny place"),
    HelpSituation("scaffold show ./none", "“scaffold list” shows the built-in layouts"),
    HelpSituation(
      "mkdir none; scaffold show ./none", "“scaffold list” shows the built-in layouts"),
    HelpSituation(
      "scaffold new --layout ./tiny --set PROT=1 place",
      "did you mean “PORT”? “scaffold show ./tiny” lists the variables",
      "scaffold new --layout ./tiny --set PORT=1 place"),
    HelpSituation(
      "scaffold new --layout ./tiny --set PORT place", "“scaffold show ./tiny” lists the variables"),
    HelpSituation(
      "echo 'PORT: 1' > a; scaffold new --layout ./tiny --answers a place",
      #"answers are written as { "PROJECT_NAME": "demo" }"#,
      #"echo '{ "PROJECT_NAME": "demo" }' > a; scaffold new --layout ./tiny --answers a place"#),
    HelpSituation(
      "echo '{}' > a; HOME=$PWD scaffold new --layout ./tiny --answers='~/a' place",
      "the shell has left “~” as it is; write --answers and the file as two words",
      "HOME=$PWD; scaffold new --layout ./tiny --answers ~/a place"),
    HelpSituation(
      "scaffold new --layout ./tiny --answers /dev/zero place",
      "a file of answers has at most 16 MiB"),
    HelpSituation(
      """
      scaffold new --layout ./tiny a > log; mv tiny other; scaffold new --answers a/.scaffold.json b
      """,
      "name it with --layout; “scaffold list” shows the built-in layouts",
      "scaffold new --layout ./other --answers a/.scaffold.json b"),
    HelpSituation("scaffold new --layout ./tiny ''", "“.” is the current directory"),
    HelpSituation(
      "touch file; scaffold new --layout ./tiny file", "choose another directory",
      "scaffold new --layout ./tiny place"),
    HelpSituation(
      "mkdir real; ln -s real link; scaffold new --layout ./tiny link",
      "name the directory that it leads to", "scaffold new --layout ./tiny real"),
    HelpSituation(
      "HOME=$PWD scaffold new --layout ./tiny --project-name x '~/place'",
      "a shell replaces “~” where it is not quoted; write $HOME in its place",
      "HOME=$PWD; scaffold new --layout ./tiny \"$HOME/place\""),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; scaffold new --layout ./tiny --port 9 place",
      "“scaffold update place --port 9” gives it these answers, “scaffold check place” tells what it"
        + " lacks; a second one goes to another directory",
      "scaffold new --layout ./tiny --port 9 other"),
    HelpSituation(
      "scaffold new --layout staged-docker 'my place' > log;"
        + " scaffold new --layout staged-docker --steps 'a,b' --no-runners 'my place'",
      "“scaffold add 'my place' --help” says how it grows, “scaffold check 'my place'” tells"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; echo more >> tiny/base/README.md;"
        + " scaffold new --layout ./tiny place",
      "“scaffold update place” has it follow the layout, “scaffold check place”"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; sed -i s/tiny/other/ tiny/layout.json;"
        + " echo more >> tiny/base/README.md; scaffold new --layout ./tiny place",
      "--on-conflict keep leaves with another layout what belongs to it",
      "scaffold new --layout ./tiny --on-conflict keep place"),
    HelpSituation(
      #"echo '{"version": 9, "layouts": []}' > r; scaffold new --answers r place"#,
      "a newer scaffold wrote this: install that one", "scaffold new --layout ./tiny place"),
    HelpSituation(
      #"echo '{"version": 0, "layouts": []}' > r; scaffold new --answers r place"#,
      "versions begin with 1", "scaffold new --layout ./tiny place"),
    HelpSituation(
      "mkdir place; echo x > place/run.sh; scaffold new --layout ./tiny place",
      "nothing was written; --on-conflict keep leaves such files, --on-conflict replace replaces them",
      """
      cp -r place other && scaffold new --layout ./tiny --on-conflict keep place &&
        scaffold new --layout ./tiny --on-conflict replace other
      """),
    HelpSituation(
      "mkdir -p place/run.sh; scaffold new --layout ./tiny --on-conflict keep place",
      "what is not a file where one must be, or no directory, is yours to move away",
      "mv place/run.sh . && scaffold new --layout ./tiny place"),
    HelpSituation(
      "(ulimit -f 0; exec scaffold new --layout ./tiny place 2>&1) | cat >&2",
      "nothing was changed",
      "scaffold new --layout ./tiny place"),
    HelpSituation(
      "scaffold new --layout ./tiny place > /dev/full",
      "the project is made all the same, and complete, in “place”", "cat place/.scaffold.json"),
    HelpSituation(
      "scaffold new --layout ./clash place",
      "give another value with --name; “refuse” in layout.json keeps values out",
      "scaffold new --layout ./clash --name b place"),
    HelpSituation(
      "scaffold new --layout ./clash --name b --items fooBar,foo_bar place",
      "give items with --items that differ in this form too; in layout.json, \"unique\": [\"snake\"] asks for that",
      "scaffold new --layout ./clash --name b --items foo,bar place"),
    // Values.
    HelpSituation(
      "scaffold new --layout ./tiny --logs=yes place", "“true” would do",
      "scaffold new --layout ./tiny --logs=true place"),
    HelpSituation(
      "scaffold new --layout ./tiny --size lrge place", "did you mean “large”?",
      "scaffold new --layout ./tiny --size large place"),
    HelpSituation(
      "scaffold new --layout ./tiny --parts 'a b' place", "“a_b” would do",
      "scaffold new --layout ./tiny --parts a_b place"),
    HelpSituation(
      #"scaffold new --layout ./tiny --parts '["a","b"]' place"#,
      #"commas between them, as in “a,b”; “\,” is a comma in an item"#,
      "scaffold new --layout ./tiny --parts a,b place"),
    HelpSituation(
      "scaffold new --layout ./tiny no", "give one with --project-name no-app",
      "scaffold new --layout ./tiny --project-name no-app no"),
    HelpSituation(
      "scaffold new --layout ./need --docker place", "give it with --author TEXT",
      "scaffold new --layout ./need --docker --author TEXT place"),
    HelpSituation(
      "scaffold new --layout ./need --author x place", "give it with --docker or --no-docker",
      """
      scaffold new --layout ./need --author x --docker a &&
        scaffold new --layout ./need --author x --no-docker b
      """),
    HelpSituation(
      "scaffold new --layout ./need --author x --no-docker --tag a place", "it is for: DOCKER",
      "scaffold new --layout ./need --author x --docker --tag a place"),
  ]
}
