"""A generated project, as its owner would use it."""

import os
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from verification.claims import require
from verification.commands import CheckError, NotVerifiedError, environment, run

# What would break out of a literal of one of the languages that a project is written in, and what a
# phone or an editor makes of quotes, dashes and signs.
HARD_DESCRIPTION = (
    r"""It's a "store" of 50 % \ `boxes`: {x} #1 <b> & $HOME | *all* – it’s 5 × 5 … “α” ${{ y }}"""
)
# Fields that are not named as the option.
_OPTIONS = {"python": "python-version", "block": "port-block", "region": "aws-region"}


@dataclass(frozen=True)
class Project:
    """What all projects have; those of a layout also say what they were asked to be."""

    folder: Path
    # What `scaffold new` has printed.
    told: str = field(default="", kw_only=True)

    @property
    def options(self) -> list[str]:
        """Only what differs from the defaults, so that these are verified too."""
        found = []
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name in Project.__dataclass_fields__ or value == one.default:
                continue
            name = _OPTIONS.get(one.name, one.name.replace("_", "-"))
            if isinstance(value, bool):
                found.append(f"--{name}" if value else f"--no-{name}")
            else:
                text = ",".join(value) if isinstance(value, tuple) else value
                found.append(f"--{name}={text}")
        return found

    @property
    def name(self) -> str:
        return self.folder.name

    def environment(self, python: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """A shell in which the project's virtual environment is active."""
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        return environment({"PATH": path} | dict(extra or {}))

    @property
    def readme(self) -> str:
        return (self.folder / "README.md").read_text(encoding="utf-8")

    @property
    def documents(self) -> str:
        """Where its commands are looked for."""
        return self.readme

    def documented_commands(self) -> list[str]:
        """The commands of its documents' shell blocks.

        Programs of `.venv` are by their names alone: `environment` finds them.
        """
        return [one.replace(".venv/bin/", "") for one in shell_commands(self.documents)]

    def documented(self, start: str) -> list[str]:
        """The words of the one command of README that begins so."""
        found = [one for one in self.documented_commands() if one.startswith(start)]
        if not found:
            raise CheckError(f"README has no command that begins with `{start}`")
        return shlex.split(found[0], comments=True)

    def try_requests(self, changed: Mapping[str, str]) -> int:
        """README's requests, as they stand but for what it leaves open."""
        lines = [one for one in self.documented_commands() if one.startswith("curl ")]
        require(bool(lines), "README has no request to try")
        script = "\n".join(lines)
        for old, new in changed.items():
            script = script.replace(old, new)
        # A request that is refused has to end a script.
        script = re.sub(r"\bcurl\b", "curl --fail-with-body --silent --show-error", script)
        run(["bash", "-euo", "pipefail", "-c", script], cwd=self.folder)
        return len(lines)

    def require_tried(self, patterns: Sequence[str], folders: str) -> str:
        """Whatever README tells to run is among what some check tries, and what it names is there.

        `folders` are those at the project's top, as `src|tests`.
        """
        commands = self.documented_commands()
        pattern = re.compile("|".join(f"(?:{one})" for one in patterns))
        untried = [one for one in commands if not pattern.fullmatch(re.sub(r"\s+#.*$", "", one))]
        require(not untried, "no check tries\n" + "\n".join(untried))
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", self.readme)
        dead = [link for link in links if not (self.folder / link).exists()]
        require(not dead, f"README links to {', '.join(dead)}")
        for path in re.findall(rf"`((?:{folders})/[^`]*)`", self.readme):
            require((self.folder / path.rstrip("/")).exists(), f"README names {path}")
        return f"{len(commands)} commands"


def shell_commands(markdown: str) -> list[str]:
    """The lines of its shell blocks, without comments, continued lines joined."""
    blocks = re.findall(r"^```(?:bash|sh|shell)\n(.*?)^```", markdown, re.M | re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def in_path(env: Mapping[str, str], name: str | Path) -> Path:
    """The program that a shell with this environment would run."""
    found = shutil.which(str(name), path=env["PATH"])
    if found is None:
        raise NotVerifiedError(f"{name} is not installed")
    return Path(found)
