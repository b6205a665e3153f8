"""Runs on a full disk: one without room, or one that takes no further file."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from disks.bed import Bed, listed, require_no_internals, require_success
from disks.cases import OWNERS, Case, fresh_folder
from disks.trees import differences, tree
from verification.claims import require
from verification.commands import CheckError, run

# More than the layout's project takes while it is staged, on any disk.
_ENOUGH_BYTES = 1_200_000
_ENOUGH_FILES = 100
# Disks with a number of files that is soon reached.
_MOST_FILES = 1000
_STEPS = 9
_WRONG_REASONS = ("another run", "changed while", "appeared while")


def needs_room(bed: Bed, case: Case) -> str:
    return _needs(bed, case, _short_of_bytes, _ENOUGH_BYTES)


def needs_files(bed: Bed, case: Case) -> str:
    return _needs(bed, case, _short_of_files, _ENOUGH_FILES)


def has_few_files(bed: Bed) -> bool:
    return all(0 < os.statvfs(room).f_files <= _MOST_FILES for room in bed.place.rooms)


def _needs(
    bed: Bed,
    case: Case,
    shortage: Callable[[Path, int], AbstractContextManager[None]],
    enough: int,
) -> str:
    """Looks for the least with which a run gets through: those that just fail do so late."""
    # ntfs-3g keeps each set of permissions once, and never again makes one that it had no room for.
    _ = bed.keeps_modes
    too_little, tried, left = 0, 0, 0
    problems = []
    while tried < _STEPS:
        tried += 1
        code = 4
        try:
            code = _run_with_little(bed, case, lambda room: shortage(room, left))  # noqa: B023
        except CheckError as error:
            problems.append(f"{left} left: {error}")
        if code == 0:
            enough = left
        else:
            too_little = left
        left = (too_little + enough) // 2
    if problems:
        raise CheckError(f"{len(problems)} of {tried} runs\n{problems[-1]}")
    require(too_little > 0 or enough > 0, "the disk was never full")
    return f"{too_little} are too little, {enough} enough"


def _run_with_little(
    bed: Bed, case: Case, shortage: Callable[[Path], AbstractContextManager[None]]
) -> int:
    """A run that has no room leaves the target as it was; with room, the next completes it."""
    with fresh_folder(bed.place.folder) as folder:
        before = case.prepare(folder)
        directory, arguments = case.directory(folder), case.arguments(OWNERS[0])
        complete = bed.expectations.complete(case)
        with _all_of(bed.place.rooms, shortage):
            outcome = bed.scaffold.run(directory, *arguments)
            seen = tree(folder)
        require(outcome.code in (0, 4), outcome.messages)
        lines = differences(seen, before if outcome.code else complete, modes=False)
        require(not lines, listed("the target", lines, outcome.messages))
        require_no_internals(outcome)
        for wrong in _WRONG_REASONS:
            require(wrong not in outcome.err, outcome.messages)
        if outcome.code != 0:
            again = bed.scaffold.run(directory, *arguments)
            require_success(again)
            bed.require_tree(folder, complete, again)
    return outcome.code


@contextmanager
def _all_of(
    rooms: Sequence[Path], shortage: Callable[[Path], AbstractContextManager[None]]
) -> Iterator[None]:
    if not rooms:
        yield
        return
    with shortage(rooms[0]), _all_of(rooms[1:], shortage):
        yield


@contextmanager
def _short_of_bytes(room: Path, left: int) -> Iterator[None]:
    reserve, filler = room / "reserve", room / "filler"
    try:
        # Made and removed, not cut off the filler: some disks need room to shorten a file.
        reserve.write_bytes(b"x" * left)
        _write_to_the_last(filler)
        reserve.unlink()
        _settle(room)
        yield
    finally:
        reserve.unlink(missing_ok=True)
        filler.unlink(missing_ok=True)
        # Some give room back only then.
        _settle(room)


@contextmanager
def _short_of_files(room: Path, left: int) -> Iterator[None]:
    made: list[Path] = []
    try:
        while len(made) <= _MOST_FILES:
            file = room / f"filler-{len(made)}"
            try:
                file.touch()
            except OSError:
                break
            made.append(file)
        for file in made[:left]:
            file.unlink()
        yield
    finally:
        for file in made:
            file.unlink(missing_ok=True)


def _settle(room: Path) -> None:
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
