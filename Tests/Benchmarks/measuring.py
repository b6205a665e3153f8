"""Times by hyperfine, and peak memory."""

import json
import shlex
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from tools import checked


@dataclass
class Series:
    """The times of one command, in seconds."""

    times: "list[float]" = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def minimum(self) -> float:
        return min(self.times)


def time_commands(
    commands: "dict[str, str]", *, runs: int, rounds: int, warmup: int = 2,
    remove: Optional[Path] = None, environment: "Optional[dict[str, str]]" = None,
) -> "dict[str, Series]":
    """Runs each command `runs` times without a shell. The commands take turns in rounds, so that
    what else the machine does meets all of them alike.

    `remove` is what each run finds absent.
    """
    series = {name: Series() for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        call = ["hyperfine", "--shell=none", "--style=none", f"--warmup={warmup}"]
        call += [f"--runs={max(1, runs // rounds)}", f"--export-json={report}"]
        if remove:
            call.append(f"--prepare=rm -rf {shlex.quote(str(remove))}")
        for _ in range(rounds):
            checked([*call, *commands.values()], env=environment)
            for name, result in zip(commands, json.loads(report.read_text())["results"]):
                series[name].times += result["times"]
    return series


def peak_memory(launcher: Path, command: "list[str]") -> float:
    """The most memory that `command` held, in MB of 10^6 bytes."""
    return int(checked([launcher, *command])) * 1024 / 1e6
