"""Breaks a project at listed places, one at a time, and expects its own tests to notice.

A list is JSON: `[{"file": "src/…/main.py", "find": "…", "replace": "…", "why": "…"}, …]`.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verification.commands import CheckError


@dataclass(frozen=True)
class Break:
    """What is found in the file becomes something that is wrong.

    `steps`, `tier` and `variant` say which project is meant, where a layout makes several; `tests`
    names the tests to ask first, where their names do not tell.
    """

    file: str
    find: str
    replace: str
    why: str
    steps: str = ""
    tier: str = ""
    variant: str = ""
    tests: str = ""

    def apply(self, project: Path) -> None:
        path = project / self.file
        if not path.is_file():
            raise CheckError(f"there is no {self.file}: {self.why}")
        text = path.read_text(encoding="utf-8")
        count = text.count(self.find)
        if count != 1:
            raise CheckError(f"{self.file} has {count} times, not once:\n{self.find}")
        path.write_text(text.replace(self.find, self.replace), encoding="utf-8")


def read_breaks(path: Path) -> list[Break]:
    return [Break(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def first_of_each_file(breaks: Sequence[Break]) -> list[Break]:
    """One break of each file of each project."""
    found: dict[tuple[str, str, str, str], Break] = {}
    for one in breaks:
        found.setdefault((one.file, one.steps, one.tier, one.variant), one)
    return list(found.values())


def notices(project: Path, copy: Path, broken: Break, tests: Callable[[Path], bool]) -> None:
    """`tests` runs the tests of the copy and tells whether they pass: now they must not."""
    shutil.copytree(project, copy, symlinks=True)
    try:
        broken.apply(copy)
        if tests(copy):
            raise CheckError(
                f"the project's tests still pass when {broken.file} is broken: {broken.why}\n"
                f"- {broken.find}\n+ {broken.replace}"
            )
    finally:
        shutil.rmtree(copy, ignore_errors=True)
