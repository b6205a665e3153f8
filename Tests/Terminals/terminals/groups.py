"""The groups of checks, and what each needs on the machine."""

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
from verification.grouped import Group

# What every group needs.
PROGRAMS = ("git", "setsid")

GROUPS: tuple[Group[Bed], ...] = (
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
