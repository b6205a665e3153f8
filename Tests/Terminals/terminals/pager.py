"""What is longer than the screen is shown by a pager, as git does it."""

import signal
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.screen import ENTER, Screen, control
from verification.claims import require, require_equal
from verification.report import Check, Once

_LONG = ("show", "ops-k8s", "--tree")
_LAST = "pyproject.toml"


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    folder = Once("a folder", lambda: bed.folder("pager"))
    return [
        [
            Check("less shows pages, and q ends it", partial(_shows_pages, bed, folder)),
            Check("Ctrl-C is the pager's", partial(_leaves_interrupts, bed, folder)),
            Check("a window that is closed ends both", partial(_hangs_up, bed, folder)),
            Check("no pager where none is needed or wanted", partial(_has_none, bed, folder)),
            Check("a pager of one's own", partial(_takes_others, bed, folder)),
            Check(
                "a pager that is not there, or ends at once", partial(_does_without, bed, folder)
            ),
        ]
    ]


def _paged(bed: Bed, folder: Once[Path], env: Mapping[str, str | None] | None = None) -> Screen:
    return bed.screen(*_LONG, cwd=folder(), env=env)


def _waits(screen: Screen) -> bool:
    """less waits for a key."""
    rows = screen.emulator.rows()
    return len(rows) == screen.emulator.lines and rows[-1].startswith(":")


def _shows_pages(bed: Bed, folder: Once[Path]) -> str:
    with _paged(bed, folder) as screen:
        screen.wait_for(_waits, "page")
        first = screen.text
        screen.keys(" ")
        screen.wait_for(lambda seen: seen.text != first, "second page")
        require(
            any(cell.bold for row in screen.emulator.buffer.values() for cell in row.values()),
            f"no colours\n{screen.drawn()}",
        )
        screen.keys("q")
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
    return ""


def _leaves_interrupts(bed: Bed, folder: Once[Path]) -> str:
    with _paged(bed, folder) as screen:
        screen.wait_for(_waits, "page")
        first, written = screen.text, len(screen.raw)
        screen.keys(control("c"))
        # What is typed before less has seen to it goes with it.
        screen.wait_for(lambda seen: len(seen.raw) > written and _waits(seen), "page again")
        screen.keys(" ")
        screen.wait_for(lambda seen: seen.text != first and _waits(seen), "another page")
        screen.keys("q", "q")
        require(screen.end() in (0, -signal.SIGINT), screen.drawn())
        screen.require_as_it_was()
    return ""


def _hangs_up(bed: Bed, folder: Once[Path]) -> str:
    with _paged(bed, folder) as screen:
        screen.wait_for(_waits, "page")
        screen.hang_up()
        require(screen.end() != 0, "it ends as if all had been read")
    return ""


def _has_none(bed: Bed, folder: Once[Path]) -> str:
    """Where one begins, it waits for a key that does not come."""
    cases: Sequence[tuple[Sequence[str], Mapping[str, str | None], int]] = (
        (["list"], {}, 24),
        (_LONG, {}, 500),
        ([*_LONG, "--no-pager"], {}, 24),
        (["--no-pager", *_LONG], {}, 24),
        (_LONG, {"TERM": "dumb"}, 24),
        (_LONG, {"PAGER": ""}, 24),
        (_LONG, {"PAGER": "cat"}, 24),
        (_LONG, {"SCAFFOLD_PAGER": "cat", "PAGER": "less"}, 24),
        # A run that writes has none, whatever it prints.
        (["new", "--layout", "ops-k8s", "x"], {}, 24),
        (["nope"], {}, 1),
    )
    for words, env, rows in cases:
        with bed.screen(*words, cwd=folder(), env=env, rows=rows) as screen:
            require_equal(f"exit code of {words}", screen.end(), 2 if "nope" in words else 0)
            screen.require_as_it_was()
            require(b"\x1b[K" not in screen.raw, f"{words}: a pager\n{screen.drawn()}")
    return f"{len(cases)} calls"


def _takes_others(bed: Bed, folder: Once[Path]) -> str:
    for env in (
        {"PAGER": "head -n 1; echo shown"},
        {"SCAFFOLD_PAGER": "head -n 1; echo shown", "PAGER": "cat"},
    ):
        with _paged(bed, folder, env) as screen:
            require_equal("exit code", screen.end(), 0)
            require_equal("rows", len(screen.emulator.rows()), 2)
            require("shown" in screen.text, screen.drawn())
    with _paged(bed, folder, {"LESS": "-E -X -M"}) as screen:
        screen.wait_text("lines 1-")
        screen.keys("G", "q", ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
    return ""


def _does_without(bed: Bed, folder: Once[Path]) -> str:
    cases: Sequence[tuple[Mapping[str, str | None], bool]] = (
        ({"PAGER": "/nowhere/pager"}, True),
        # Without less; the shell has a path of its own.
        ({"PATH": str(bed.scaffold.parent)}, True),
        ({"PAGER": "true"}, False),
        ({"PAGER": "exit 3"}, False),
        ({"PAGER": "sleep 0; exec 0<&-"}, False),
    )
    for env, shows in cases:
        with bed.screen(*_LONG, cwd=folder(), env=env) as screen:
            require_equal(f"exit code with {dict(env)}", screen.end(), 0)
            require(not shows or _LAST in screen.text, f"{dict(env)}\n{screen.drawn()}")
            require("error:" not in screen.text, screen.drawn())
            if "PATH" in env:
                require("not found" not in screen.raw.decode(), screen.drawn())
            screen.require_as_it_was()
    return ""
