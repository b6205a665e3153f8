"""Projects that the layout `tiered` makes, as their owner would use them."""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verification.commands import CheckError, environment

NAME = "tiered"
TIERS = ("mvp", "core", "full")
DATABASE_USER = DATABASE_NAME = "service"
DESCRIPTION = "An HTTP API built with FastAPI"
# What would break out of a literal of one of the languages that a project is written in.
HARD_DESCRIPTION = r"""It's a "store" of 50 % \ `boxes`: {x} #1 <b> & $HOME | *all* """.strip()
SECRET_KEY = "only-for-the-verification-only-for-the-verification"  # noqa: S105

# What a list of records is called, in the plural, in a path.
_PATHS = {
    "item": "items",
    "category": "categories",
    "warehouse_reservation": "warehouse-reservations",
    "ox": "oxen",
    # A word of Python's that is none everywhere.
    "match": "matches",
}


@dataclass(frozen=True)
class Project:
    """What a project is asked to be; the defaults are the layout's own."""

    folder: Path
    tier: str = "mvp"
    models: tuple[str, ...] = ("item",)
    port: int = 8000
    python: str = "3.13"
    description: str = DESCRIPTION

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def options(self) -> list[str]:
        """Only what differs from the defaults, so that these are verified too."""
        options = []
        if self.tier != Project.tier:
            options.append(f"--tier={self.tier}")
        if self.models != Project.models:
            options.append(f"--models={','.join(self.models)}")
        if self.port != Project.port:
            options.append(f"--port={self.port}")
        if self.python != Project.python:
            options.append(f"--python-version={self.python}")
        if self.description != Project.description:
            options.append(f"--description={self.description}")
        return options

    @property
    def layered(self) -> bool:
        return self.tier != "mvp"

    @property
    def paths(self) -> list[str]:
        """Where the records of each model are."""
        return [f"/api/v1/{_PATHS[model]}" for model in self.models]

    # What runs beside the service while it is verified has ports of its own.

    @property
    def database_port(self) -> int:
        return self._port(1)

    @property
    def redis_port(self) -> int:
        return self._port(2)

    @property
    def worker_port(self) -> int:
        """Where the worker's metrics are."""
        return self._port(3)

    @property
    def consumer_port(self) -> int:
        """Where the metrics of the queue's consumer are."""
        return self._port(4)

    @property
    def notifications_port(self) -> int:
        return self._port(5)

    @property
    def tests_port(self) -> int:
        """The database of the project's own tests and of its migrations."""
        return self._port(6)

    def _port(self, offset: int) -> int:
        # 8000 is a port that many use: its neighbours are left alone.
        return (20000 if self.port == Project.port else self.port) + offset

    @property
    def ports(self) -> list[int]:
        return [self.port, *(self._port(offset) for offset in range(1, 10))]

    def environment(self, python: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """A shell in which the project's virtual environment is active."""
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        return environment({"PATH": path} | dict(extra or {}))

    @property
    def readme(self) -> str:
        return (self.folder / "README.md").read_text(encoding="utf-8")

    def documented_commands(self) -> list[str]:
        """The commands of README's shell blocks, without comments, continued lines joined."""
        blocks = re.findall(r"^```(?:bash|sh|shell)\n(.*?)^```", self.readme, re.M | re.S)
        lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def documented(self, start: str) -> list[str]:
        """The words of the one command of README that begins so."""
        found = [one for one in self.documented_commands() if one.startswith(start)]
        if not found:
            raise CheckError(f"README has no command that begins with `{start}`")
        return shlex.split(found[0], comments=True)
