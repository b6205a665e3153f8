"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts.tiered.project import Project
from verification import python_code
from verification.breaks import Break
from verification.postgres import Databases
from verification.pytest_code import PytestCode
from verification.python_code import Used
from verification.report import Check, Once


@dataclass(frozen=True)
class Code(PytestCode[Project]):
    """Tests that skip those which need a database, and the database."""

    databases: Databases

    def postgres_checks(self, title: str) -> list[Check]:
        return [Check(f"own tests on PostgreSQL{title}", self._own_tests_on_postgres)]

    def may_skip(self) -> bool:
        return self.used.project().layered

    def _own_tests_on_postgres(self) -> str:
        project = self.used.project()
        with self.databases.server(project.tests_port) as running:
            return self.tests({"TEST_DATABASE_URL": running.url})


def every_module_is_listed(
    used: Used[Project], smaller: Once[Project] | None, breaks: Sequence[Break]
) -> str:
    """Of a tier, what the one below it does not have; the three have nothing else in common."""
    python, folder = used.python(), used.project().folder
    expected = set(python_code.modules(folder, python, _folders(folder)))
    if smaller is not None and smaller().layered:
        below = smaller().folder
        expected -= set(python_code.modules(below, python, _folders(below)))
    python_code.require_listed(sorted(expected), breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"


def _folders(project: Path) -> list[str]:
    return [name for name in ("src", "scripts", "tools", "alembic") if (project / name).is_dir()]
