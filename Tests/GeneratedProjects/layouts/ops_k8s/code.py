"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from layouts.ops_k8s.project import Project
from layouts.ops_k8s.services import Services
from verification import python_code
from verification.breaks import Break
from verification.claims import require
from verification.commands import Command, run
from verification.pytest_code import PytestCode
from verification.python_code import Used
from verification.report import Check

_SUITES = ("unit", "integration", "performance", "e2e")
_BANDIT: Command = ("bandit", "-c", "pyproject.toml", "-r", "src")
_INSECURE = """\
import subprocess


def run(text: str) -> None:
    subprocess.run(text, shell=True)
"""


@dataclass(frozen=True)
class Code(PytestCode[Project]):
    """Tests that need servers, and the servers."""

    services: Services

    def checks(self, title: str, suites: Sequence[str] = _SUITES[:2]) -> list[Check]:
        """The tests a suite at a time, as the project's scripts run them, with real servers."""
        return [
            Check(f"ruff and black{title}", self.style),
            Check(f"mypy{title}", self.mypy),
            Check(f"bandit{title}", self._bandit),
            *(
                Check(f"scripts/test/{suite}.sh{title}", partial(self._suite, suite))
                for suite in suites
            ),
        ]

    def script_checks(self) -> list[Check]:
        """All suites, and what becomes of them without servers."""
        return [
            *self.checks("", _SUITES),
            Check("scripts/test/integration.sh without servers", self._without_servers),
            Check("warnings are errors in own tests", self._warnings),
        ]

    @property
    def formatter(self) -> Sequence[str]:
        return ("black", "--check", ".")

    def asked_tests(self) -> Sequence[Path]:
        """The others start programs that take long; scripts run them, and no break needs them."""
        return [Path("tests/unit"), Path("tests/integration")]

    def of_copy(self, folder: Path) -> dict[str, str]:
        """What talks to MLflow is tested without its server as well, which takes long to start."""
        return self.services.settings(mlflow=False)

    @property
    def _with_servers(self) -> dict[str, str]:
        return {**self.services.settings(), "REQUIRE_SERVICES": "1"}

    def _bandit(self) -> str:
        """The guide's own command."""
        command = [self.used.python(), "-m", *_BANDIT]
        documented = f"poetry run {' '.join(map(str, _BANDIT))}"
        require(documented in self.used.project().guides, f"the guide lacks `{documented}`")
        run(command, cwd=self.folder)
        probe = self.folder / "src/broken.py"
        probe.write_text(_INSECURE, encoding="utf-8")
        try:
            result = run(command, cwd=self.folder, codes=(1,))
            require("broken.py" in result.text, f"it fails for another reason\n{result.text}")
        finally:
            probe.unlink()
        return "nothing"

    def _suite(self, suite: str) -> str:
        return self.tests(self._with_servers, script=f"scripts/test/{suite}.sh")

    def _without_servers(self) -> str:
        """What cannot be tested is skipped and listed, or an error where servers are required."""
        script = self.folder / "scripts/test/integration.sh"
        chosen = ["-k", "postgres or redis or mlflow"]
        command: Command = [script, "-q", "-p", "no:cacheprovider", *chosen]
        told = run(command, cwd=self.folder, env=self.environment()).out
        servers = ("DATABASE_URL", "REDIS_URL", "MLFLOW_TRACKING_URI")
        names = [name for name in servers if f"{name} is not set" not in told]
        require(not names, f"it does not say that {names} are missing\n{told}")
        required = self.environment({"REQUIRE_SERVICES": "1"})
        refused = run(command, cwd=self.folder, env=required, codes=(1,)).out
        require("DATABASE_URL is not set" in refused, f"it fails for another reason\n{refused}")
        return told.strip().splitlines()[-1]

    def _warnings(self) -> str:
        self.require_warnings_are_errors()
        return ""


def every_module_is_listed(used: Used[Project], breaks: Sequence[Break]) -> str:
    expected = python_code.modules(used.project().folder, used.python())
    python_code.require_listed(expected, breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"
