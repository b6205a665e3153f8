"""How large the packages are: none may grow unnoticed, and each says what is wanted of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uses.bed import Bed
from verification.claims import require
from verification.report import Check

_MEGABYTE = 10**6


@dataclass(frozen=True)
class Size:
    """In millions of bytes."""

    # A little more than was reached; what is above was made larger by a change.
    most: float
    wanted: float


_WHEEL = Size(4.5, 3.5)
_DEBIAN = Size(3.4, 2.8)
_ARCHIVE = Size(3.4, 2.6)
_BINARY = Size(11.0, 9.0)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("of the wheel", lambda: _file(bed.built.wheel, _WHEEL)),
            Check("of the Debian package", lambda: _file(bed.built.debian, _DEBIAN)),
            Check("of the archive", lambda: _file(bed.built.archive, _ARCHIVE)),
            Check("of the binary", lambda: _file(bed.program(), _BINARY)),
        ]
    ]


def _file(path: Path, size: Size) -> str:
    found = path.stat().st_size / _MEGABYTE
    require(found <= size.most, f"{found:.2f} MB, at most {size.most} MB are allowed")
    missed = "" if found <= size.wanted else f"; {size.wanted} MB are wanted"
    return f"{found:.2f} MB{missed}"
