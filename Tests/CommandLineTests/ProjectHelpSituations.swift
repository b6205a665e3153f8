extension HelpSituation {
  /// What a user of projects is told. A project of `./tiny` is made with its repository's index, so
  /// that git has what the layout wrote.
  static let ofProjects = [
    HelpSituation(
      "scaffold update", "name the directory of a project that scaffold has made",
      "scaffold new --layout ./tiny place && scaffold update place"),
    HelpSituation(
      "\(project); cd place/parts; scaffold diff", "the project is in “..”: name that directory",
      "cd place/parts && scaffold diff .."),
    HelpSituation(
      "\(project); scaffold update place -n --diff --format json", "leave one out",
      "scaffold update place -n --diff && scaffold update place -n --format json"),
    HelpSituation(
      "\(project); mv tiny elsewhere; scaffold update place", "name its folder with --layout",
      "scaffold update place --layout ./elsewhere"),
    HelpSituation(
      "\(project); cp -r tiny more; sed -i s/tiny/more/ more/layout.json;"
        + " scaffold update place --layout ./more",
      "“scaffold new ./more place” adds a layout to a project"),
    HelpSituation(
      "\(edited); scaffold update place --on-conflict fail",
      "nothing was written; --on-conflict markers, ours or theirs goes on",
      """
      cp -r place other && scaffold update place --on-conflict ours &&
        scaffold update other --on-conflict theirs
      """),
    HelpSituation(
      "\(edited); scaffold update place",
      "all else is updated; resolve these, or take it all back with “scaffold undo place”"),
    HelpSituation(
      "\(edited); scaffold update place 2> log; scaffold update place",
      "resolve them as you do after a merge: take the lines that are to stay, and the markers out",
      "echo mine > place/README.md && scaffold update place"),
    HelpSituation(
      "\(project); echo x >> place/README.md; scaffold diff place nothing",
      "“scaffold diff place --format paths” lists what was changed"),
    HelpSituation(
      "\(project); echo x >> place/README.md; PATH=/none $(command -v scaffold) diff place",
      "add --format paths", "[ \"$(scaffold diff place --format paths)\" = place/README.md ]"),
    HelpSituation(
      "\(project); PATH=/none $(command -v scaffold) update place -n --diff --port 9",
      "leave --diff out", "scaffold update place -n --port 9"),
    HelpSituation(
      """
      \(project); cd place; git config user.name x; git config user.email x@example.org
      {
        git commit --quiet --message new; git branch one; git checkout --quiet -b two
        scaffold update --port 9; git commit --quiet --all --message two
        git checkout --quiet one; scaffold update --size large
        git commit --quiet --all --message one; git merge two; git commit --quiet --all --message both
      } > ../log 2>&1
      scaffold update
      """, "say which: --set SIZE=large or --set SIZE=small",
      "scaffold update place --size large --port 9"),
    HelpSituation(
      "\(project); scaffold adopt --layout ./tiny place",
      "scaffold update brings it to this version, and gives it other answers; to adopt it anew,"
        + " remove .scaffold.json first",
      "scaffold update place && rm place/.scaffold.json && scaffold adopt --layout ./tiny place"),
    HelpSituation(
      "mkdir place; echo x > place/x; scaffold adopt --layout ./tiny place",
      "what is missing counts as removed by you, and no update makes it; another layout may fit"
        + " better, or other answers: “scaffold show ./tiny” lists them"),
    HelpSituation(
      "scaffold adopt --layout ./tiny place", "” makes a project in one"),
    HelpSituation(
      "mkdir place; scaffold adopt place",
      "“scaffold list” shows the layouts; then “--layout NAME”",
      "scaffold adopt --layout ./tiny place"),
    HelpSituation(
      "\(project); rm place/.scaffold.json; scaffold link --layout ./tiny place",
      "here it is “scaffold adopt --layout ./tiny place”"),
    HelpSituation(
      "\(project); scaffold undo place",
      "only the last change can be taken back, and only once",
      "scaffold update place --port 9 && scaffold undo place"),
    HelpSituation(
      "\(project); scaffold update place --port 9 > /dev/full",
      "the project is updated all the same; “scaffold undo place” takes it back"),
    HelpSituation(
      "scaffold check tiny", "name the layout that it is to be like with --layout",
      "cp -r tiny/base there && scaffold check there --layout ./tiny"),
    HelpSituation(
      "\(project); cd place/parts; scaffold check", "the project is in “..”: name that directory",
      "scaffold check place"),
    HelpSituation(
      "\(project); scaffold check palce", "name the directory of a project", "scaffold check place"),
    HelpSituation(
      "\(project); scaffold check place --layout ./tiny --port 9",
      "leave --port out; update changes the answers of a project",
      "scaffold check place --layout ./tiny && scaffold update place --port 9"),
    HelpSituation(
      "\(project); scaffold check place --set PORT=9", "name its layout with --layout",
      "rm place/.scaffold.json && scaffold check place --layout ./tiny --set PORT=9"),
    HelpSituation(
      "\(project); scaffold check place --dry-run",
      "without --fix nothing is written: leave it out", "scaffold check place"),
    HelpSituation(
      "\(project); scaffold check place --json", "here it is “--format json”",
      "scaffold check place --format json"),
    HelpSituation(
      "\(project); scaffold lint place", "here it is “scaffold check place”"),
    HelpSituation(
      "\(project); scaffold check - < /dev/null", "write one path a line",
      "echo place | scaffold check -"),
    HelpSituation(
      "\(project); printf 'place\\0place' | scaffold check -",
      "write one path a line, as find does with -print",
      "find . -maxdepth 1 -name place -print | scaffold check -"),
    HelpSituation(
      "\(project); scaffold check - <&-", "write the path of one project a line",
      "echo place | scaffold check -"),
    HelpSituation(
      "cp -r tiny/base there; mkdir there/odd; touch there/odd/$'\\xff';"
        + " scaffold check there --layout ./tiny", "nothing is told of what is not looked at",
      "rm -r there/odd; scaffold check there --layout ./tiny"),
    HelpSituation(
      """
      \(project); mkdir place/many; (cd place/many; seq 50001 | xargs touch)
      sed -i '2a "rules": [{"id":"a","that":"t","why":"w","each":"many/*","forbid":["x"]}],' \
        tiny/layout.json
      scaffold check place
      """, "--large takes 64 times the limits", "scaffold check place --large"),
  ]

  /// What a user of components is told. A project of `./pipe` has steps, one of which is the engine.
  static let ofComponents = [
    HelpSituation(
      "\(steps); scaffold add stp clean place",
      "did you mean “step”? the project has: step, zone", "scaffold add step clean place"),
    HelpSituation(
      "scaffold new --layout ./tiny place > log; scaffold add step clean place",
      "“scaffold list --components” shows which layouts have some"),
    HelpSituation(
      "\(steps); scaffold add step place", "“scaffold add --help” shows the usage",
      "scaffold add step clean place"),
    HelpSituation(
      "\(steps); scaffold add step clean place --steps load,clean",
      "leave it out; update takes whole lists", "scaffold add step clean place"),
    HelpSituation(
      "\(steps); scaffold add step clean,check place",
      "several are words of their own: clean check", "scaffold add step clean check place"),
    HelpSituation(
      "\(steps); scaffold add step clean place --before servr", "did you mean “serve”?",
      "scaffold add step clean place --before serve"),
    HelpSituation(
      "\(steps); scaffold add step clean place --at 1 --after load", "leave all but one out",
      "scaffold add step clean place --at 1"),
    HelpSituation(
      "\(steps); scaffold add zone north place",
      "“scaffold update place --size large” makes it so", "scaffold add zone north place"),
    HelpSituation(
      "\(steps); sed -i 's/SIZE == large/not (SIZE == small)/' pipe/layout.json;"
        + " scaffold update place > log; scaffold add zone north place",
      "“scaffold update place --help” lists the answers",
      "scaffold add zone north place --size large"),
    HelpSituation(
      "\(steps); echo >> pipe/base/README.md; scaffold add step clean place",
      "“scaffold update place” has it follow that first", "scaffold add step clean place"),
    HelpSituation(
      "\(steps); scaffold remove step serve place",
      "have another be that: --engine IDENTIFIER",
      "scaffold remove step serve place --engine load"),
    HelpSituation(
      "\(steps); scaffold update place --local load,serve > log;"
        + " scaffold remove step load place", "leave it out there: --local serve",
      "scaffold remove step load place --local serve"),
    HelpSituation(
      "\(steps); cp -r pipe more; mv more/base/README.md more/base/MORE;"
        + " sed -i 's/\"pipe\"/\"more\"/' more/layout.json;"
        + " scaffold new --layout ./more place > log; scaffold add step clean place",
      "say which is meant: --layout pipe",
      "scaffold add step clean place --layout ./pipe && scaffold add step clean place --layout more"
    ),
    HelpSituation(
      "\(steps); scaffold rm step load place", "here it is “scaffold remove step load place”"),
  ]

  private static let steps = #"""
    mkdir -p pipe/base; echo '<<STEPS|join(" ")>> <<ENGINE>>' > pipe/base/README.md
    printf '{ "name": "pipe", "summary": "s", "version": "1.0.0",
      "variables": [
        { "name": "STEPS", "kind": "list", "of": "identifier", "default": "load,serve" },
        { "name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>" },
        { "name": "LOCAL", "kind": "list", "of": "identifier", "in": "STEPS", "default": "" },
        { "name": "SIZE", "choices": ["small", "large"], "default": "small" },
        { "name": "ZONES", "kind": "list", "of": "name", "default": "", "when": "SIZE == large" }],
      "components": {
        "step": { "list": "STEPS", "before": "ENGINE" }, "zone": { "list": "ZONES" } },
      "layers": [{ "folder": "base" }] }' > pipe/layout.json
    scaffold new --layout ./pipe place > log
    """#

  private static let project = """
    scaffold new --layout ./tiny place > log; (cd place; git init --quiet; git add .) 2>> log
    """

  /// A project whose owner has edited what the layout changes as well.
  private static let edited = """
    \(project); echo mine > place/README.md; echo theirs > tiny/base/README.md
    """
}
