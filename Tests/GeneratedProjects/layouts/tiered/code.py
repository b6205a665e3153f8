"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts.tiered.project import Project
from verification import python_code
from verification.breaks import Break
from verification.commands import CheckError, Command, run
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check

_PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
# A break may make a test wait for what never comes; that is noticed as well, but late.
_SECONDS_OF_TESTS = 240


@dataclass(frozen=True)
class Code:
    """Where the checks of a project's code keep what they make; in memory, if there is room."""

    used: Used[Project]
    scratch: Path
    databases: Databases

    @property
    def _folder(self) -> Path:
        return self.used.project().folder

    def checks(self, title: str) -> list[Check]:
        found = [
            Check(f"ruff{title}", lambda: python_code.ruff(self._folder, self.used.python())),
            Check(f"mypy{title}", self._mypy),
            Check(f"own tests{title}", self._own_tests),
        ]
        return found

    def postgres_checks(self, title: str) -> list[Check]:
        return [Check(f"own tests on PostgreSQL{title}", self._own_tests_on_postgres)]

    def _mypy(self) -> str:
        cache = self.scratch / f"mypy-{self._folder.name}"
        return python_code.mypy(self._folder, self.used.python(), cache)

    def _tests(self, settings: Mapping[str, str]) -> str:
        """All of them, with warnings as errors by the project's own settings: none is skipped."""
        project, python = self.used.project(), self.used.python()
        before = python_code.files(project.folder)
        env = project.environment(python, bytecode(self.scratch) | settings)
        result = run(
            [python, *_PYTEST], cwd=project.folder, env=env, seconds=_SECONDS_OF_TESTS
        )
        told = result.out.strip().splitlines()[-1]
        match = re.fullmatch(r"(\d+) passed(?:, (\d+) skipped)? in .*", told)
        if match is None or int(match[1]) == 0:
            raise CheckError(f"not all tests passed\n{result.text}")
        if match[2] and not self._may_be_skipped(result.text, settings):
            raise CheckError(f"tests were skipped: {told}\n{self._skipped(env)}")
        python_code.require_no_new_files(project.folder, before)
        return f"{match[1]} tests on Python {project.python}"

    @staticmethod
    def _may_be_skipped(_: str, settings: Mapping[str, str]) -> bool:
        """Without a PostgreSQL server, what needs one; `_own_tests_on_postgres` runs that too."""
        return not settings

    def _skipped(self, env: Mapping[str, str]) -> str:
        command: Command = [self.used.python(), *_PYTEST, "-rs"]
        return run(command, cwd=self._folder, env=env, seconds=_SECONDS_OF_TESTS).out

    def _own_tests(self) -> str:
        told = self._tests({})
        self._require_warnings_are_errors()
        return told

    def _require_warnings_are_errors(self) -> None:
        project, python = self.used.project(), self.used.python()
        probe = project.folder / "tests/test_that_warns.py"
        probe.write_text(
            "import warnings\n\n\ndef test_it() -> None:\n    warnings.warn('so')\n",
            encoding="utf-8",
        )
        try:
            env = project.environment(python, bytecode(self.scratch))
            command: Command = [python, *_PYTEST, probe]
            result = run(command, cwd=project.folder, env=env, codes=(1,))
            if "UserWarning: so" not in result.text:
                raise CheckError(f"it fails for another reason\n{result.text}")
        finally:
            probe.unlink()

    def _own_tests_on_postgres(self) -> str:
        project = self.used.project()
        with self.databases.server(project.tests_port) as running:
            return self._tests({"TEST_DATABASE_URL": running.url})

    def break_checks(self, breaks: Sequence[Break], title: str) -> list[Check]:
        def first_failure(folder: Path, env: Mapping[str, str], tests: Sequence[Path]) -> str:
            command: Command = [self.used.python(), *_PYTEST, "-x", *tests]
            settings = dict(env) | bytecode(self.scratch)
            # 2: what is broken cannot be imported by a test module.
            result = run(
                command,
                cwd=folder,
                env=settings,
                codes=(0, 1, 2, 4),
                seconds=_SECONDS_OF_TESTS,
            )
            if result.code == 0:
                return ""
            failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", result.out, re.MULTILINE)
            return str(failed[0]) if failed else "no test could run"

        folder = self.scratch / f"breaks-{title.strip()}"
        return python_code.break_checks(breaks, self.used, folder, first_failure, title)


def bytecode(scratch: Path) -> dict[str, str]:
    """Compiled once for all runs, and outside of the project: half of a short run is compiling."""
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
    }


def every_module_is_listed(
    project: Project, breaks: Sequence[Break], smaller: Project | None
) -> str:
    """Of a tier, what the one below it does not have."""
    folders = [name for name in ("src", "scripts", "tools") if (project.folder / name).is_dir()]
    expected = set(python_code.modules(project.folder, folders))
    if smaller is not None and smaller.layered:
        expected -= set(python_code.modules(smaller.folder, folders))
    python_code.require_listed(sorted(expected), breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"
