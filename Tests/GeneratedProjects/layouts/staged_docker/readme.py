"""What README and Makefile tell an owner to do, done to the letter."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from layouts.staged_docker.project import Project
from layouts.staged_docker.steps import Steps
from verification import python_code
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context
from verification.makefiles import makefile_check
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Once

# README makes `.venv` in one line, and restores a file that has a name.
_UNDOCUMENTED = (
    r"test -d \.venv \|\| python3\.\d+ -m venv \.venv",
    r"pip install -r requirements-dev\.txt",
    r"scripts_db/restore\.sh \"\"",
)


class Readme:
    """A project whose README is followed, in copies."""

    def __init__(
        self, context: Context, used: Used[Project], databases: Databases, title: str
    ) -> None:
        self._context = context
        self._used = used
        self._databases = databases
        self._title = title
        self._owned = Once("`make install`", self._install)

    @property
    def _makefile(self) -> Check:
        return makefile_check(self._used.project, self._title, _UNDOCUMENTED)

    def checks(self) -> list[Check]:
        return [
            Check(f"README: another step{self._title}", self._another_step),
            Check(f"Makefile: make install{self._title}", self._owned_check),
            Check(f"Makefile: make check, format{self._title}", self._make_check),
            Check(f"Makefile: make run{self._title}", self._make_run),
            self._makefile,
        ]

    def variant_checks(self) -> list[Check]:
        """For a project with other answers: what depends on them."""
        return [
            Check(f"README: another step{self._title}", self._another_step),
            self._makefile,
        ]

    def _copy(self, name: str) -> Project:
        project = self._used.project()
        folder = self._context.work / f"{project.name}-{name}"
        shutil.copytree(project.folder, folder, symlinks=True)
        return replace(project, folder=folder)

    def _another_step(self) -> str:
        """The files and the list as README has them, and no other change."""
        copy = self._copy("another-step")
        section = copy.readme.partition("## Another step\n")[2]
        commands = re.findall(r"^```bash\n(.*?)^```", section, re.M | re.S)
        run(["sh", "-euc", "\n".join(commands)], cwd=copy.folder)
        files = re.findall(r"^`([^`]+)`[^\n]*\n\n```\w+\n(.*?)^```", section, re.M | re.S)
        require_equal("files of the recipe", len(files), 4)
        for path, text in files:
            (copy.folder / path).write_text(text, encoding="utf-8")
        engine = copy.numbered_steps[-1].partition("__")[2]
        steps = (*copy.steps, "tidy")
        ingest = copy.numbered_steps[0].partition("__")[2]
        changed = replace(copy, steps=steps, ingest=ingest, engine=engine)
        python = self._used.python()
        env = changed.environment(python)
        run([python, "-m", "unittest"], cwd=copy.folder, env=env, seconds=300)
        python_code.ruff(copy.folder, python)
        python_code.mypy(copy.folder, python, self._context.work / "mypy-another-step")
        used = Used(Once("the project with another step", lambda: changed), self._used.python)
        return Steps(used, self._databases, self._context.work).pipeline("DEV", "PROD", {})

    def _install(self) -> Project:
        """As an owner does who has the Python that was asked for."""
        copy = self._copy("made")
        python = self._used.python().resolve()
        self._make(copy, "install", settings={"PYTHON": str(python)}, seconds=400)
        return copy

    def _owned_check(self) -> str:
        python = self._owned().folder / ".venv/bin/python"
        return run([python, "--version"]).out.strip()

    def _make(
        self,
        project: Project,
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        seconds: float = 300,
    ) -> str:
        """Without an environment that is active: the Makefile finds `.venv` itself."""
        env = project.environment(Path("/usr/bin/none"), settings)
        return run(["make", *arguments], cwd=project.folder, env=env, seconds=seconds).text

    def _make_check(self) -> str:
        project = self._owned()
        text = self._make(project, "check")
        for said in ("All checks passed", "already formatted", "Success: no issues", "\nOK"):
            require(said in text, f"`make check` does not say {said!r}\n{text}")
        before = {path: path.read_bytes() for path in project.folder.glob("src/**/*.py")}
        self._make(project, "format")
        changed = [path.name for path, content in before.items() if path.read_bytes() != content]
        require(not changed, f"`make format` changes {changed}")
        probe = project.folder / "src/shared_utils/broken.py"
        for text in ("import os\n", 'number: int = "text"\n'):
            probe.write_text(text, encoding="utf-8")
            env = project.environment(Path("/usr/bin/none"))
            run(["make", "lint"], cwd=project.folder, env=env, codes=(2,))
        probe.unlink()
        return "check, format"

    def _make_run(self) -> str:
        """All steps, and the engine until it is stopped."""
        project = self._owned()
        used = Used(Once("the project", lambda: project), self._used.python)
        return Steps(used, self._databases, self._context.work).by_make()
