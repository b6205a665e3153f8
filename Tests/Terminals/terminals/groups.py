"""The groups of checks, and what each needs on the machine."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from terminals import (
    colours,
    conflicts,
    harness,
    hostile,
    keyboards,
    manual,
    multiplexer,
    outputs,
    pager,
    questions,
    shells,
    widths,
)
from terminals.bed import Bed
from verification.report import Check


@dataclass(frozen=True)
class Group:
    """Checks about one thing; `lanes` are made beside each other."""

    name: str
    lanes: Callable[[Bed], Sequence[Sequence[Check]]]
    programs: tuple[str, ...] = ()


GROUPS = (
    Group("harness", harness.lanes, ("bash",)),
    Group("colours", colours.lanes),
    Group("conflicts", conflicts.lanes),
    Group("hostile", hostile.lanes),
    Group("keys", keyboards.lanes),
    Group("manual", manual.lanes, ("groff", "man", "mandoc")),
    Group("outputs", outputs.lanes, ("bash",)),
    Group("pager", pager.lanes, ("less",)),
    Group("questions in tmux", multiplexer.conversations, ("tmux",)),
    Group("questions", questions.lanes, ("bash", "fish", "zsh")),
    Group("shells", shells.lanes, ("bash", "zsh", "fish")),
    Group("tmux", multiplexer.lanes, ("tmux",)),
    Group("widths", widths.lanes),
)


def missing(group: Group) -> list[str]:
    """Programs that are not there."""
    needed = ("git", "setsid", *group.programs)
    return [name for name in needed if shutil.which(name) is None]
