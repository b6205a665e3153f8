"""What the checks share: the packages, and homes to install them in."""

import itertools
import os
import pwd
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from uses.built import Built
from uses.tools import tool
from uses.tree import Tree
from verification.commands import Result, run
from verification.report import Once
from verification.rotation import Rotation

T = TypeVar("T")

_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Home:
    """Somebody's home that was empty, and what a login there has: this machine's programs, and
    nothing of its settings."""

    path: Path
    # Further programs, by a folder of links to them.
    programs: Path | None = None

    def env(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """`None` takes a variable away."""
        folders = [f"{self.path}/.local/bin", *([str(self.programs)] if self.programs else [])]
        ours: dict[str, str | None] = {
            "HOME": str(self.path),
            "PATH": ":".join([*folders, _SYSTEM]),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "USER": pwd.getpwuid(os.getuid()).pw_name,
        }
        wanted = ours | dict(extra or {})
        return {name: value for name, value in wanted.items() if value is not None}

    def run(
        self,
        *command: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str | None] | None = None,
        codes: Sequence[int] | None = (0,),
        text: str = "",
        seconds: float = 120,
    ) -> Result:
        return run(
            ["env", "--chdir", cwd or self.path, "--", *command],
            env=self.env(env),
            codes=codes,
            text=text,
            seconds=seconds,
        )


@dataclass(frozen=True)
class Bed:
    """Nothing that is made here is anywhere but in `work`, which is removed at the end."""

    built: Built
    work: Path
    rotation: Rotation
    # The binary, and what it makes where it was built: nothing else is to be seen anywhere.
    program: Once[Path]
    expected: Once[Tree]
    lock: threading.Lock = field(default_factory=threading.Lock)
    _shared: dict[str, Once[Any]] = field(default_factory=dict)
    _numbers: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]

    def folder(self, name: str) -> Path:
        """A new one, which is empty."""
        folder = self.work / f"{name}-{next(self._numbers)}"
        folder.mkdir()
        return folder

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several groups need and the first of them makes."""
        with self.lock:
            shared: Once[T] = self._shared.setdefault(name, Once(name, make))
        return shared()

    def home(self, name: str, *programs: str) -> Home:
        """- programs: such of the verification's tools as are to be found there"""
        folder = self.folder(name)
        if not programs:
            return Home(folder)
        found = self.folder(f"{name}-programs")
        for program in programs:
            (found / program).symlink_to(tool(program))
        return Home(folder, found)
