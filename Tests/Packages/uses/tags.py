"""What `check-tag` lets pass, and what it refuses of the rest."""

import re
import sys
from collections.abc import Callable, Sequence
from functools import partial

from uses.bed import Bed
from uses.clones import Clone, clone, settings
from uses.faulty_calls import Call, licensed_as, write
from verification.claims import require, require_equal
from verification.commands import Command, Result, run
from verification.report import Check

_DOCUMENTS = ("README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md")
_UNRELEASED = re.compile(r"there\s+are\s+no\s+releases\s+yet", re.IGNORECASE)


def checks(bed: Bed) -> Sequence[Check]:
    return [
        Check("a tag of a commit that can be released", lambda: _passed(bed)),
        *(
            Check(f"refused as a tag: {name}", partial(_refused, bed, spoil, said))
            for name, spoil, said in _CASES
        ),
    ]


def _releasable(bed: Bed) -> Call:
    """What the owner has to decide is decided, and the documents say so."""
    there = clone(bed, "clone")
    for name in _DOCUMENTS:
        path = there.folder / name
        text = path.read_text(encoding="utf-8").replace("OWNER/", "ann/")
        path.write_text(_UNRELEASED.sub("it is released", text), encoding="utf-8")
    call = Call(bed, there, bed.built.version, bed.work, None)
    licensed_as(call, "MIT", text=True)
    return call


def _check(there: Clone, version: str, *options: str, code: int) -> Result:
    script = there.folder / "Tests/Packages/check-tag"
    call: Command = [sys.executable, script, f"v{version}", *options]
    return run(call, env=settings(), codes=(code,))


def _passed(bed: Bed) -> str:
    call = _releasable(bed)
    call.clone.git("tag", f"v{call.version}")
    require_equal("what is said", _check(call.clone, call.version, code=0).text, "")
    notes = _check(call.clone, call.version, "--notes", code=0).out
    require(bool(notes.strip()), "a release has nothing to say")
    return f"{len(notes)} characters of notes"


def _refused(bed: Bed, spoil: Callable[[Call], None], said: str) -> str:
    """All else is right: nothing else is told."""
    call = _releasable(bed)
    spoil(call)
    if call.clone.git("tag") == "":
        call.clone.git("tag", f"v{call.version}")
    result = _check(call.clone, call.version, code=2)
    require_equal("the output", result.out, "")
    faults = [line for line in result.err.splitlines() if line.startswith("error: ")]
    require_equal(f"faults in\n{result.err}", len(faults), 1)
    require(said in faults[0], f"{said!r} is not said:\n{result.err}")
    return faults[0][:100]


def _changed(call: Call) -> None:
    write(call.clone.folder / ".github/SECURITY.md")


def _without_document(call: Call) -> None:
    (call.clone.folder / ".github/SECURITY.md").unlink()
    call.clone.commit()


def _no_text(call: Call) -> None:
    (call.clone.folder / "README.md").write_bytes(b"\xff\n")
    call.clone.commit()


def _unreleased(call: Call) -> None:
    write(call.clone.folder / ".github/SECURITY.md", "There are no\nreleases yet.\n")
    call.clone.commit()


def _unlicensed(call: Call) -> None:
    licensed_as(call, None, text=False)


def _mixed(call: Call) -> None:
    licensed_as(call, "MIT AND (Apache-2.0 OR ISC)", text=True)


def _other_commit(call: Call) -> None:
    call.clone.git("tag", f"v{call.version}")
    write(call.clone.folder / "another")
    call.clone.commit()


_CASES = (
    ("a file that is not of the commit", _changed, "the checkout is not as its commit"),
    ("a document that is not there", _without_document, ".github/SECURITY.md: No such file"),
    ("a document that is no text", _no_text, "README.md: byte 1 is not UTF-8"),
    ("a document that says otherwise", _unreleased, ".github/SECURITY.md says “there are no"),
    ("no licence", _unlicensed, "there is no licence: it is the owner's decision"),
    ("licences that Homebrew cannot name", _mixed, "not a name as SPDX has them"),
    ("another commit", _other_commit, " and this is "),
)
