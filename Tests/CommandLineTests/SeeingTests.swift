import Foundation
import Testing

@Suite("What is shown before it is written")
struct SeeingTests {
  /// A shell with the layout `./odd`: names and contents that patches and shells get wrong.
  private func shell() throws -> Shell {
    let shell = try Shell()
    let made = try shell.run(
      #"""
      mkdir -p odd/base/'two words/ä' odd/base/empty && cd odd/base &&
      printf 'no end' > 'two words/ä/日本語.txt' && printf 'a\r\nb\r\n' > crlf &&
      printf 'caf\351\n' > latin && printf '\0\1\2\377' > binary && touch nothing &&
      printf '\033[31mred\n' > escapes && printf '#!/bin/sh\necho <<NAME>>\n' > run.sh &&
      printf 'x' > '"quoted"	tab' 2> /dev/null; chmod +x run.sh; touch empty/.gitkeep &&
      echo '-dash' > ./-dash && cd .. &&
      printf '{ "name": "odd", "summary": "s", "version": "1.0.0", "layers": [{ "folder": "base" }],
        "variables": [{ "name": "NAME", "kind": "name", "default": "demo" }] }' > layout.json &&
      rm -f base/*quoted*
      """#)
    try #require(made.code == 0, "\(made.errors)")
    return shell
  }

  /// Each file with its content and whether it is a program, as one text.
  private static let tree = #"""
    tree() { (cd "$1" &&
      find . -path ./.scaffold-undo -prune -o -path ./.git -prune -o -type f -print0 | sort -z | while IFS= read -r -d '' file; do
        test -x "$file" && printf '+'; printf '%s ' "$file"; git hash-object --no-filters "$file"
      done); }
    """#

  @Test("a patch of a new project makes what the run makes", arguments: ["", "git init --quiet;"])
  func patchOfNew(_ repository: String) throws {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      \(Self.tree)
      scaffold new --layout ./odd --diff here > patch || exit
      test -e here && exit 9
      mkdir here && cd here && \(repository) git apply --whitespace=nowarn ../patch && cd .. || exit
      tree here > applied; rm -r here && scaffold new --layout ./odd --quiet here || exit
      tree here | diff applied - && cat applied
      """)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 10, "\(result.output)")
    #expect(result.output.contains("+./run.sh"))
  }

  @Test(
    "a patch of a project that is there makes what the run makes", arguments: ["keep", "replace"])
  func patchOfExisting(_ policy: String) throws {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      \(Self.tree)
      mkdir here && printf 'mine' > here/run.sh && printf 'caf\\351\\n' > here/latin &&
        printf 'old\\0' > here/binary && cp -r here there || exit
      call="scaffold new --layout ./odd --on-conflict \(policy) --set NAME=demo"
      $call --diff -n here > patch && tree here > before && (cd here && git apply --whitespace=nowarn ../patch) || exit
      $call --quiet there && diff <(tree here) <(tree there) && tree here
      """)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 10, "\(result.output)")
  }

  @Test(
    "a patch of an update makes what the update makes, but for the record",
    arguments: [
      "new --layout staged-docker shop|add step clean shop",
      "new --layout staged-docker --steps a,b,c shop|remove step b shop",
      "new --layout staged-docker --steps a,b,c shop|update shop --steps b,a,c --engine c",
      "new --layout tiered shop|update shop --tier full",
      "new --layout src-namespace shop|update shop --project-name other",
      "new --layout ops-k8s shop|update shop --project-name other",
    ])
  func patchOfUpdate(_ calls: String) throws {
    let words = calls.split(separator: "|")
    let (making, change) = (words[0], words[1])
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      \(Self.tree)
      scaffold \(making) --quiet && git -C shop init --quiet && git -C shop add . &&
        sed -i.bak -e '1s/^/# mine/' shop/.gitignore && rm shop/.gitignore.bak &&
        cp -r shop applied || exit
      scaffold \(change) -n --diff > patch && (cd applied && git apply --whitespace=nowarn ../patch) || exit
      scaffold \(change) --quiet || exit
      cp shop/.scaffold.json applied && diff <(tree applied) <(tree shop) && test -s patch
      """)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }

  @Test("one file is printed as it is written, byte for byte")
  func show() throws {
    let shell = try shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout ./odd --quiet there && cd there && find . -type f | while read -r file; do
        scaffold new --layout ../odd there --show "$file" > ../shown || echo "$file"
        cmp ../shown "$file" && echo same
      done | sort | uniq -c; ls
      """)
    #expect(result.output.contains(" 10 same\n"), "\(result.output)\(result.errors)")
    #expect(!result.output.split(separator: "\n").contains("there"))
  }

  @Test("nothing is said but what is wrong", arguments: ["-q", "--quiet"])
  func quiet(_ option: String) throws {
    let shell = try shell()
    defer { shell.remove() }
    for (call, code) in [
      ("new --layout staged-docker shop", 0), ("new --layout staged-docker shop", 0),
      ("new --layout staged-docker other --dry-run", 0), ("add step clean shop", 0),
      ("remove step clean shop", 0), ("update shop --no-runners", 0), ("undo shop", 0),
      ("check shop", 0), ("check shop --fix", 0), ("adopt --layout ./odd odd", 0),
    ] {
      let result = try shell.run("scaffold \(call) \(option)")
      #expect(result.code == code, "\(call): \(result.errors)")
      #expect(result.output.isEmpty, "\(call): \(result.output)")
      let remarks = result.errors.split(separator: "\n").filter {
        !$0.hasPrefix("warning: ") && !$0.hasPrefix("help: ")
      }
      #expect(remarks.isEmpty, "\(call): \(result.errors)")
    }
    let failed = try shell.run("scaffold undo shop \(option); scaffold undo shop \(option)")
    #expect(failed.errors.hasPrefix("error: there is nothing to undo"))
    let found = try shell.run("rm shop/Makefile; scaffold check shop \(option)")
    #expect(found.code == 1 && found.output.isEmpty && found.errors.isEmpty)
  }

  /// Commands, each after the one before, with what is said where nobody can read the answer.
  private static let deeds = [
    (
      "new --layout staged-docker shop",
      "the project is made all the same, and complete, in “shop”"
    ),
    (
      "add step clean shop",
      "the project is updated all the same; “scaffold undo shop” takes it back"
    ),
    ("remove step clean shop", "the project is updated all the same"),
    ("update shop --no-runners", "the project is updated all the same"),
    ("undo shop", "the last change is taken back all the same"),
    ("check --fix shop", "what is missing was created all the same"),
    ("adopt --layout ./odd odd", "the project has its record all the same"),
  ]

  @Test("a run whose answer cannot be written says what it did", arguments: ["full", "closed"])
  func lostOutput(_ end: String) throws {
    let shell = try shell()
    defer { shell.remove() }
    for (call, told) in Self.deeds {
      if call.hasPrefix("check") { _ = try shell.run("rm shop/Makefile") }
      let result =
        end == "full"
        ? try shell.run("scaffold \(call) > /dev/full")
        : try shell.run(
          """
          mkfifo pipe; exec 3<> pipe; exec 4> pipe; exec 3<&-; rm pipe
          scaffold \(call) >&4
          """)
      #expect(result.errors.contains(told), "\(call): \(result.errors)")
      #expect(result.code == (end == "full" ? 4 : 141), "\(call)")
    }
  }

  @Test("and so does one that leaves a conflict", arguments: ["> /dev/full", ">&-"])
  func lostOutputOfConflict(_ output: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout tiered shop -q && sed -i.bak '1s/.*/# Mine/' shop/README.md &&
      scaffold update shop --project-name other \(output)
      """)
    #expect(result.code == 4)
    #expect(result.errors.contains("the layout have both changed this"), "\(result.errors)")
    #expect(
      result.errors.contains("help: the project is updated all the same"), "\(result.errors)")
  }

  @Test(
    "no folder is collapsed that holds something kept, replaced, merged or in conflict",
    arguments: [
      ("new --layout src-namespace --on-conflict keep shop", "kept"),
      ("new --layout src-namespace --on-conflict replace shop", "replaced"),
      ("new --layout src-namespace -n --depth 1 shop", "conflict"),
      ("new --layout src-namespace -n --depth 1 --on-conflict keep shop", "kept"),
    ])
  func collapsed(_ call: String, _ mark: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      "mkdir -p shop/src/shop; echo mine > shop/src/shop/errors.py; scaffold \(call)")
    let line = result.output.split(separator: "\n").first { $0.contains("errors.py") }
    #expect(line?.contains("# \(mark) ·") == true, "\(result.output)")
    #expect(result.output.contains("files)"))
  }

  @Test("nor in an update", arguments: ["--depth 1", "-n --depth 1"])
  func collapsedUpdate(_ options: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      mkdir -p mine/base/a/b && cd mine && for name in merged both replaced dropped; do
        seq 9 > base/a/b/$name; done && mkdir base/c && touch base/c/one &&
      printf '{ "name": "mine", "summary": "s", "version": "1.0.0",
        "layers": [{ "folder": "base" }] }' > layout.json && cd .. && scaffold new --layout ./mine there -q && cd there &&
      git init --quiet && git add . &&
      sed -i.bak s/2/two/ a/b/merged a/b/both a/b/dropped && cd ../mine/base/a/b &&
      echo 10 >> merged && sed -i.bak s/2/zwei/ both && echo 10 >> replaced && rm dropped *.bak && mkdir ../../c/new &&
      touch ../../c/new/two && cd ../../../.. && scaffold update \(options) there
      """)
    for (name, mark) in [
      ("merged", "merged"), ("both", "conflict"), ("replaced", "replaced"),
      ("dropped", "yours now"),
    ] {
      let line = result.output.split(separator: "\n").first { $0.contains(" \(name) ") }
      #expect(line?.contains("# \(mark)") == true, "\(name)\n\(result.output)\(result.errors)")
    }
    #expect(result.output.contains("c/"), "\(result.output)")
    #expect(result.output.contains("(1 file)"), "\(result.output)")
  }

  @Test("the whole tree has what stays as it is, and a line on what decided")
  func verbose() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(
      """
      scaffold new --layout tiered shop -q && echo '# mine' >> shop/README.md &&
      scaffold update shop --port 9 -v | grep -e '.editorconfig' -e README
      """)
    #expect(result.output.contains(".editorconfig"), "\(result.output)")
    #expect(
      result.output.split(separator: "\n").first { $0.contains(".editorconfig") }?
        .contains("# unchanged") == true)
    #expect(
      result.errors.contains(
        "note: README.md: what the layout had written was made again with the answers of then"),
      "\(result.errors)")
  }
}
