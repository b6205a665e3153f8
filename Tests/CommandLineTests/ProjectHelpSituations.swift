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
      "\(project); scaffold update place --format json", "add --dry-run, or leave it out",
      "scaffold update place --dry-run --format json && scaffold update place"),
    HelpSituation(
      "\(project); scaffold update place -n --diff --format json", "leave one out",
      "scaffold update place -n --diff && scaffold update place -n --format json"),
    HelpSituation(
      "\(project); mv tiny elsewhere; scaffold update place", "name its folder with --layout",
      "scaffold update place --layout ./elsewhere"),
    HelpSituation(
      "\(project); cp -r tiny more; sed -i s/tiny/more/ more/layout.json;"
        + " scaffold update place --layout ./more",
      "“scaffold new --layout ./more place” adds a layout to a project"),
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
      "\(project); scaffold undo place",
      "only the last change can be taken back, and only once",
      "scaffold update place --port 9 && scaffold undo place"),
    HelpSituation(
      "\(project); scaffold update place --port 9 > /dev/full",
      "the project is updated all the same; “scaffold undo place” takes it back"),
  ]

  private static let project = """
    scaffold new --layout ./tiny place > log; (cd place; git init --quiet; git add .) 2>> log
    """

  /// A project whose owner has edited what the layout changes as well.
  private static let edited = """
    \(project); echo mine > place/README.md; echo theirs > tiny/base/README.md
    """
}
