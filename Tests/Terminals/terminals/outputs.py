"""Outputs that take nothing: closed, full, or left by whoever read them."""

import shlex
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.calls import READING, WRITING, WRONG, Call, commands, prepared
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check, Once

_NOT_WRITTEN = 4
_COMPLAINT = "error: cannot write the output: "
_LOST = (">&-", ">/dev/full")
_SILENT = ("2>&-", "2>/dev/full")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    folder = Once("projects", lambda: prepared(bed))
    calls = (*READING, *WRONG)
    reading = [
        Check(f"{call}, output lost", partial(_loses, bed, folder, call)) for call in READING
    ]
    silent = [
        Check(f"{call}, errors lost", partial(_is_silent, bed, folder, call)) for call in calls
    ]
    left = [Check(f"{call} | head -1", partial(_is_left, bed, folder, call)) for call in READING]
    writing = [Check(f"{call}, output lost", partial(_has_written, bed, call)) for call in WRITING]
    called = Check("every command is called here", partial(_all_are_called, bed))
    return [
        [called, *reading],
        [*bed.rotation.part(silent, 2), *writing],
        bed.rotation.part(left, 2),
    ]


def _all_are_called(bed: Bed) -> str:
    called = {call.words[0] for call in (*READING, *WRONG, *WRITING)}
    lacking = [name for name in commands(bed, bed.folder("help")) if name not in called]
    require_equal("commands without a call", lacking, [])
    return ""


def _shell(
    bed: Bed, folder: Path, call: Call, rest: str, codes: Sequence[int] | None
) -> tuple[int, str]:
    line = f"{shlex.join([str(bed.scaffold), *call.words])} {rest}"
    result = run(["bash", "-c", line], cwd=folder, env=bed.env(), codes=codes)
    return result.code, result.text


def _loses(bed: Bed, folder: Once[Path], call: Call) -> str:
    """What was asked for could not be said: that is an error, in one line."""
    for how in _LOST:
        code, text = _shell(bed, folder(), call, how, None)
        require_equal(f"exit code with {how}\n{text}\n", code, _NOT_WRITTEN)
        require(_COMPLAINT in text, f"it does not say why\n{text}")
    return ""


def _is_silent(bed: Bed, folder: Once[Path], call: Call) -> str:
    """The exit code tells, where nothing else can."""
    for how in _SILENT:
        code, _ = _shell(bed, folder(), call, how, None)
        require(code in call.codes, f"it ended with {code} with {how}, and else with {call.codes}")
    return ""


def _is_left(bed: Bed, folder: Once[Path], call: Call) -> str:
    """Whoever has read enough goes away, and that is no error of anybody."""
    _, text = _shell(bed, folder(), call, "2>/dev/null | head -1; echo ${PIPESTATUS[0]}", None)
    lines = text.splitlines()
    require(len(lines) == 2 or (lines[0] == "" and len(lines) == 3), text)
    # As any program that writes where nobody reads.
    ended = (*call.codes, 128 + signal.SIGPIPE)
    require(int(lines[-1]) in ended, f"it ended with {lines[-1]}\n{text}")
    return ""


def _has_written(bed: Bed, call: Call) -> str:
    """A change that could not be told of has been made all the same, and the error says so."""
    expected = prepared(bed)
    code, _ = _shell(bed, expected, call, "", call.codes)
    for how in _LOST:
        folder = prepared(bed)
        lost, said = _shell(bed, folder, call, how, None)
        if code in (0, 1):
            require_equal(f"exit code with {how}\n{said}\n", lost, _NOT_WRITTEN)
            require(_COMPLAINT in said, f"it does not say why\n{said}")
            require("help: " in said, f"it does not say that it was done\n{said}")
        else:
            require_equal(f"exit code with {how}", lost, code)
        run(["diff", "-r", "--exclude=.scaffold-undo", expected, folder])
    return said.splitlines()[0] if said else ""
