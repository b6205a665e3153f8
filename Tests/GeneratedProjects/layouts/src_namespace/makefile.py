"""The Makefile: every target does what it says, and README says the same."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from layouts.src_namespace.packaging import PINNED
from layouts.src_namespace.project import Project
from layouts.src_namespace.service import Service
from verification.claims import require, require_equal
from verification.commands import Command, Result, environment, run
from verification.makefiles import makefile_check, recipe, targets
from verification.report import Check
from verification.servers import answers, listening, server, wait_until
from verification.tools import REQUIREMENTS, interpreter, tool

# README's commands that have no target: each is a part of one, or none of a day's work.
_WITHOUT_TARGET = ("uv lock", "hatch test", "curl ", "docker run ")


@dataclass(frozen=True)
class Makefile:
    """A copy of a project, used by `make` alone."""

    service: Service
    scratch: Path

    def checks(self, title: str) -> list[Check]:
        return [
            makefile_check(self.service.used.project, title),
            Check(f"every target of the Makefile works{title}", self._targets),
        ]

    @property
    def _project(self) -> Project:
        return self.service.project

    def _make(self, folder: Path, *targets: str, codes: tuple[int, ...] = (0,)) -> Result:
        command: Command = [tool("make"), *targets]
        return run(command, cwd=folder, env=self._environment(), seconds=300, codes=codes)

    def _environment(self) -> dict[str, str]:
        """With uv and the Python alone; what starts processes is left out of the tests."""
        programs = self.scratch / "make-programs"
        programs.mkdir(exist_ok=True)
        if not (programs / "uv").is_symlink():
            (programs / "uv").symlink_to(tool("uv"))
        tests = {"PYTEST_ADDOPTS": "--ignore=tests/test_service.py --cov-fail-under=10"}
        python = interpreter(self._project.python).executable.parent
        path = os.pathsep.join([str(programs), str(python), os.environ["PATH"]])
        return environment({"PATH": path, "UV_PYTHON_DOWNLOADS": "never"} | tests)

    def _targets(self) -> str:
        self._require_complete()
        copy = self.scratch / f"{self._project.name}-make"
        shutil.copytree(
            self._project.folder, copy, ignore=shutil.ignore_patterns(".git", "uv.lock")
        )
        pins = PINNED.findall(REQUIREMENTS.read_text(encoding="utf-8"))
        with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:
            # A checker's new rule comes by a commit.
            file.write(f"\n[tool.uv]\nconstraint-dependencies = {pins}\n")
        self._make(copy, "install")
        require((copy / "uv.lock").is_file(), "`make install` leaves no uv.lock")
        checked = self._make(copy, "check").text
        for told in ("Success: no issues found", " passed in ", "TOTAL"):
            require(told in checked, f"`make check` does not say {told!r}\n{checked}")
        require(len(list((copy / "dist").iterdir())) >= 2, "`make check` builds nothing")
        self._require_mended(copy)
        self._require_hooks(copy)
        self._require_running(copy)
        shutil.rmtree(copy)
        return "install, check, format, hooks, run"

    def _require_complete(self) -> None:
        """What README tells is what a target does."""
        folder = self._project.folder
        made = {command for target in targets(folder) for command in recipe(folder, target)}
        told = set(self._project.documented_commands())
        lacking = [one for one in told - made if not one.startswith(_WITHOUT_TARGET)]
        require(not lacking, f"the Makefile lacks {lacking}")

    def _require_mended(self, copy: Path) -> None:
        """`lint` finds it, `format` mends it."""
        probe = copy / "src" / self._project.package / "badly_written.py"
        probe.write_text("import os\nx  =  1\n", encoding="utf-8")
        refused = self._make(copy, "lint", codes=(2,)).text
        require("badly_written.py" in refused, f"`make lint` finds nothing\n{refused}")
        self._make(copy, "format")
        require_equal("what is mended", probe.read_text(encoding="utf-8"), "x = 1\n")
        self._make(copy, "lint")
        probe.unlink()

    def _require_hooks(self, copy: Path) -> None:
        run(["git", "init", "--quiet", "."], cwd=copy)
        self._make(copy, "hooks")
        require((copy / ".git/hooks/pre-commit").is_file(), "`make hooks` installs none")

    def _require_running(self, copy: Path) -> None:
        """A terminal sends the signal to all of its processes; here make has to pass it on."""
        port = self.service.port
        settings = copy / ".env"
        given = re.sub(r"(?m)^(SERVER_PORT)=.*$", rf"\1={port}", settings.read_text("utf-8"))
        settings.write_text(given, encoding="utf-8")
        log = self.scratch / f"{copy.name}.log"
        command: Command = [tool("make"), "run"]
        env = self._environment()
        with server(command, log, cwd=copy, env=env, ports=[port]) as running:
            running.wait_until(lambda: answers(port, "/ready"), "the service of `make run`")
            running.stop()
            wait_until(lambda: not listening(port), "the end of the service")
