"""What `build` refuses: before anything is built, and with a word on what to do."""

import os
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from packages import traces
from uses.bed import Bed
from uses.clones import clone, content, program_in, settings
from uses.faulty_calls import (
    Call,
    altered,
    assumed_unchanged,
    at_home,
    attributes,
    changed,
    changelog_edited,
    changelog_gone,
    dynamic,
    everything,
    file_above_folder,
    file_as_folder,
    for_release,
    foreign,
    foreign_to_assemble,
    homeless,
    ignored,
    mute,
    nameless_folder,
    next_version,
    nothing_to_assemble,
    other_commit,
    other_packages,
    program_at,
    replaced,
    script,
    skipped,
    templates_folder_as_home,
    text_missing,
    told_checkout,
    told_home,
    tracked,
    undecided_text,
    unlicensed,
    untracked,
    versioned,
    within_another,
    without_programs,
    without_swift,
)
from uses.tree import tree
from verification.claims import require, require_equal
from verification.commands import Result, run
from verification.report import Check, Once

_NOBODY = 65534
# Checkouts and homes whose paths are in the texts of templates.
_PLACES = ("/build", "/data", "/home", "/var/lib", "/opt/venv", "/")
# What a compiler leaves below them.
_LEFT = ("/Sources/SHA1/sha1.c", "/.build/release/a.o", "/.cache/clang/ModuleCache/Glibc.pcm")
_KINDS = "archive, wheel, deb, image, bill, source, formula, installer"


@dataclass(frozen=True)
class _Case:
    """What is wrong, and what has to be said of it."""

    name: str
    spoil: Callable[[Call], None]
    said: tuple[str, ...]
    # How many faults are told.
    faults: int = 1


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    program = Once("unpacking the archive", lambda: program_in(bed, bed.built.archive))
    cases = [
        Check(f"refused: {case.name}", partial(_refused, bed, program, case)) for case in _CASES
    ]
    return [
        cases[::2],
        cases[1::2],
        [
            Check("refused: a folder that is not writable", lambda: _unwritable(bed, program())),
            Check("no tag is in the way of a build for testing", lambda: _tagged(bed, program())),
            Check(
                "texts of templates are no paths of a build",
                lambda: _in_templates(bed, program()),
            ),
            Check(
                "refused: a commit whose version has been released of another",
                lambda: _released(bed, program()),
            ),
        ],
    ]


def _refused(bed: Bed, program: Callable[[], Path], case: _Case) -> str:
    call = _call(bed, program())
    case.spoil(call)
    said = [text.replace("VERSION", bed.built.version) for text in case.said]
    return _refuse(call, said, case.faults)


def _call(bed: Bed, program: Path) -> Call:
    into = bed.folder("into") / "packages"
    return Call(bed, clone(bed, "clone"), bed.built.version, into, program)


def _refuse(call: Call, said: Sequence[str], faults: int = 1) -> str:
    before = _state(call)
    temporary = call.bed.folder("temporary")
    env = {"TMPDIR": str(temporary), **call.env}
    result = call.clone.build(*call.arguments(), cwd=call.cwd, env=env, codes=(2,))
    _require_said(result, said, faults)
    require_equal("what lies around afterwards", _state(call), before)
    require_equal("temporary files", list(temporary.iterdir()), [])
    require(not (call.clone.folder / ".build").exists(), "something was built")
    return textwrap.shorten(result.err, 100)


def _require_said(result: Result, said: Sequence[str], faults: int) -> None:
    for text in (*said, "nothing was built"):
        require(text in result.err, f"{text!r} is not said:\n{result.text}")
    lines = [line for line in result.err.splitlines() if line.startswith("error: ")]
    require_equal(f"faults in\n{result.err}", len(lines), faults)
    require_equal("the output", result.out, "")


def _state(call: Call) -> Mapping[str, object]:
    """Of the folder, and of that which it is in."""
    above = next(folder for folder in call.into.parents if folder.is_dir())
    around = sorted(path.name for path in above.iterdir())
    return {"around": around, "in it": tree(call.into) if call.into.is_dir() else None}


def _unwritable(bed: Bed, program: Path) -> str:
    """Root may write everywhere: it becomes nobody, who may not run root's own Python."""
    call = _call(bed, program)
    call.into.mkdir(mode=0o555)
    arguments = call.clone.call(*call.arguments())
    if os.geteuid() == 0:
        os.chown(call.into.parent, _NOBODY, _NOBODY)
        for folder, _, files in os.walk(call.clone.folder):
            for path in (folder, *(os.path.join(folder, file) for file in files)):
                os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
        ids = (f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        arguments = ["setpriv", *ids, "--", "/usr/bin/python3", *arguments[1:]]
    result = run(arguments, env=settings({"HOME": "/nonexistent"}), codes=(2,))
    _require_said(result, [f"--into {call.into}: {call.into} is not writable"], 1)
    require_equal("what is in it", content(call.into), {})
    return ""


def _tagged(bed: Bed, program: Path) -> str:
    call = _call(bed, program)
    call.clone.git("tag", f"v{call.version}")
    other_commit(call)
    # Something else has to be wrong, else it is built.
    call.options += ["--home", "nowhere"]
    return _refuse(call, ["--home nowhere"])


def _in_templates(bed: Bed, program: Path) -> str:
    """Wherever the checkout and the home are; what a compiler leaves is found there as well."""
    content = program.read_bytes()
    toolchain = bed.folder("toolchain")
    (toolchain / "bin").mkdir()
    (toolchain / "bin/swiftc").touch(mode=0o755)
    for place in _PLACES:
        text = place.rstrip("/")
        require(f"{text}/".encode() in content, f"{place} is in no template: another shows more")
        seen = partial(
            traces.traces,
            repository=Path(place),
            environment={"HOME": place, "PATH": str(toolchain / "bin")},
        )
        require_equal(place, seen(content), [])
        for left in (*(text + left for left in _LEFT), f"{toolchain}/lib/swift/shims/Assert.h"):
            found = seen(content + left.encode())
            require(len(found) == 1 and left.startswith(found[0]), f"{left}: found {found}")
    call = _call(bed, program)
    templates_folder_as_home(call)
    return _refuse(call, ["--home nowhere"])


def _released(bed: Bed, program: Path) -> str:
    call = _call(bed, program)
    unlicensed(call)
    call.clone.git("tag", f"v{call.version}")
    _refuse(call, ["there is no licence"])
    other_commit(call)
    return _refuse(call, [f"the tag v{call.version} is of ", "a version is released once"], 2)


_CASES = (
    _Case("a version with a letter", versioned("v0.1.0"), ("'v0.1.0': not",)),
    _Case("a version of two numbers", versioned("0.1"), ("not three numbers as 0.1.0 is",)),
    _Case("a version with a leading nought", versioned("0.01.0"), ("'0.01.0': not",)),
    _Case("no version", versioned(""), ("'': not",)),
    _Case(
        "a version that the program and the changelog do not have",
        versioned("98.0.0"),
        ("98.0.0: the program is ", "CHANGELOG.md has no section of 98.0.0"),
        2,
    ),
    _Case(
        "a version that the changelog does not know",
        next_version,
        ("has no section of 98.0.0 (there is: ", "write `## 98.0.0 — YYYY-MM-DD`"),
        2,
    ),
    _Case(
        "another date in the changelog",
        changelog_edited("## VERSION — 2", "## VERSION — 1"),
        ("and the program 2", "`Program.date`"),
    ),
    _Case(
        "a version without text in the changelog",
        changelog_edited("## VERSION —", "## 98.0.0 — 2098-01-01\n\n## VERSION —"),
        (": 98.0.0 has no text",),
    ),
    _Case(
        "an older version above a newer",
        changelog_edited("## VERSION —", "## 0.0.1 — 2098-01-01\n\nOld.\n\n## VERSION —"),
        (": 0.0.1 stands above VERSION, newest first",),
    ),
    _Case(
        "what is unreleased below a version",
        changelog_edited(
            "## VERSION —", "## 98.0.0 — 2098-01-01\n\nNew.\n\n## Unreleased\n\n## VERSION —"
        ),
        ("`## Unreleased` stands above all versions",),
    ),
    _Case(
        "a heading that is none of a version",
        changelog_edited("## VERSION —", "## VERSION -"),
        (".github/CHANGELOG.md:", "is no heading of a version"),
    ),
    _Case("no changelog", changelog_gone, (".github/CHANGELOG.md: No such file",)),
    _Case("a file that is not of the commit", untracked, ("\n  ?? Sources/new.swift\n",)),
    _Case(
        "files that were changed and removed",
        changed,
        ("\n  D README.md\n", "\n  M Sources/scaffold/Program/Program.swift\n"),
    ),
    _Case(
        "a change that git is told not to see",
        assumed_unchanged,
        ("--no-skip-worktree FILE`\n  .github/CONTRIBUTING.md\nnothing",),
    ),
    _Case(
        "a change that git is told to skip",
        skipped,
        ("--no-skip-worktree FILE`\n  README.md\nnothing",),
    ),
    _Case(
        "a source that git ignores",
        ignored,
        ("compiled: remove it\n  Sources/scaffold/Program/x.gen.swift\nnothing",),
    ),
    _Case("attributes of the clone", attributes, ("info/attributes changes how files are",)),
    _Case(
        "a commit with another in its place",
        replaced,
        ("\n  M .github/CONTRIBUTING.md\nnothing",),
    ),
    _Case(
        "a copy in another's checkout",
        within_another,
        ("vendored/scaffold is no checkout of its own: it lies in ",),
    ),
    _Case(
        "no git",
        without_programs("git"),
        ("git is not installed, for: the commit, source (apt-get",),
    ),
    _Case("no Swift", without_swift, ("swift is not installed, for: the binary (https://",)),
    _Case(
        "no programs that make packages",
        without_programs("7z", "buildah", "dpkg-deb", "readelf", "xz"),
        (
            "7z is not installed, for: wheel (apt-get install p7zip-full",
            "buildah is not installed, for: image (apt-get install buildah",
            "dpkg-deb is not installed, for: deb (apt-get install dpkg",
            "readelf is not installed, for: looking at the binary (apt-get install binutils",
            "xz is not installed, for: archive, source (apt-get install xz-utils",
        ),
        5,
    ),
    _Case(
        "no licence",
        unlicensed,
        ("it is the owner's decision, and these need one: " + _KINDS, "--unlicensed-for-testing"),
    ),
    _Case("a licence's text of no name", undecided_text, ("there is a LICENSE, and",)),
    _Case("a licence's name without text", text_missing, ("says MIT, and there is no LICENSE",)),
    _Case("a release of nobody knows where", homeless, ("where the repository is, is not",), 2),
    _Case("a home that is no address", at_home("scaffold"), ("--home scaffold: not an address",)),
    _Case("a home that ends in a slash", at_home("https://a.example/"), ("not an address as",)),
    _Case("a file instead of a folder", file_as_folder, ("packages: not a folder",)),
    _Case("a folder below a file", file_above_folder, ("/packages is not a folder",)),
    _Case(
        "a folder with packages of another version",
        other_packages,
        ("remove them: scaffold-0.0.9-source.tar.xz, scaffold_0.0.9_amd64.deb\n",),
    ),
    _Case("a folder without a name", nameless_folder, ("--into '': names no folder",)),
    _Case(
        "a folder in which others' files have packages' names",
        foreign,
        (
            "another folder\n  scaffold.rb: a link\n  install.sh: a folder\n"
            "  SHA256SUMS: not of packages\n"
            "  scaffold-VERSION-source.tar.xz: no SHA256SUMS of packages names it\nnothing",
        ),
    ),
    _Case(
        "a folder in which an installer of others' would be assembled",
        foreign_to_assemble,
        ("another folder\n  install.sh: no SHA256SUMS of packages names it\nnothing",),
    ),
    _Case(
        "packages that were altered since they were built",
        altered,
        (
            "another folder\n  scaffold.rb: not as SHA256SUMS says\n  scaffold_VERSION_",
            ".deb: SHA256SUMS does not name it\nnothing",
        ),
    ),
    _Case(
        "a folder in which git tracks a file of a package's name",
        tracked,
        ("another folder\n  install.sh: git tracks it\nnothing",),
    ),
    _Case("a program that is not there", program_at(lambda call: call.into / "x"), ("not a file",)),
    _Case("a program that is a script", program_at(script), ("it is no binary of Linux",)),
    _Case("a program that needs a loader", program_at(dynamic), ("it is not linked static",)),
    _Case(
        "a program with the path of the checkout",
        program_at(told_checkout),
        ("/scaffold/Sources/ in it",),
    ),
    _Case(
        "a program with a path of its builder's home",
        program_at(told_home),
        ("it has the path /home/ann/.swiftpm/ in it",),
    ),
    _Case("a program without a version", program_at(mute), ("busybox --version` ended with",)),
    _Case("a program for a release", for_release, ("--program: for testing alone",), 2),
    _Case("nothing to assemble", nothing_to_assemble, ("there is none of scaffold-",)),
    _Case(
        "many faults, all at once",
        everything,
        ("there is no licence", "?? Sources/new.swift", "7z is not", "remove them: ", "98.0.0: "),
        8,
    ),
)
