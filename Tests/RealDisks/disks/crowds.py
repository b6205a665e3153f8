"""Two runs for one target: at once, one within the other, and from two clients of one disk."""

from collections.abc import Sequence
from pathlib import Path

from disks.bed import Bed, at_each, both, listed, require_no_internals, require_own_files
from disks.cases import OWNERS, Case, fresh_folder
from disks.runs import Outcome, Point
from disks.trees import Tree, differences, tree
from verification.claims import require


def lets_one_win(bed: Bed, case: Case, rounds: int) -> str:
    def together(_round: int) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = case.prepare(folder)
            directory = case.directory(folder)
            running = [bed.scaffold.start(directory, *case.arguments(owner)) for owner in OWNERS]
            outcomes = [bed.scaffold.end(process) for process in running]
            _require_one_winner(bed, case, folder, before, outcomes)

    return at_each("rounds", range(rounds), together)


def lets_one_win_in_between(bed: Bed, case: Case, part: int) -> str:
    """The first run is stopped after a call until the second has ended."""

    def stopped(point: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = case.prepare(folder)
            directory = case.directory(folder)
            with bed.scaffold.stop(directory, point, *case.arguments(OWNERS[0])) as first:
                second = bed.scaffold.run(directory, *case.arguments(OWNERS[1]))
                outcomes = [first.go_on(), second]
            _require_one_winner(bed, case, folder, before, outcomes)

    return at_each("points", bed.part(bed.points(case), part), stopped)


def _require_one_winner(
    bed: Bed, case: Case, folder: Path, before: Tree, outcomes: Sequence[Outcome]
) -> None:
    said = both(outcomes)
    seen = tree(folder)
    codes = [outcome.code for outcome in outcomes]
    require(sorted(codes) == [0, 4], f"exactly one is to win\n{said}")
    complete = bed.expectations.complete(case, OWNERS[codes.index(0)])
    require_own_files(case, seen, before, complete)
    for outcome in outcomes:
        bed.require_tree(folder, complete, outcome, said)


def shares_with_another_client(bed: Bed, case: Case, backing: Path, part: int) -> str:
    """Locks do not hold between a mount and what is mounted: the first run, through the mount, is
    stopped after a call until the second, beside it, has ended."""

    def stopped(point: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            beside = backing / folder.name
            before = case.prepare(folder)
            arguments = case.arguments(OWNERS[0])
            with bed.scaffold.stop(case.directory(folder), point, *arguments) as first:
                second = bed.scaffold.run(case.directory(beside), *case.arguments(OWNERS[1]))
                finished = tree(beside)
                outcomes = [first.go_on(), second]
            _require_truth(bed, case, beside, before, finished, outcomes)

    return at_each("points", bed.part(bed.points(case), part), stopped)


def _require_truth(
    bed: Bed,
    case: Case,
    folder: Path,
    before: Tree,
    finished: Tree,
    outcomes: Sequence[Outcome],
) -> None:
    """What the second run finished stays, and who says so has a project.

    The second may have completed what the first had planned, and says so: then that is the project.
    """
    said = both(outcomes)
    seen = tree(folder)
    wanted = {owner: bed.expectations.complete(case, owner) for owner in OWNERS}
    whole = [owner for owner in OWNERS if not differences(seen, wanted[owner], modes=False)]
    nearest = min(
        (differences(seen, one, modes=False) for one in (*wanted.values(), before)), key=len
    )
    require(bool(whole) or seen == before, listed("the folder, in between,", nearest, said))
    second = outcomes[1]
    if second.code == 0:
        was_whole = [
            owner for owner in OWNERS if not differences(finished, wanted[owner], modes=False)
        ]
        require(was_whole in ([], whole), f"what was finished, {was_whole}, is now {whole}\n{said}")
    for owner, outcome in zip(OWNERS, outcomes, strict=True):
        if outcome.code == 0:
            require(bool(whole), f"{owner} says that its project is there\n{said}")
            has_completed = "interrupted run was completed" in outcome.err
            require(has_completed or whole == [owner], f"the project is {whole}'s\n{said}")
            require_own_files(case, seen, before, wanted[whole[0]])
    for outcome in outcomes:
        require_no_internals(outcome)
