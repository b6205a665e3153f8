"""What is run while it is measured."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import tools
from measuring import Launcher, Series

PROJECT = "benchmarked-project"


@dataclass
class Comparison:
    """Commands that write the same project to the same place."""

    target: Path
    rendered: Path
    commands: "dict[str, list[str]]"
    _launcher: Launcher

    def measure(
        self, *, runs: int, warmup: int = 1, environment: "Optional[dict[str, str]]" = None
    ) -> "dict[str, Series]":
        return self._launcher.measure(
            self.commands, runs=runs, warmup=warmup, remove=self.target, environment=environment)


class Programs:
    """The program in two forms, and what it is compared with."""

    def __init__(self, linked: Path, folder: Path):
        self.linked = linked
        self.scaffold = tools.install_scaffold(linked, folder)
        self.hello = tools.compile_c(tools.HERE / "hello.c", folder / "hello")
        self.launcher = Launcher(tools.compile_c(tools.HERE / "launch.c", folder / "launch"))

    def new(self, target: Path, layout: "str | Path", *options: str) -> "list[str]":
        return [str(self.scaffold), "new", *options, "--layout", str(layout), str(target)]

    def compare(self, place: Path, layout: "str | Path", *options: str) -> Comparison:
        """Makes the project in `place` that `cp` copies: as it stands, with its record, which lists
        all files."""
        target, rendered = place / PROJECT, place / "rendered" / PROJECT
        rendered.parent.mkdir()
        tools.checked(self.new(rendered, layout, *options))
        commands = {
            "cp": ["cp", "-r", str(rendered), str(target)],
            "new": self.new(target, layout, *options),
        }
        return Comparison(target, rendered, commands, self.launcher)
