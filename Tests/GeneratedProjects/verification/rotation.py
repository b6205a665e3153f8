"""More could be checked than a change has time for: each commit checks another part."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from verification.commands import CheckError, run

T = TypeVar("T")


@dataclass(frozen=True)
class Rotation:
    """Which part is checked, as a number; None checks all."""

    number: int | None

    def part(self, items: Sequence[T], of: int, shift: str = "") -> Sequence[T]:
        """Every `of`th item. `shift` lets checks differ in which they take at one commit."""
        if self.number is None or not items:
            return items
        first = (self.number + sum(shift.encode())) % min(of, len(items))
        return items[first::of]


def by_commit(repository: Path) -> Rotation:
    try:
        commit = run(["git", "-C", repository, "rev-parse", "HEAD"]).out.strip()
    except CheckError:
        # Unpacked from an archive.
        return Rotation(0)
    return Rotation(int(commit[:8], 16))
