"""The time of a clean release build, against that of the base."""

import os
import time
from pathlib import Path

from measuring import Series
from places import folder
from table import Row, ratio
from tools import REPOSITORY, WORK, checked


def rows(base: str, runs: int) -> "list[Row]":
    """Each in a fresh clone; the two commits take turns."""
    series = {"HEAD": Series(), base: Series()}
    commits = list(series)
    for turn in range(runs):
        for commit in commits if turn % 2 == 0 else reversed(commits):
            with folder(WORK, "build-") as place:
                series[commit].times.append(_build(commit, place / "clone"))
    work, measure = "clean release build", "time against the base build"
    return [ratio(work, measure, series["HEAD"], series[base], at_most=0.8)]


def _build(commit: str, clone: Path) -> float:
    hash_of_commit = checked(["git", "rev-parse", commit], cwd=REPOSITORY).strip()
    checked(["git", "clone", "--quiet", "--shared", "--no-checkout", REPOSITORY, clone])
    checked(["git", "checkout", "--quiet", "--detach", hash_of_commit], cwd=clone)
    os.sync()
    start = time.monotonic()
    checked(["swift", "build", "-c", "release"], cwd=clone)
    return time.monotonic() - start
