"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts.src_namespace.project import Project
from verification import python_code
from verification.breaks import Break
from verification.pytest_code import PytestCode
from verification.python_code import Used


@dataclass(frozen=True)
class Code(PytestCode[Project]):
    """A project that is installed editable: a copy of it would be tested with its code."""

    def of_copy(self, folder: Path) -> dict[str, str]:
        return {"PYTHONPATH": str(folder / "src")}


def every_module_is_listed(used: Used[Project], breaks: Sequence[Break]) -> str:
    expected = python_code.modules(used.project().folder, used.python())
    python_code.require_listed(expected, breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"
