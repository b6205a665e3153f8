"""Projects that the layout `orchestrator-config` makes, as their owner would use them."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from verification import project
from verification.commands import Command, Result, run
from verification.python_code import Used
from verification.report import Check, Once

NAME = "orchestrator-config"
SECRET = "very-secret-value"
# What every project gets where the layout is asked for nothing else.
_DOMAINS = {"minimal": ("example",), "recommended": ("domain1", "domain2")}


@dataclass(frozen=True)
class Project(project.Project):
    """What a project is asked to be; the defaults are the layout's own."""

    variant: str = "minimal"
    # None asked for: the default depends on the variant.
    domains: tuple[str, ...] = ()
    complex_domains: tuple[str, ...] = ("domain3",)
    environments: tuple[str, ...] = ("development", "staging", "production")
    port: int = 8000
    python: str = "3.14"
    # None asked for: the first, and the last.
    local: str = ""
    production: tuple[str, ...] = ()
    example: bool = True
    license: str = "none"
    copyright: str = ""

    @property
    def simple(self) -> tuple[str, ...]:
        """The domains with a file each."""
        return self.domains or _DOMAINS.get(self.variant, _DOMAINS["recommended"])

    @property
    def complex(self) -> tuple[str, ...]:
        """The domains with a directory each."""
        return () if self.variant == "minimal" else self.complex_domains

    @property
    def several(self) -> bool:
        """Whether there are several environments."""
        return self.variant == "multi-env"

    @property
    def loosest(self) -> str:
        """The environment of this machine."""
        return self.local or self.environments[0]

    @property
    def strict(self) -> tuple[str, ...]:
        """Environments in which nothing is left to chance."""
        return self.production or self.environments[-1:]

    @property
    def lone(self) -> bool:
        """Whether that of this machine is strict, so that none needs this machine only."""
        return self.several and self.loosest in self.strict

    @property
    def base(self) -> str:
        """Where that is which all environments have alike."""
        return "config/base" if self.several else "config"

    @property
    def databases(self) -> list[str]:
        """Where the databases are that all domains share, those of this machine first."""
        names = sorted(self.environments, key=lambda one: one != self.loosest)
        folders = [f"config/{one}" for one in names] if self.several else ["config"]
        return [f"{folder}/database.yaml" for folder in folders]

    def variables(self) -> dict[str, str]:
        """Those of .env.example, each with a value that is found wherever it should not be."""
        text = (self.folder / ".env.example").read_text(encoding="utf-8")
        found = dict(re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", text, re.MULTILINE))
        return {
            name: f"{SECRET}-of-{name.lower()}" if is_secret(name) else value
            for name, value in found.items()
        }

    def write_variables(self, variables: Mapping[str, str]) -> None:
        lines = [f"{name}={value}\n" for name, value in variables.items()]
        (self.folder / ".env").write_text("".join(lines), encoding="utf-8")


def is_secret(name: str) -> bool:
    return name.endswith(("_PASSWORD", "_TOKEN", "_KEY"))


@dataclass(frozen=True)
class Copies:
    """Copies of one project, each with a database and all variables: checks may change them."""

    used: Used[Project]
    scratch: Path

    def make(self, name: str) -> "Copy":
        original = self.used.project()
        folder = self.scratch / f"{original.name}-{name}"
        shutil.copytree(original.folder, folder, ignore=shutil.ignore_patterns(".git"))
        project = replace(original, folder=folder)
        project.write_variables(project.variables())
        copy = Copy(project, self.used.python(), self.scratch)
        copy.run("scripts/init_db.py")
        return copy


@dataclass(frozen=True)
class Copy:
    """A project that may be changed, and how its programs are run."""

    project: Project
    python: Path
    scratch: Path

    @property
    def folder(self) -> Path:
        return self.project.folder

    @property
    def config(self) -> Path:
        return self.folder / "config"

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        return self.project.environment(self.python, extra)

    def command(self, *arguments: str | Path) -> Command:
        program, *options = arguments
        return [self.python, self.folder / program, *options]

    def run(
        self,
        *arguments: str | Path,
        settings: Mapping[str, str] | None = None,
        codes: tuple[int, ...] | None = (0,),
        seconds: float = 60,
    ) -> Result:
        """From a folder that is not the project's: what is started there has to work anywhere."""
        return run(
            self.command(*arguments),
            cwd=self.scratch,
            env=self.environment(settings),
            codes=codes,
            seconds=seconds,
        )

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise AssertionError(f"{file} does not have {old!r}")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, by its path: its mode and what is in it."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def checks_of(
    found: Mapping[str, Callable[[Copy], str]], copy: Once[Copy], title: str
) -> list[Check]:
    """By their names, in a copy that all of them use."""
    return [Check(f"{name}{title}", partial(_make, make, copy)) for name, make in found.items()]


def _make(make: Callable[[Copy], str], copy: Once[Copy]) -> str:
    return make(copy())
