"""What `build` refuses: before anything is built, and with a word on what to do."""

import os
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from packages import traces
from uses import tags
from uses.bed import Bed
from uses.clones import clone, content, program_in, settings
from uses.faulty_calls import Call, other_commit, templates_folder_as_home, unlicensed
from uses.faulty_checkouts import left_by_killed_build
from uses.refusal_cases import CASES, Case
from uses.tree import tree
from verification.claims import require, require_equal
from verification.commands import NotVerifiedError, Result, run
from verification.report import Check, Once

_NOBODY = 65534
# Of whom /etc/passwd has nothing.
_NAMELESS = 23457
# Checkouts and homes whose paths are in the texts of templates.
_PLACES = ("/build", "/data", "/home", "/var/lib", "/opt/venv", "/")
# What a compiler leaves below them.
_LEFT = ("/Sources/SHA1/sha1.c", "/.build/release/a.o", "/.cache/clang/ModuleCache/Glibc.pcm")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    program = Once("unpacking the archive", lambda: program_in(bed, bed.built.archive))
    cases = [
        Check(f"refused: {case.name}", partial(_refused, bed, program, case)) for case in CASES
    ]
    return [
        cases[::2],
        cases[1::2],
        tags.checks(bed),
        [
            Check("refused: a folder that is not writable", lambda: _unwritable(bed, program())),
            Check("refused: a user without a name", lambda: _nameless(bed, program())),
            Check(
                "what a killed build has left is no change of the checkout",
                partial(
                    _refused, bed, program, Case("", left_by_killed_build, ("--home nowhere",))
                ),
            ),
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


def _refused(bed: Bed, program: Callable[[], Path], case: Case) -> str:
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
    """Root may write everywhere: it becomes nobody."""
    call = _call(bed, program)
    call.into.mkdir(mode=0o555)
    result = _run_as(call, _NOBODY if os.geteuid() == 0 else os.geteuid())
    _require_said(result, [f"--into {call.into}: {call.into} is not writable"], 1)
    require_equal("what is in it", content(call.into), {})
    return ""


def _nameless(bed: Bed, program: Path) -> str:
    """As in a container that runs as a number."""
    if os.geteuid() != 0:
        raise NotVerifiedError("root alone becomes another user")
    call = _call(bed, program)
    result = _run_as(call, _NAMELESS)
    _require_said(result, [f"user {_NAMELESS} has no name, which buildah asks for"], 1)
    require(not call.into.exists(), f"there is {call.into}")
    return ""


def _run_as(call: Call, user: int) -> Result:
    """Another user, who owns all of it, may not run root's own Python."""
    arguments = call.clone.call(*call.arguments())
    if os.geteuid() != user:
        os.chown(call.into.parent, user, user)
        for folder, _, files in os.walk(call.clone.folder):
            for path in (folder, *(os.path.join(folder, file) for file in files)):
                os.chown(path, user, user, follow_symlinks=False)
        ids = (f"--reuid={user}", f"--regid={user}", "--clear-groups")
        arguments = ["setpriv", *ids, "--", "/usr/bin/python3", *arguments[1:]]
    return run(arguments, env=settings({"HOME": "/nonexistent"}), codes=(2,))


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
