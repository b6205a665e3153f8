"""Runs on a full disk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from verification.claims import require
from verification.commands import run

from disks.bed import Bed, at_each, listed, require_no_internals, require_success
from disks.cases import OWNERS, Case, fresh_folder
from disks.trees import differences, tree

# Bytes that are left. The layout's project takes about 150 KB.
_ROOMS = (0, 8_000, 24_000, 70_000, 110_000, 150_000)


def needs_room(bed: Bed, case: Case, part: int) -> str:
    """A run that has no room leaves the target as it was; with room, the next completes it."""
    refused = []

    def short(left: int) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = case.prepare(folder)
            directory, arguments = case.directory(folder), case.arguments(OWNERS[0])
            complete = bed.expectations.complete(case)
            with _filled(bed.place.rooms, left):
                outcome = bed.scaffold.run(directory, *arguments)
                seen = tree(folder)
            if outcome.code != 0:
                refused.append(left)
            lines = differences(seen, before if outcome.code else complete, modes=False)
            require(not lines, listed("the target", lines, outcome.messages))
            require_no_internals(outcome)
            for wrong in ("another run", "changed while", "appeared while"):
                require(wrong not in outcome.err, outcome.messages)
            if outcome.code != 0:
                require(outcome.code == 4, outcome.messages)
                again = bed.scaffold.run(directory, *arguments)
                require_success(again)
                bed.require_tree(folder, complete, again)

    said = at_each("sizes of what is left", bed.part(_ROOMS, part), short)
    require(bool(refused), "the disk was never full")
    return f"{said}, {len(refused)} too small"


@contextmanager
def _filled(rooms: Sequence[Path], left: int) -> Iterator[None]:
    """Takes all room but `left` bytes of each."""
    files = [(room / "reserve", room / "filler") for room in rooms]
    try:
        for reserve, filler in files:
            # Made and removed, not cut off the filler: some disks need room to shorten a file.
            reserve.write_bytes(b"x" * left)
            _write_to_the_last(filler)
            reserve.unlink()
            run(["sync", "--file-system", reserve.parent])
        yield
    finally:
        for file in (file for pair in files for file in pair):
            file.unlink(missing_ok=True)
        for room in rooms:
            # Some give room back later.
            run(["sync", "--file-system", room])


def _write_to_the_last(file: Path) -> None:
    size = 1 << 20
    while size >= 512:
        try:
            with file.open("ab", buffering=0) as filler:
                while filler.write(b"x" * size) == size:
                    pass
        except OSError:
            # Some notice only on closing.
            pass
        size >>= 1
