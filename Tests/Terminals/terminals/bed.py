"""What the checks share: the program, folders to work in, and the ways to start it."""

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from terminals.screen import Screen
from verification.commands import Command, Result, run
from verification.rotation import Rotation

BUILT_IN = ("ops-k8s", "orchestrator-config", "src-namespace", "staged-docker", "tiered")


@dataclass(frozen=True)
class Bed:
    """Every run has a home of its own that is empty, and of the environment only what it is given
    here."""

    scaffold: Path
    work: Path
    rotation: Rotation
    _numbers: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]

    def folder(self, name: str) -> Path:
        folder = self.work / f"{name}-{next(self._numbers)}"
        folder.mkdir()
        return folder

    def env(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """`None` takes a variable away."""
        home = self.work / "home"
        home.mkdir(exist_ok=True)
        path = f"{self.scaffold.parent}:{os.environ['PATH']}"
        ours: dict[str, str | None] = {
            "PATH": path,
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        wanted = ours | dict(extra or {})
        return {name: value for name, value in wanted.items() if value is not None}

    def screen(
        self,
        *arguments: str | Path,
        cwd: Path,
        env: Mapping[str, str | None] | None = None,
        columns: int = 80,
        rows: int = 24,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> Screen:
        """The program on a terminal."""
        return Screen(
            [self.scaffold, *arguments],
            cwd=cwd,
            env=self.env(env),
            columns=columns,
            rows=rows,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )

    def shell(
        self, *command: str | Path, cwd: Path, columns: int = 80, rows: int = 24, **env: str
    ) -> Screen:
        """Another program on a terminal, which has `scaffold` on its path."""
        return Screen(command, cwd=cwd, env=self.env(env), columns=columns, rows=rows)

    def run(
        self,
        *arguments: str | Path,
        cwd: Path,
        env: Mapping[str, str | None] | None = None,
        codes: tuple[int, ...] | None = (0,),
        text: str = "",
    ) -> Result:
        """The program with pipes all around."""
        return run([self.scaffold, *arguments], cwd=cwd, env=self.env(env), codes=codes, text=text)

    def run_any(self, command: Command, *, cwd: Path, codes: tuple[int, ...] = (0,)) -> Result:
        return run(command, cwd=cwd, env=self.env(), codes=codes)

    def made(self, name: str = "tiered", *arguments: str) -> Path:
        """A project, in a folder of its own."""
        folder = self.folder("made")
        self.run("new", "--layout", name, *arguments, "shop", cwd=folder)
        return folder / "shop"
