"""A mounted disk with all that a check needs, and the claims that checks share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from disks.cases import OWNERS, Case, Expectations, fresh_folder
from disks.kinds import Place
from disks.runs import Outcome, Point, Scaffold, internals
from disks.trees import Tree, differences, tree
from verification.claims import require
from verification.commands import CheckError
from verification.rotation import Rotation

T = TypeVar("T")
_LINES_SHOWN = 12


@dataclass(frozen=True)
class Bed:
    """A disk that is mounted, and what runs there are held against."""

    name: str
    place: Place
    scaffold: Scaffold
    expectations: Expectations
    rotation: Rotation

    @cached_property
    def keeps_modes(self) -> bool:
        with fresh_folder(self.place.folder) as folder:
            for mode in (0o600, 0o644, 0o755):
                file = folder / f"{mode:o}"
                file.touch(mode)
                if file.stat().st_mode & 0o777 != mode:
                    return False
        return True

    def points(self, case: Case) -> list[Point]:
        """All calls of an undisturbed run that change the disk."""
        with fresh_folder(self.place.folder) as folder:
            case.prepare(folder)
            return self.scaffold.points(case.directory(folder), *case.arguments(OWNERS[0]))

    def part(self, items: Sequence[T], of: int) -> Sequence[T]:
        return self.rotation.part(items, of, self.name)

    def require_tree(
        self, folder: Path, expected: Tree, outcome: Outcome, said: str | None = None
    ) -> None:
        """The folder holds exactly that, and the run spoke of nothing that only it knows."""
        lines = differences(tree(folder), expected, modes=self.keeps_modes)
        require(not lines, listed("the folder", lines, said or outcome.messages))
        require_no_internals(outcome)


def require_success(outcome: Outcome) -> None:
    require(outcome.code == 0, outcome.messages)


def require_no_internals(outcome: Outcome) -> None:
    names = internals(outcome)
    require(not names, f"a message with a name that nobody knows\n{outcome.messages}")


def require_own_files(case: Case, seen: Tree, before: Tree, complete: Tree) -> None:
    """No file of the user's is gone, or anything but what it was or is to become."""
    for name in case.own:
        path = f"{case.path}/{name}"
        held = seen[path].data if path in seen else None
        require(held in (before[path].data, complete[path].data), f"{path}: {held!r}")


def at_each(what: str, items: Sequence[T], make: Callable[[T], None]) -> str:
    """Makes a check once for each item; says how many failed, and how the first did."""
    problems = []
    for item in items:
        try:
            make(item)
        except CheckError as error:
            problems.append((item, str(error)))
    if problems:
        failed = ", ".join(str(item) for item, _ in problems)
        first = f"{problems[0][0]}: {problems[0][1]}"
        raise CheckError(f"{len(problems)} of {len(items)} {what}: {failed}\n{first}")
    return f"{len(items)} {what}"


def listed(what: str, lines: Sequence[str], said: str) -> str:
    shown = list(lines[:_LINES_SHOWN])
    if len(lines) > len(shown):
        shown.append(f"... and {len(lines) - len(shown)} more")
    return "\n".join([f"{what} is not as it has to be", *shown, said])


def both(outcomes: Sequence[Outcome]) -> str:
    """What two runs said, by whose they were."""
    pairs = zip(OWNERS, outcomes, strict=True)
    return "\n".join(f"{owner}: {outcome.messages}" for owner, outcome in pairs)
