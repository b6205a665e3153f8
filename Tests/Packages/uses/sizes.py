"""How large the packages may be."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from uses.bed import Bed
from verification.claims import require
from verification.report import Check

# In millions of bytes.
_MEGABYTE = 10**6
_WHEEL, _DEBIAN, _ARCHIVE, _BINARY = 3.5, 2.8, 2.6, 9.0


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check(f"the wheel has at most {_WHEEL} MB", lambda: _file(bed.built.wheel, _WHEEL)),
            Check(
                f"the Debian package has at most {_DEBIAN} MB",
                lambda: _file(bed.built.debian, _DEBIAN),
            ),
            Check(
                f"the archive has at most {_ARCHIVE} MB",
                lambda: _file(bed.built.archive, _ARCHIVE),
            ),
            Check(f"the binary has at most {_BINARY} MB", partial(_binary, bed)),
        ]
    ]


def _file(path: Path, limit: float) -> str:
    return _within(path.stat().st_size, limit)


def _binary(bed: Bed) -> str:
    return _within(bed.program().stat().st_size, _BINARY)


def _within(size: int, limit: float) -> str:
    seen = f"{size:,} bytes, {size / _MEGABYTE:.2f} MB"
    require(size <= limit * _MEGABYTE, f"{seen}, at most {limit} MB are wanted")
    return seen
