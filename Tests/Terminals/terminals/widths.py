"""What is printed fits the terminal: no word is torn, at any width."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.calls import READING, WRITING, WRONG, Call, prepared
from terminals.emulator import Emulator, cells
from verification.claims import require_equal
from verification.commands import CheckError
from verification.report import Check, Once

_COLUMNS = (20, 40, 80, 200)
# High enough for nearly all that any command prints: nothing scrolls.
_ROWS = 3000
_COMMANDS = re.compile(r"(Next|Examples?):$")
_CODE = "    "
_INDENTATION = " │├└─|`-"


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    folder = Once("projects", lambda: prepared(bed))
    return [
        [Check(str(call), partial(_fits, bed, folder, call)) for call in READING],
        [
            *(Check(str(call), partial(_fits, bed, folder, call)) for call in WRONG),
            *(Check(str(call), partial(_fits_once, bed, call)) for call in WRITING),
        ],
    ]


def _fits(bed: Bed, folder: Once[Path], call: Call) -> str:
    return _require_fits(bed, folder, call)


def _fits_once(bed: Bed, call: Call) -> str:
    """A run that writes has a folder for each width."""
    return _require_fits(bed, partial(prepared, bed), call)


def _require_fits(bed: Bed, folder: Callable[[], Path], call: Call) -> str:
    torn = []
    for columns in _COLUMNS:
        with bed.screen(
            *call.words, cwd=folder(), env={"PAGER": ""}, columns=columns, rows=_ROWS
        ) as screen:
            code = screen.end()
            if code not in call.codes:
                raise CheckError(f"it ended with {code}\n{screen.drawn()}")
            screen.require_as_it_was()
            require_equal("what the emulator does not know", screen.emulator.unknown, [])
            if not call.is_verbatim:
                torn += [f"{columns:3}: {line}" for line in _too_long(screen.emulator, call)]
    if torn:
        raise CheckError("too long for these columns:\n" + "\n".join(torn))
    return f"{len(screen.emulator.rows())} rows"


def _too_long(emulator: Emulator, call: Call) -> Iterator[str]:
    """Lines that run into the edge, but for a word that no row could hold, and for commands, which
    people copy."""
    is_command = False
    for line in emulator.written():
        if is_command and not line.startswith(" "):
            is_command = False
        if _COMMANDS.match(line):
            is_command = True
        elif call.has_code and line.startswith(_CODE):
            pass
        elif cells(line) > emulator.columns and not is_command:
            words = line.lstrip(_INDENTATION).split(" ")
            # Indented as little as can be, it would not have fitted either.
            if cells(words[0]) + cells(line) - cells(line.lstrip(_INDENTATION)) <= emulator.columns:
                yield line
