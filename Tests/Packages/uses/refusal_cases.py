"""Calls that `build` refuses, and what it has to say of each."""

from collections.abc import Callable
from dataclasses import dataclass

from uses.faulty_calls import (
    Call,
    altered,
    at_home,
    dynamic,
    file_above_folder,
    file_as_folder,
    for_release,
    foreign,
    foreign_to_assemble,
    homeless,
    licence_empty,
    licence_mixed,
    mute,
    nameless_folder,
    nothing_to_assemble,
    other_machines,
    other_packages,
    program_at,
    quoted_temporary,
    script,
    text_missing,
    told_checkout,
    told_home,
    tracked,
    undecided_text,
    unlicensed,
    versioned,
    without_programs,
    without_swift,
    wrong_to_assemble,
)
from uses.faulty_checkouts import (
    assumed_unchanged,
    attributes,
    changed,
    changelog_edited,
    changelog_gone,
    everything,
    ignored,
    next_version,
    no_text,
    outside_of_zips,
    replaced,
    skipped,
    untracked,
    within_another,
)

_KINDS = "archive, wheel, deb, image, bill, source, formula, installer"


@dataclass(frozen=True)
class Case:
    """What is wrong, and what has to be said of it."""

    name: str
    spoil: Callable[[Call], None]
    said: tuple[str, ...]
    # How many faults are told.
    faults: int = 1


CASES = (
    Case("a version with a letter", versioned("v0.1.0"), ("'v0.1.0': not",)),
    Case("a version of two numbers", versioned("0.1"), ("not three numbers as 0.1.0 is",)),
    Case("a version with a leading nought", versioned("0.01.0"), ("'0.01.0': not",)),
    Case("no version", versioned(""), ("'': not",)),
    Case(
        "a version that the program and the changelog do not have",
        versioned("98.0.0"),
        ("98.0.0: the program is ", "CHANGELOG.md has no section of 98.0.0"),
        2,
    ),
    Case(
        "a version that the changelog does not know",
        next_version,
        ("has no section of 98.0.0 (there is: ", "write `## 98.0.0 — YYYY-MM-DD`"),
        2,
    ),
    Case(
        "another date in the changelog",
        changelog_edited("## VERSION — 2", "## VERSION — 1"),
        ("and the program 2", "`Program.date`"),
    ),
    Case(
        "a version without text in the changelog",
        changelog_edited("## VERSION —", "## 98.0.0 — 2098-01-01\n\n## VERSION —"),
        (": 98.0.0 has no text",),
    ),
    Case(
        "an older version above a newer",
        changelog_edited("## VERSION —", "## 0.0.1 — 2098-01-01\n\nOld.\n\n## VERSION —"),
        (": 0.0.1 stands above VERSION, newest first",),
    ),
    Case(
        "what is unreleased below a version",
        changelog_edited(
            "## VERSION —", "## 98.0.0 — 2098-01-01\n\nNew.\n\n## Unreleased\n\n## VERSION —"
        ),
        ("`## Unreleased` stands above all versions",),
    ),
    Case(
        "a heading that is none of a version",
        changelog_edited("## VERSION —", "## VERSION -"),
        (".github/CHANGELOG.md:", "is no heading of a version"),
    ),
    Case("no changelog", changelog_gone, (".github/CHANGELOG.md: No such file",)),
    Case("a file that is not of the commit", untracked, ("\n  ?? Sources/new.swift\n",)),
    Case(
        "files that were changed and removed",
        changed,
        ("\n  D .github/CONTRIBUTING.md\n", "\n  M Sources/scaffold/Program/Program.swift\n"),
    ),
    Case(
        "a change that git is told not to see",
        assumed_unchanged,
        ("--no-skip-worktree FILE`\n  .github/CONTRIBUTING.md\nnothing",),
    ),
    Case(
        "a change that git is told to skip",
        skipped,
        ("--no-skip-worktree FILE`\n  README.md\nnothing",),
    ),
    Case(
        "a source that git ignores",
        ignored,
        ("compiled: remove it\n  Sources/scaffold/Program/x.gen.swift\nnothing",),
    ),
    Case("attributes of the clone", attributes, ("info/attributes changes how files are",)),
    Case(
        "a commit with another in its place",
        replaced,
        ("\n  M .github/CONTRIBUTING.md\nnothing",),
    ),
    Case(
        "a copy in another's checkout",
        within_another,
        ("vendored/scaffold is no checkout of its own: it lies in ",),
    ),
    Case(
        "no git",
        without_programs("git"),
        ("git is not installed, for: the commit, source (apt-get",),
    ),
    Case("no Swift", without_swift, ("swift is not installed, for: the binary (https://",)),
    Case(
        "no programs that make packages",
        without_programs("7z", "buildah", "dpkg-deb", "readelf", "swiftc", "tar", "xz"),
        (
            "7z is not installed, for: wheel (apt-get install p7zip-full",
            "buildah is not installed, for: image (apt-get install buildah",
            "dpkg-deb is not installed, for: deb (apt-get install dpkg",
            "swiftc is not installed, for: what is linked into the binary (https://",
            "tar is not installed, for: deb (apt-get install tar,",
            "readelf is not installed, for: looking at the binary (apt-get install binutils",
            "xz is not installed, for: archive, source (apt-get install xz-utils",
        ),
        7,
    ),
    Case(
        "a folder for temporary files that buildah cannot work in",
        quoted_temporary,
        ("buildah works in no folder with '\"' in its name",),
    ),
    Case("a commit before 1980", outside_of_zips, ("has no date of 1980 to 2107",)),
    Case("a README that is no text", no_text("README.md"), ("README.md: byte ",)),
    Case(
        "a changelog that is no text",
        no_text(".github/CHANGELOG.md"),
        (".github/CHANGELOG.md: byte ",),
    ),
    Case(
        "no licence",
        unlicensed,
        ("it is the owner's decision, and these need one: " + _KINDS, "--unlicensed-for-testing"),
    ),
    Case("a licence's text of no name", undecided_text, ("there is a LICENSE, and",)),
    Case("a licence's name without text", text_missing, ("says MIT, and there is no LICENSE",)),
    Case(
        "licences that Homebrew cannot name",
        licence_mixed,
        ("'MIT AND (Apache-2.0 OR ISC)': not a name as SPDX has them, nor several",),
    ),
    Case("a licence without a word", licence_empty, ("LICENSE is empty: it is the text of MIT",)),
    Case("a release of nobody knows where", homeless, ("where the repository is, is not",), 2),
    Case("a home that is no address", at_home("scaffold"), ("--home scaffold: not an address",)),
    *(
        Case(f"a home as {home}", at_home(home), (f"--home {home}: not an address as",))
        for home in (
            "https://[::1/a",
            "https://a.example/it's",
            "https://a.example/#{`id`}",
            'https://a.example/a"b',
            "https://ann:secret@a.example/a",
            "https://a.example/a#b",
        )
    ),
    Case("a home that ends in a slash", at_home("https://a.example/"), ("not an address as",)),
    Case("a file instead of a folder", file_as_folder, ("packages: not a folder",)),
    Case("a folder below a file", file_above_folder, ("/packages is not a folder",)),
    Case(
        "a folder with packages of another version",
        other_packages,
        ("remove them: scaffold-0.0.9-source.tar.xz, scaffold_0.0.9_amd64.deb\n",),
    ),
    Case("a folder without a name", nameless_folder, ("--into '': names no folder",)),
    Case(
        "a folder in which others' files have packages' names",
        foreign,
        (
            "another folder\n  scaffold.rb: a link\n  install.sh: a folder\n"
            "  SHA256SUMS: not of packages\n"
            "  scaffold-VERSION-source.tar.xz: no SHA256SUMS of packages names it\nnothing",
        ),
    ),
    Case(
        "a folder in which an installer of others' would be assembled",
        foreign_to_assemble,
        ("another folder\n  install.sh: no SHA256SUMS of packages names it\nnothing",),
    ),
    Case(
        "packages that were altered since they were built",
        altered,
        (
            "another folder\n  scaffold.rb: not as SHA256SUMS says\n  scaffold_VERSION_",
            ".deb: SHA256SUMS does not name it\nnothing",
        ),
    ),
    Case(
        "a folder in which git tracks a file of a package's name",
        tracked,
        ("another folder\n  install.sh: git tracks it\nnothing",),
    ),
    Case("a program that is not there", program_at(lambda call: call.into / "x"), ("not a file",)),
    Case("a program that is a script", program_at(script), ("it is no binary of Linux",)),
    Case("a program that needs a loader", program_at(dynamic), ("it is not linked static",)),
    Case(
        "a program with the path of the checkout",
        program_at(told_checkout),
        ("/scaffold/Sources/ in it",),
    ),
    Case(
        "a program with a path of its builder's home",
        program_at(told_home),
        ("it has the path /home/ann/.swiftpm/ in it",),
    ),
    Case("a program without a version", program_at(mute), ("busybox --version` ended with",)),
    Case("a program for a release", for_release, ("--program: for testing alone",), 2),
    Case(
        "packages of two machines that are not right",
        wrong_to_assemble,
        (
            "-x86_64.tar.xz: cannot be read (",
            "-x86_64.spdx.json: is no file\n",
            "-aarch64.tar.xz: is of `scaffold VERSION, commit 000000000`, not `scaffold VERSION, c",
            "_aarch64.whl: is missing\n",
            "-source.tar.xz: is of 000000000, not ",
        ),
    ),
    Case(
        "packages of another machine that are of another commit",
        other_machines,
        ("other machines is not right\n  scaffold-VERSION-linux-", "commit 000000000`, not"),
    ),
    Case("nothing to assemble", nothing_to_assemble, ("there is none of scaffold-",)),
    Case(
        "many faults, all at once",
        everything,
        ("there is no licence", "?? Sources/new.swift", "7z is not", "remove them: ", "98.0.0: "),
        8,
    ),
)
