"""Projects that the layout `staged-docker` makes, as their owner would use them."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from verification import project
from verification.commands import CheckError, run

NAME = "staged-docker"
DATABASE_USER = DATABASE_NAME = "pipeline"


@dataclass(frozen=True)
class Project(project.Project):
    """What a project is asked to be; the defaults are the layout's own."""

    steps: tuple[str, ...] = ("topic1", "topic2")
    # Without a name, the first and the last.
    ingest: str = ""
    engine: str = ""
    example: bool = True
    block: int = 10
    python: str = "3.14"
    runners: bool = True

    def port(self, runtime_env: str, offset: int) -> int:
        first = {"DEV": 30000, "PROD": 40000}[runtime_env]
        return first + self.block + offset

    def database_port(self, runtime_env: str) -> int:
        return self.port(runtime_env, 0)

    def engine_port(self, runtime_env: str) -> int:
        return self.port(runtime_env, 1)

    @property
    def ports(self) -> list[int]:
        """All of the block, in both environments."""
        return [self.port(runtime_env, n) for runtime_env in ("DEV", "PROD") for n in range(10)]

    @property
    def numbered_steps(self) -> list[str]:
        """`011__topic1` and so on, in the order in which they run."""
        numbered = {step: f"{n:03}__{step}" for n, step in enumerate(self.steps, start=11)}
        first, last = self.ingest or self.steps[0], self.engine or self.steps[-1]
        between = [step for step in self.steps if step not in (first, last)]
        return [numbered[step] for step in (first, *between, last)]

    @property
    def input_file(self) -> Path:
        name = "documents.jsonl" if self.example else "records.jsonl"
        return self.folder / "data/input" / name

    @property
    def table(self) -> str:
        """Where the first step keeps what it has read."""
        return "documents" if self.example else "records"

    def script(self, step: str) -> Path:
        return self.folder / "scripts_sh" / f"{step}.sh"

    def set_password(self) -> str:
        """Runs the line that `scaffold new` tells its user to run first; returns the password."""
        lines = [line.strip() for line in self.told.splitlines() if "POSTGRES_PASSWORD" in line]
        if len(lines) != 1:
            raise CheckError(f"`scaffold new` does not tell how to set a password\n{self.told}")
        run(["bash", "-c", lines[0]], cwd=self.folder)
        path = self.folder / ".env"
        found = re.findall(r"^POSTGRES_PASSWORD=(\S+)$", path.read_text(encoding="utf-8"), re.M)
        mode = stat.S_IMODE(path.stat().st_mode)
        others = sorted(one.name for one in self.folder.glob(".env*"))
        if len(found) != 1 or mode != 0o600 or others != [".env", ".env.example"]:
            raise CheckError(f"`{lines[0]}` left {len(found)} passwords, {mode:04o}, {others}")
        return str(found[0])

    @property
    def password(self) -> str:
        """As `set_password` has left it."""
        text = (self.folder / ".env").read_text(encoding="utf-8")
        return str(re.findall(r"^POSTGRES_PASSWORD=(\S+)$", text, re.M)[0])
