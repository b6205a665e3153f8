"""What a layout's checks are given: the program, folders of the run, and containers."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from verification.breaks import Break, first_of_each_file
from verification.commands import Command, Result, run
from verification.containers import Containers
from verification.report import Lane, Once
from verification.rotation import Rotation

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """One run of the verification of one layout."""

    scaffold: Path
    work: Path
    # For what is small and often made durable: in memory, where the machine has the room.
    memory: Path
    machine: Once[Containers]
    # What is closed when all checks have been made.
    closing: ExitStack
    # All breaks are made, of all files.
    every_break: bool = False
    rotation: Rotation = Rotation(None)

    def breaks(self, listed: Sequence[Break]) -> Sequence[Break]:
        """All, or the first of every other file."""
        if self.every_break:
            return listed
        return self.rotation.part(first_of_each_file(listed), 2, self.work.name)

    def in_turn(self, listed: Sequence[T]) -> Sequence[T]:
        """One of them, for what costs minutes and need not be seen with each commit."""
        return self.rotation.part(listed, len(listed), self.work.name)

    def new(self, layout: str, folder: Path, *options: str, codes: Sequence[int] = (0,)) -> Result:
        """Generates a project as a person would."""
        arguments: Command = [self.scaffold, "new", "--layout", layout, *options, folder]
        return run(arguments, cwd=self.work, codes=codes)


@dataclass(frozen=True)
class Layout:
    """How a layout is verified: the lanes of its checks, and the ports that its projects use."""

    name: str
    ports: Sequence[int]
    lanes: Callable[[Context], Sequence[Lane]]
