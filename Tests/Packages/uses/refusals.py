"""What `build` refuses: before anything is built, and with a word on what to do."""

import json
import os
import re
import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from uses.bed import Bed
from uses.clones import Clone, clone, content, program_in, programs, settings
from verification.claims import require, require_equal
from verification.commands import Result, run
from verification.report import Check, Once

_NOBODY = 65534
_KINDS = "archive, wheel, deb, image, bill, source, formula, installer"


@dataclass
class _Call:
    """A call that is to be refused, which each case spoils in its way."""

    bed: Bed
    clone: Clone
    version: str
    into: Path
    program: Path | None
    options: list[str | Path] = field(default_factory=lambda: ["--unlicensed-for-testing"])
    env: dict[str, str] = field(default_factory=dict)

    def arguments(self) -> Sequence[str | Path]:
        program = () if self.program is None else ("--program", self.program)
        return [self.version, "--into", self.into, *program, *self.options]


@dataclass(frozen=True)
class _Case:
    """What is wrong, and what has to be said of it."""

    name: str
    spoil: Callable[[_Call], None]
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
                "refused: a commit whose version has been released of another",
                lambda: _released(bed, program()),
            ),
        ],
    ]


def _refused(bed: Bed, program: Callable[[], Path], case: _Case) -> str:
    call = _call(bed, program())
    case.spoil(call)
    return _refuse(call, case.said, case.faults)


def _call(bed: Bed, program: Path) -> _Call:
    into = bed.folder("into") / "packages"
    return _Call(bed, clone(bed, "clone"), bed.built.version, into, program)


def _refuse(call: _Call, said: Sequence[str], faults: int = 1) -> str:
    before = _state(call)
    temporary = call.bed.folder("temporary")
    env = {"TMPDIR": str(temporary), **call.env}
    result = call.clone.build(*call.arguments(), env=env, codes=(2,))
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


def _state(call: _Call) -> Mapping[str, object]:
    """Of the folder, and of that which it is in."""
    above = next(folder for folder in call.into.parents if folder.is_dir())
    around = sorted(path.name for path in above.iterdir())
    return {"around": around, "in it": content(call.into) if call.into.is_dir() else None}


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
    _other_commit(call)
    # Something else has to be wrong, else it is built.
    call.options += ["--home", "nowhere"]
    return _refuse(call, ["--home nowhere"])


def _released(bed: Bed, program: Path) -> str:
    call = _call(bed, program)
    _unlicensed(call)
    call.clone.git("tag", f"v{call.version}")
    _refuse(call, ["there is no licence"])
    _other_commit(call)
    return _refuse(call, [f"the tag v{call.version} is of ", "a version is released once"], 2)


def _other_commit(call: _Call) -> None:
    (call.clone.folder / "another").write_text("", encoding="utf-8")
    call.clone.commit()


def _write(path: Path, text: str = "something\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _versioned(version: str) -> Callable[[_Call], None]:
    def spoil(call: _Call) -> None:
        call.version = version

    return spoil


def _untracked(call: _Call) -> None:
    _write(call.clone.folder / "Sources/new.swift")


def _changed(call: _Call) -> None:
    (call.clone.folder / "README.md").unlink()
    call.clone.replace(call.clone.program, "static let name", "static  let name")
    call.clone.git("add", "--all")


def _next_version(call: _Call) -> None:
    """In the program alone."""
    call.clone.replace(call.clone.program, f'version = "{call.version}"', 'version = "98.0.0"')
    call.clone.commit()
    call.version = "98.0.0"


def _changelog_edited(old: str, new: str) -> Callable[[_Call], None]:
    def spoil(call: _Call) -> None:
        words = (text.replace("VERSION", call.version) for text in (old, new))
        call.clone.replace(call.clone.changelog, *words)
        call.clone.commit()

    return spoil


def _changelog_gone(call: _Call) -> None:
    call.clone.changelog.unlink()
    call.clone.commit()


def _empty_path(*missing: str) -> Callable[[_Call], None]:
    def spoil(call: _Call) -> None:
        call.env["PATH"] = str(programs(call.bed, *missing))

    return spoil


def _without_swift(call: _Call) -> None:
    _empty_path("swift")(call)
    call.program = None


def _licence(call: _Call, name: str | None, *, text: bool) -> None:
    """Whatever the owner has decided."""
    about = call.clone.folder / "Tests/Packages/packages/about.py"
    line = f"LICENCE: str | None = {json.dumps(name) if name else None}"
    content = about.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)^LICENCE: str \| None = .*$", line, content)
    require_equal("lines of about.py that say which licence", count, 1)
    about.write_text(changed, encoding="utf-8")
    file = call.clone.folder / "LICENSE"
    file.unlink(missing_ok=True)
    if text:
        _write(file)
    call.clone.commit()


def _for_release(call: _Call) -> None:
    """Of a version that may be published, but for the licence."""
    _licence(call, None, text=False)
    call.options = ["--home", "https://git.example.org/scaffold"]


def _unlicensed(call: _Call) -> None:
    _for_release(call)
    call.program = None


def _undecided_text(call: _Call) -> None:
    _licence(call, None, text=True)


def _text_missing(call: _Call) -> None:
    _licence(call, "MIT", text=False)


def _homeless(call: _Call) -> None:
    _unlicensed(call)
    call.options = ["--home", "https://github.com/OWNER/scaffold"]


def _home(home: str) -> Callable[[_Call], None]:
    return lambda call: call.options.extend(["--home", home])


def _file_as_folder(call: _Call) -> None:
    _write(call.into)


def _file_above_folder(call: _Call) -> None:
    call.into = _write(call.into) / "packages"


def _other_packages(call: _Call) -> None:
    for name in ("scaffold_0.0.9_amd64.deb", "scaffold-0.0.9-source.tar.xz", "notes-0.0.9.txt"):
        _write(call.into / name)


def _program_at(path: Callable[[_Call], Path]) -> Callable[[_Call], None]:
    def spoil(call: _Call) -> None:
        call.program = path(call)

    return spoil


def _script(call: _Call) -> Path:
    path = _write(call.bed.folder("script") / "scaffold", "#!/bin/sh\n")
    path.chmod(0o755)
    return path


def _mute(call: _Call) -> Path:
    """It has the form of a release, and no version."""
    return Path(shutil.which("busybox") or "/bin/busybox")


def _dynamic(call: _Call) -> Path:
    return Path(shutil.which("env") or "/usr/bin/env").resolve()


def _nothing_to_assemble(call: _Call) -> None:
    call.program = None
    call.options.append("--assemble")
    call.into.mkdir()


def _everything(call: _Call) -> None:
    _homeless(call)
    _untracked(call)
    _other_packages(call)
    _empty_path("7z", "dpkg-deb")(call)
    call.version = "98.0.0"


_CASES = (
    _Case("a version with a letter", _versioned("v0.1.0"), ("VERSION 'v0.1.0'",)),
    _Case("a version of two numbers", _versioned("0.1"), ("not three numbers as 0.1.0 is",)),
    _Case("a version with a leading nought", _versioned("0.01.0"), ("VERSION '0.01.0'",)),
    _Case("no version", _versioned(""), ("VERSION ''",)),
    _Case(
        "a version that the program and the changelog do not have",
        _versioned("98.0.0"),
        ("VERSION 98.0.0: the program is ", "CHANGELOG.md has no section of 98.0.0"),
        2,
    ),
    _Case(
        "a version that the changelog does not know",
        _next_version,
        ("has no section of 98.0.0 (there is: ", "write `## 98.0.0 — YYYY-MM-DD`"),
        2,
    ),
    _Case(
        "another date in the changelog",
        _changelog_edited("## VERSION — 2", "## VERSION — 1"),
        ("and the program 2", "`Program.date`"),
    ),
    _Case(
        "a heading that is none of a version",
        _changelog_edited("## VERSION —", "## VERSION -"),
        (".github/CHANGELOG.md:", "is no heading of a version"),
    ),
    _Case("no changelog", _changelog_gone, (".github/CHANGELOG.md: No such file",)),
    _Case("a file that is not of the commit", _untracked, ("\n  ?? Sources/new.swift\n",)),
    _Case(
        "files that were changed and removed",
        _changed,
        ("\n  D README.md\n", "\n  M Sources/scaffold/Program/Program.swift\n"),
    ),
    _Case(
        "no git", _empty_path("git"), ("git is not installed, for: the commit, source (apt-get",)
    ),
    _Case("no Swift", _without_swift, ("swift is not installed, for: the binary (https://",)),
    _Case(
        "no programs that make packages",
        _empty_path("7z", "buildah", "dpkg-deb", "readelf", "xz"),
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
        _unlicensed,
        ("it is the owner's decision, and these need one: " + _KINDS, "--unlicensed-for-testing"),
    ),
    _Case("a licence's text of no name", _undecided_text, ("there is a LICENSE, and",)),
    _Case("a licence's name without text", _text_missing, ("says MIT, and there is no LICENSE",)),
    _Case("a release of nobody knows where", _homeless, ("where the repository is, is not",), 2),
    _Case("a home that is no address", _home("scaffold"), ("--home scaffold: not an address",)),
    _Case("a home that ends in a slash", _home("https://a.example/"), ("not an address as",)),
    _Case("a file instead of a folder", _file_as_folder, ("packages: not a folder",)),
    _Case("a folder below a file", _file_above_folder, ("/packages is not a folder",)),
    _Case(
        "a folder with packages of another version",
        _other_packages,
        ("remove them: scaffold-0.0.9-source.tar.xz, scaffold_0.0.9_amd64.deb\n",),
    ),
    _Case(
        "a program that is not there", _program_at(lambda call: call.into / "x"), ("not a file",)
    ),
    _Case("a program that is a script", _program_at(_script), ("it is no binary of Linux",)),
    _Case("a program that needs a loader", _program_at(_dynamic), ("it is not linked static",)),
    _Case("a program without a version", _program_at(_mute), ("busybox --version` ended with",)),
    _Case("a program for a release", _for_release, ("--program: for testing alone",), 2),
    _Case("nothing to assemble", _nothing_to_assemble, ("there is none of scaffold-",)),
    _Case(
        "many faults, all at once",
        _everything,
        ("there is no licence", "?? Sources/new.swift", "7z is not", "remove them: ", "98.0.0: "),
        8,
    ),
)
