"""A project whose tests pytest runs: its checkers, its tests, and whether these notice a break."""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from verification import python_code
from verification.breaks import Break
from verification.commands import CheckError, Command, run
from verification.python_code import ProjectT, Used
from verification.report import Check, Once
from verification.warm_pytest import WarmPytest

_QUIET = ["-q", "-p", "no:cacheprovider"]
_PYTEST = ["-m", "pytest", *_QUIET]
# Imported libraries are not what is tested here: pytest wanted to rewrite some of them.
_WARM = [*_QUIET, "-x", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
# A break may make a test wait for what never comes; that is noticed as well, but late.
_SECONDS_OF_TESTS = 240


@dataclass(frozen=True)
class PytestCode(Generic[ProjectT]):
    """Where the checks of a project's code keep what they make; in memory, if there is room."""

    used: Used[ProjectT]
    scratch: Path

    @property
    def folder(self) -> Path:
        return self.used.project().folder

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"ruff{title}", self.style),
            Check(f"mypy{title}", self.mypy),
            Check(f"own tests{title}", self._own_tests),
        ]

    @property
    def package(self) -> str:
        """A folder with modules, into which a fault is put that the checkers have to see."""
        return "src"

    @property
    def formatter(self) -> Sequence[str]:
        return python_code.RUFF_FORMAT

    def style(self) -> str:
        return python_code.ruff(self.folder, self.used.python(), self.package, self.formatter)

    @property
    def mypy_cache(self) -> Path:
        return self.scratch / f"mypy-{self.folder.name}"

    def mypy(self) -> str:
        return python_code.mypy(self.folder, self.used.python(), self.mypy_cache, self.package)

    def mypy_settings(self) -> dict[str, str]:
        """What mypy has found out is still true in a copy of the project."""
        return {"MYPY_CACHE_DIR": str(self.mypy_cache)}

    def environment(self, settings: Mapping[str, str] | None = None) -> dict[str, str]:
        project, python = self.used.project(), self.used.python()
        return project.environment(python, settings)

    def tests(
        self, settings: Mapping[str, str], *, may_skip: bool = False, script: str = ""
    ) -> str:
        """All of them, or those that a script of the project runs.

        Warnings are errors by the project's own settings.
        """
        # First of all: it may be what installs the project, and that leaves a lock.
        env = self.environment(settings)
        before = python_code.files(self.folder)
        command: Command = [self.folder / script, *_QUIET] if script else self.pytest
        result = run([*command, "-rs"], cwd=self.folder, env=env, seconds=_SECONDS_OF_TESTS)
        told = result.out.strip().splitlines()[-1]
        match = re.fullmatch(r"(\d+) passed(?:, (\d+) skipped)? in .*", told)
        if match is None or int(match[1]) == 0:
            raise CheckError(f"not all tests passed\n{result.text}")
        if match[2] and not may_skip:
            raise CheckError(f"tests were skipped\n{result.text}")
        python_code.require_no_new_files(self.folder, before)
        return f"{match[1]} tests"

    @property
    def pytest(self) -> Command:
        return [self.used.python(), *_PYTEST]

    def _own_tests(self) -> str:
        told = self.tests({}, may_skip=self.may_skip())
        self.require_warnings_are_errors()
        return told

    def may_skip(self) -> bool:
        """Whether another check runs the tests that need what is not there."""
        return False

    def asked_tests(self) -> Sequence[Path]:
        """The tests that have to notice a break; empty means all."""
        return []

    def of_copy(self, folder: Path) -> dict[str, str]:
        """What a copy needs in order not to be tested with the original's code."""
        return {}

    def require_warnings_are_errors(self) -> None:
        probe = self.folder / "tests/test_that_warns.py"
        probe.write_text(
            "import warnings\n\n\ndef test_it() -> None:\n    warnings.warn('so')\n",
            encoding="utf-8",
        )
        try:
            result = run([*self.pytest, probe], cwd=self.folder, env=self.environment(), codes=(1,))
            if "UserWarning: so" not in result.text:
                raise CheckError(f"it fails for another reason\n{result.text}")
        finally:
            probe.unlink()

    def break_checks(self, breaks: Sequence[Break], title: str, closing: ExitStack) -> list[Check]:
        """The last of them is that the tests that have noticed pass where nothing is broken."""
        folder = self.scratch / f"breaks-{title.strip(', ')}"
        warm = Once(f"pytest{title}", lambda: closing.enter_context(self._warm(folder)))
        noticed: set[str] = set()

        def failure(copy: Path, env: Mapping[str, str], tests: Sequence[str | Path]) -> str:
            settings = dict(env) | self.of_copy(copy)
            outcome = warm().run(copy, settings, [*_WARM, *tests], _SECONDS_OF_TESTS)
            if outcome.code == 0:
                return ""
            if outcome.code == -1:
                noticed.update(str(one) for one in tests if not str(one).startswith("-"))
                return "a test that does not end"
            if outcome.code == 4 and "while loading conftest" in outcome.text:
                return "tests/conftest.py"
            failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", outcome.text, re.MULTILINE)
            if outcome.code not in (1, 2) or not failed:
                raise CheckError(f"pytest ended with {outcome.code}\n{outcome.text}")
            # A test of several parameters is one test.
            noticed.add(failed[0].partition("[")[0])
            return str(failed[0])

        def first_failure(copy: Path, env: Mapping[str, str], tests: Sequence[Path]) -> str:
            tests = tests or self.asked_tests()
            # All: those that start processes come last.
            folders = [f"tests/{name}" for name in python_code.SLOW_TESTS]
            slow = [name for name in folders if (copy / name).is_dir()]
            rest = [f"--ignore={name}" for name in slow]
            rounds = [tests] if tests else [["tests", *rest], slow] if slow else [["tests"]]
            return next(filter(None, (failure(copy, env, one) for one in rounds)), "")

        def unbroken() -> str:
            project, python = self.used.project(), self.used.python()
            env = project.environment(python, {"TMPDIR": str(folder)})
            if failed := failure(project.folder, env, sorted(noticed) or self.asked_tests()):
                raise CheckError(f"{failed} fails although nothing is broken")
            return f"{len(noticed)} tests" if noticed else "all tests"

        return [
            *python_code.break_checks(breaks, self.used, folder, first_failure, title),
            Check(f"what noticed passes while nothing is broken{title}", unbroken),
        ]

    def _warm(self, folder: Path) -> WarmPytest:
        folder.mkdir(parents=True, exist_ok=True)
        return WarmPytest(
            self.used.python(), self.folder, self.environment(), folder / "pytest.log"
        )
