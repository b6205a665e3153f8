"""What has to hold on every disk."""

from collections.abc import Callable, Iterator

from disks.bed import Bed
from disks.cases import CASES, EMPTY, KEEP, NEW, REPLACE
from disks.crowds import lets_one_win, lets_one_win_in_between, shares_with_another_client
from disks.kills import keeps_edits, survives_a_second_kill, survives_kills
from disks.plain import ends_as_on_the_reference, makes_a_built_in_layout, refuses_conflicts
from disks.shortage import has_few_files, needs_files, needs_room
from disks.undone import survives_kills as survives_kills_undone
from disks.undone import takes_back
from verification.report import Check

_ROUNDS = 6


def checks(bed: Bed) -> Iterator[Check]:
    """All for one disk, in the order in which they are made. One commit in how many makes the same
    part of a check again is the number it is given."""

    def check(name: str, make: Callable[..., str], *what: object) -> Check:
        return Check(name, lambda: make(bed, *what))

    for case in CASES:
        yield check(case.name, ends_as_on_the_reference, case)
    yield check("conflicts, which are listed", refuses_conflicts)
    yield check("a built-in layout", makes_a_built_in_layout)
    for case in (NEW, EMPTY, KEEP, REPLACE):
        yield check(f"{case.name}, killed", survives_kills, case, 3)
    yield check("killed, then edited", keeps_edits, 6)
    yield check("killed, and the next run as well", survives_a_second_kill, 4)
    yield check("undone", takes_back)
    yield check("undone, killed", survives_kills_undone, 3)
    for case in (NEW, EMPTY, REPLACE):
        yield check(f"{case.name}, two at once", lets_one_win, case, _ROUNDS)
        yield check(f"{case.name}, one within another", lets_one_win_in_between, case, 6)
    for case in (NEW, REPLACE):
        yield check(f"{case.name}, no room", needs_room, case)
        if has_few_files(bed):
            yield check(f"{case.name}, no further file", needs_files, case)
    backing = bed.place.backing
    if backing is not None:
        for case in (NEW, EMPTY, REPLACE):
            yield check(f"{case.name}, two clients", shares_with_another_client, case, backing, 3)
