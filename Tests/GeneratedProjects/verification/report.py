"""Makes the checks and says how each ended."""

import os
import sys
import textwrap
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from verification.commands import CheckError

# A tool's whole output helps nobody: its beginning and its end do.
_LINES_SHOWN = 60

T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """One claim about a layout: `make` raises if it does not hold, else says what was seen."""

    name: str
    make: Callable[[], str]


@dataclass(frozen=True)
class Lane:
    """Checks of a layout that are made one after the other, beside those of other lanes."""

    checks: Sequence[Check]
    # There is one container engine: such lanes follow each other.
    contained: bool = False


class Once(Generic[T]):
    """What several checks need and the first of them makes; if that failed, all of them fail."""

    def __init__(self, name: str, make: Callable[[], T]) -> None:
        self._name = name
        self._make = make
        self._lock = threading.Lock()
        self._values: list[T] = []
        self._error: Exception | None = None

    def __call__(self) -> T:
        with self._lock:
            if self._error is not None:
                first = str(self._error).partition("\n")[0]
                raise CheckError(f"not verified: {self._name} failed before: {first}")
            if not self._values:
                try:
                    self._values.append(self._make())
                except Exception as error:
                    self._error = error
                    raise
            return self._values[0]


class Report:
    """Prints a line per check as it ends, and counts."""

    def __init__(self, only: str | None = None) -> None:
        self._only = only
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self.passed = 0
        self.failed = 0

    def make_all(self, lanes: Sequence[tuple[str, Lane]]) -> None:
        """Each with the name of its layout; those that come first begin first."""
        contained = deque(one for one in lanes if one[1].contained)
        others = deque(one for one in lanes if not one[1].contained)
        # Checks often wait, for a server or a disk: there are more lanes than processors.
        queues = [[contained, others], *([others] for _ in range((os.cpu_count() or 1) + 1))]
        self._threads = [
            threading.Thread(target=self._make_lanes, args=(own,), daemon=True) for own in queues
        ]
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            # A join without a limit would keep signals from being handled.
            while thread.is_alive():
                thread.join(0.2)

    def stop(self) -> None:
        """Begins no other check and reports none of those under way, which are to be ended."""
        self._stopped.set()

    def wait(self) -> None:
        """Waits until the checks under way have ended."""
        for thread in self._threads:
            thread.join(60)

    def _make_lanes(self, queues: Sequence[deque[tuple[str, Lane]]]) -> None:
        # What uses containers takes longest: it goes first where processors are short.
        if len(queues) == 1:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)
        for queue in queues:
            while True:
                try:
                    # Taking is one step: no two threads get the same lane.
                    layout, lane = queue.popleft()
                except IndexError:
                    break
                self._make_lane(layout, lane)

    def _make_lane(self, layout: str, lane: Lane) -> None:
        for check in lane.checks:
            if self._stopped.is_set():
                return
            if self._only is None or self._only in f"{layout}: {check.name}":
                self.make(layout, check)

    def make(self, layout: str, check: Check) -> None:
        started = time.monotonic()
        try:
            seen = check.make()
        except CheckError as error:
            problem = str(error)
        except Exception:
            problem = f"the check itself broke down\n{traceback.format_exc()}"
        else:
            problem = ""
        if self._stopped.is_set():
            return
        took = f"[{time.monotonic() - started:.1f} s]"
        if problem:
            self.fail(f"{layout}: {check.name} {took}", problem)
            return
        with self._lock:
            self.passed += 1
            detail = f" ({seen})" if seen else ""
            self._print(f"ok   {layout}: {check.name}{detail} {took}")

    def fail(self, what: str, problem: str) -> None:
        with self._lock:
            self.failed += 1
            self._print(f"FAIL {what}")
            self._print(textwrap.indent(_shortened(problem), "     "))

    @staticmethod
    def _print(text: str) -> None:
        encoding = sys.stdout.encoding or "ascii"
        safe = text.encode(encoding, "backslashreplace").decode(encoding)
        print(safe, flush=True)


def _shortened(text: str) -> str:
    lines = text.rstrip().splitlines()
    if len(lines) <= _LINES_SHOWN:
        return "\n".join(lines)
    half = _LINES_SHOWN // 2
    left_out = f"... {len(lines) - 2 * half} lines left out ..."
    return "\n".join([*lines[:half], left_out, *lines[-half:]])
