"""Many runs of a project's programs: starting Python and its libraries each time takes longer."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from layouts.orchestrator_config.project import Copy
from verification.claims import require
from verification.commands import Command, run

_SCRIPT = Path(__file__).with_name("run_programs.py")
_FAULT = re.compile(r"error: (\S+?):(\d+): (\S.*)\n  help: (\S.*)\n")


@dataclass(frozen=True)
class Run:
    """A run in a project whose files or variables are others then."""

    files: Mapping[str, str | None] = field(default_factory=dict)
    variables: Mapping[str, str | None] = field(default_factory=dict)
    arguments: Sequence[str] = ("--check",)
    program: str = "run.py"


@dataclass(frozen=True)
class Fault:
    """One complaint about the configuration."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Ended:
    """How a run has ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err

    def says_more(self) -> bool:
        """Than faults, or nothing at all."""
        return self.code != 1 or not _FAULT.match(self.err) or bool(_FAULT.sub("", self.err))

    def faults(self) -> list[Fault]:
        """All that is complained about; nothing else may be printed."""
        require(not self.says_more(), f"it ended with {self.code}\n{self.text}")
        return [Fault(one[1], int(one[2]), one[3] + one[4]) for one in _FAULT.finditer(self.err)]


def run_all(copy: Copy, runs: Iterable[Run], *options: str) -> list[Ended]:
    """As `python PROGRAM …` in the project's folder. `exact`: what is no YAML is told as always."""
    command: Command = [copy.python, _SCRIPT, *options]
    asked = json.dumps([asdict(one) for one in runs])
    env = copy.environment({"PYTHONHASHSEED": "0"})
    result = run(command, cwd=copy.folder, env=env, text=asked, seconds=300)
    return [Ended(**one) for one in json.loads(result.out)]
