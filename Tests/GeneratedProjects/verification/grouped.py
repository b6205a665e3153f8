"""How a verification that has groups of checks goes: from the first signal to the last line."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Generic, TypeVar

from verification import commands
from verification.commands import CheckError
from verification.report import Check, Lane, Report

B = TypeVar("B")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Group(Generic[B]):
    """Checks about one thing, made of what all groups share; `lanes` are made beside each other."""

    name: str
    lanes: Callable[[B], Sequence[Sequence[Check]]]
    programs: tuple[str, ...] = ()
    # They make roots and change into them.
    as_root: bool = False
    # Containers take turns.
    contained: bool = False


def lanes(
    groups: Sequence[Group[B]], chosen: Sequence[str], bed: B, needed: Sequence[str], install: str
) -> tuple[list[tuple[str, Lane]], int]:
    """Those of the chosen groups, or of all; and how many groups lack a program here.

    - needed: programs that every group needs
    - install: what installs them
    """
    found: list[tuple[str, Lane]] = []
    not_verified = 0
    for group in groups:
        if chosen and group.name not in chosen:
            continue
        lacking = [name for name in (*needed, *group.programs) if shutil.which(name) is None]
        problems = [f"not installed: {', '.join(lacking)} ({install} does it)"] if lacking else []
        if group.as_root and os.geteuid() != 0:
            problems.append("only root can do that")
        if problems:
            not_verified += 1
            print(f"not verified: {group.name}", *problems, sep="\n     ", flush=True)
            continue
        found += [(group.name, Lane(list(made), group.contained)) for made in group.lanes(bed)]
    return found, not_verified


def make_all(report: Report, made: Sequence[tuple[str, Lane]]) -> None:
    """Whatever runs is ended before the caller removes anything, and that is not interrupted."""
    try:
        report.make_all(made)
    except BaseException:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        report.stop()
        commands.stop_all()
        report.wait()
        raise


def closed(report: Report, verify: Callable[[], int]) -> int:
    """Makes the checks, counts, and returns the exit code of all.

    - verify: returns how many groups were not verified
    """
    for number in _SIGNALS:
        signal.signal(number, _interrupt)
    # A shell in the background ignores this one too, and so would whatever is run from here.
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    started = time.monotonic()
    not_verified = 0
    try:
        not_verified = verify()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except CheckError as error:
        report.fail("the verification itself", str(error))
    print(f"in {time.monotonic() - started:.0f} s")
    if not_verified:
        print(f"{not_verified} groups not verified")
    print(f"{report.passed} passed, {report.failed} failed")
    is_complete = not not_verified or "CI" not in os.environ
    return 0 if report.passed and not report.failed and is_complete else 1


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)
