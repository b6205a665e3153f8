"""Every target of the Makefile does what it says, in a copy of the project that `make` alone uses."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from layouts.tiered.api import PASSWORD
from layouts.tiered.project import Project
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.makefiles import checks_what_ci_checks, makefile_check
from verification.pip_settings import index_url
from verification.postgres import Database, Databases
from verification.python_code import Used
from verification.report import Check
from verification.servers import answers, listening, server, wait_until
from verification.tools import REQUIREMENTS, interpreter, tool


@dataclass(frozen=True)
class Makefile:
    """What is installed already stands for what `make install` would make, but in one tier."""

    used: Used[Project]
    databases: Databases
    scratch: Path

    def checks(self, title: str) -> list[Check]:
        project = self.used.project
        return [
            makefile_check(project, title),
            Check(f"`make check` is what CI checks{title}", self._as_in_ci),
            Check(f"targets of the Makefile{title}", self._targets),
        ]

    def _as_in_ci(self) -> str:
        return checks_what_ci_checks(self.used.project().folder)

    def _environment(self, copy: Path, settings: Mapping[str, str]) -> dict[str, str]:
        """A shell without a virtual environment, in which the Python is found."""
        python = interpreter(self.used.project().python).executable.parent
        env = self.used.project().environment(self.used.python(), settings)
        path = [str(python), *env["PATH"].split(os.pathsep)[1:]]
        pins = copy.with_suffix(".pins")
        # pip takes no extras here.
        lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines(keepends=True)
        pins.write_text("".join(one for one in lines if "[" not in one), encoding="utf-8")
        indexes = {"PIP_INDEX_URL": index_url(), "UV_INDEX_URL": index_url()}
        return env | indexes | {"PIP_CONSTRAINT": str(pins), "PATH": os.pathsep.join(path)}

    def _make(
        self,
        copy: Path,
        target: str,
        settings: Mapping[str, str] | None = None,
        codes: tuple[int, ...] = (0,),
    ) -> str:
        command: Command = [tool("make"), target]
        env = self._environment(copy, settings or {})
        return run(command, cwd=copy, env=env, seconds=400, codes=codes).text

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        project = self.used.project()
        copy = self.scratch / f"{project.name}-make"
        ignored = shutil.ignore_patterns(".git", ".venv", "*.db", ".env")
        shutil.copytree(project.folder, copy, ignore=ignored)
        try:
            yield copy
        finally:
            shutil.rmtree(copy)

    def _targets(self) -> str:
        project = self.used.project()
        with self._copy() as copy:
            if project.layered:
                (copy / ".venv").symlink_to(self.used.python().parents[1])
            else:
                self._make(copy, "install")
            self._require_checks(copy)
            self._require_mended(copy)
            run(["git", "init", "--quiet", "."], cwd=copy)
            self._make(copy, "hooks")
            require((copy / ".git/hooks/pre-commit").is_file(), "`make hooks` installs none")
            if not project.layered:
                self._require_running(copy, {})
                return "the MVP's"
            with self.databases.server(project.tests_port) as running:
                self._require_settings(copy, running)
                if project.tier == "full":
                    self._require_backup(copy, running)
                    self._require_lock(copy)
        return f"those of {project.tier}"

    def _require_checks(self, copy: Path) -> None:
        """The higher tiers' own tests are run elsewhere: here a few of them do."""
        few = "" if not self.used.project().layered else "--cov-fail-under=0 tests/unit/test_models"
        told = self._make(copy, "check", {"PYTEST_ADDOPTS": few})
        for words in ("All checks passed!", "Success: no issues found", "TOTAL", " passed in "):
            require(words in told, f"`make check` does not say {words!r}\n{told}")
        require(" passed in " in self._make(copy, "test", {"PYTEST_ADDOPTS": few}), "`make test`")

    def _require_mended(self, copy: Path) -> None:
        """`lint` finds it, `format` mends it."""
        probe = copy / "src/badly_written.py"
        probe.write_text("import os\nx  =  1\n", encoding="utf-8")
        refused = self._make(copy, "lint", codes=(2,))
        require("badly_written.py" in refused, f"`make lint` finds nothing\n{refused}")
        self._make(copy, "format")
        require_equal("what is mended", probe.read_text(encoding="utf-8"), "x = 1\n")
        probe.unlink()

    def _require_settings(self, copy: Path, running: Database) -> None:
        """`.env` is made once; with it the database is made, and the service runs."""
        self._make(copy, "env")
        settings = copy / ".env"
        first = settings.read_text(encoding="utf-8")
        require(re.search(r"(?m)^SECRET_KEY=[0-9a-f]{64}$", first) is not None, "no key in .env")
        require_equal("mode of .env", settings.stat().st_mode & 0o777, 0o600)
        self._make(copy, "env")
        require_equal("`make env` again", settings.read_text(encoding="utf-8"), first)
        database = {"DATABASE_URL": running.url}
        superuser = {"FIRST_SUPERUSER_EMAIL": "root@example.com"}
        superuser["FIRST_SUPERUSER_PASSWORD"] = PASSWORD
        told = self._make(copy, "database", database | superuser)
        require("made the superuser root@example.com" in told, f"`make database` says\n{told}")
        rows = running.query("SELECT email, is_superuser FROM users")
        require_equal("users", rows, ["root@example.com|t"])
        self._require_running(copy, database)

    def _require_running(self, copy: Path, settings: Mapping[str, str]) -> None:
        port = self.used.project().port
        log = self.scratch / f"{copy.name}.log"
        command: Command = [tool("make"), "run"]
        env = self._environment(copy, settings)
        with server(command, log, cwd=copy, env=env, ports=[port]) as running:
            running.wait_until(lambda: answers(port, "/health"), "the service of `make run`")
            running.stop()
            wait_until(lambda: not listening(port), "the end of the service")

    def _require_backup(self, copy: Path, running: Database) -> None:
        """A real database comes back as it was, without what came later."""
        database = {"DATABASE_URL": running.url}
        self._make(copy, "backup", database)
        (file,) = (copy / "backups").glob("*.dump")
        require_equal("mode of a backup", file.stat().st_mode & 0o777, 0o600)
        ignored = run(["git", "check-ignore", "--quiet", file], cwd=copy, codes=(0, 1))
        require_equal("git ignores it", ignored.code, 0)
        running.query("DELETE FROM users; CREATE TABLE later (id integer)")
        python = copy / ".venv/bin/python"
        words = ["-m", "tools.deployment.backup", "restore", str(file), "--replace"]
        env = self._environment(copy, database)
        run([python, *words], cwd=copy, env=env)
        require_equal("users", running.query("SELECT email FROM users"), ["root@example.com"])
        require_equal("later", running.query("SELECT to_regclass('later') IS NULL"), ["t"])
        self._make(copy, "database", database)
        file.write_bytes(file.read_bytes()[:-1000])
        run([python, *words], cwd=copy, env=env, codes=(1,))
        require_equal("users", running.query("SELECT count(*) FROM users"), ["1"])

    def _require_lock(self, copy: Path) -> None:
        """What it names can be installed, and nothing is left open."""
        self._make(copy, "lock")
        lock = (copy / "requirements.lock").read_text(encoding="utf-8")
        names = set(re.findall(r"(?m)^([a-z0-9._-]+)==", lock))
        wanted = re.findall(
            r"(?m)^([a-z0-9-]+)", (copy / "requirements.txt").read_text(encoding="utf-8")
        )
        require(set(wanted) <= names, f"the lock lacks {set(wanted) - names}")
        require(lock.count("==") <= lock.count("--hash=sha256:"), "what is locked has no hash")
