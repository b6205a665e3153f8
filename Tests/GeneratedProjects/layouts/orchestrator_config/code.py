"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.orchestrator_config.project import Project
from verification import python_code
from verification.breaks import Break
from verification.pytest_code import PytestCode
from verification.python_code import Used
from verification.report import Once

_FOLDERS = ("config_tools", "scripts")


@dataclass(frozen=True)
class Code(PytestCode[Project]):
    """Modules that lie in the project's top folder, beside each other."""

    @property
    def package(self) -> str:
        return _FOLDERS[0]


def every_module_is_listed(
    used: Used[Project], smaller: Once[Project] | None, breaks: Sequence[Break]
) -> str:
    """Of the larger variant what the smaller one does not have; and `run.py` of both."""
    python = used.python()
    expected = set(python_code.modules(used.project().folder, python, _FOLDERS))
    if smaller is not None:
        expected -= set(python_code.modules(smaller().folder, python, _FOLDERS))
    expected |= {"run.py"}
    python_code.require_listed(sorted(expected), breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"
