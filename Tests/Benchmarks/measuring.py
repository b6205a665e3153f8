"""Times and peak memory of commands that take turns."""

import os
import shutil
import signal
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from tools import Unmeasurable, checked


@dataclass
class Series:
    """The runs of one command: seconds, and bytes of memory at most."""

    times: "list[float]" = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def renew(path: Path, original: Optional[Path]) -> None:
    """Removes what is at `path`, and puts a copy of `original` there."""
    checked(["rm", "-rf", path])
    if original:
        checked(["cp", "-a", original, path])


class Launcher:
    """Runs commands by `launch.c`, without a shell."""

    def __init__(self, program: Path):
        self._program = program

    def measure(
        self, commands: "dict[str, list[str]]", *, runs: int, warmup: int = 1,
        remove: Optional[Path] = None, original: Optional[Path] = None,
        environment: "Optional[dict[str, str]]" = None,
    ) -> "dict[str, Series]":
        """Runs each command `runs` times. They take turns, in one order and then in the other, so
        that what else the machine does meets all of them alike; the first rounds fill the caches
        and do not count.

        `remove` is what each run finds absent, or as a copy of `original`.
        """
        series = {name: Series() for name in commands}
        names = list(commands)
        for turn in range(warmup + runs):
            for name in names if turn % 2 == 0 else reversed(names):
                if remove:
                    renew(remove, original)
                seconds, peak = self._run(commands[name], environment)
                if turn >= warmup:
                    series[name].times.append(seconds)
                    series[name].peak = max(series[name].peak, peak)
        return series

    def _run(
        self, command: "list[str]", environment: "Optional[dict[str, str]]"
    ) -> "tuple[float, int]":
        program = shutil.which(command[0])
        if not program:
            raise Unmeasurable(f"there is no {command[0]}")
        # Of a session of its own, so that a Ctrl-C ends this program first, which ends the command
        # and waits for it before it removes what the command writes to.
        process = subprocess.Popen(
            [self._program, program, *command[1:]], env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            output, errors = process.communicate()
        except BaseException:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()
            raise
        if process.returncode != 0:
            raise Unmeasurable(f"{' '.join(command)} failed:\n{errors}")
        nanoseconds, kibibytes = map(int, output.split())
        return nanoseconds / 1e9, kibibytes * 1024
