"""A copy of the programs with the sample configuration, which tests may change and run."""

import io
import os
import runpy
import shutil
<<@if VARIANT == multi-env>>
import signal
<<@end>>
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

<<@if VARIANT == multi-env>>
from tests.samples import FILES, VARIABLES, write_files
<<@else>>
from tests.samples import VARIABLES, write_files
<<@end>>

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The directory of the sample configuration."""
    return write_files(tmp_path / "sample")


@dataclass
class Project:
    """A project in a directory of its own; its programs see no other variables than its own."""

    root: Path
    variables: dict[str, str] = field(default_factory=lambda: dict(VARIABLES))

    @property
    def config(self) -> Path:
        return self.root / "config"

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **extra}

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Runs a program as `start` does, but in this process, which is much faster."""
        self.write_variables()
        program, *_ = arguments
        output, errors = io.StringIO(), io.StringIO()
        path = [*filter(None, [extra.get("PYTHONPATH")]), *sys.path]
<<@if VARIANT == multi-env>>
        on_signals = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)}
        on_dropped = sys.unraisablehook
<<@end>>
        with (
            mock.patch.dict(os.environ, self.environment(extra), clear=True),
            mock.patch.object(sys, "argv", list(arguments)),
            mock.patch.object(sys, "path", path),
            mock.patch("config_tools.project.ROOT", self.root),
            mock.patch("config_tools.project.DATA", self.root / "data"),
<<@if VARIANT == multi-env>>
            mock.patch("config_tools.merged_copy.DATA", self.root / "data"),
            mock.patch("config_tools.environments.LOCAL", ("testing",)),
<<@end>>
            chdir(self.root.parent),
            redirect_stdout(output),
            redirect_stderr(errors),
            pytest.raises(SystemExit) as ending,
        ):
            runpy.run_path(str(self.root / program), run_name="__main__")
<<@if VARIANT == multi-env>>
        for number, handler in on_signals.items():
            signal.signal(number, handler)
        sys.unraisablehook = on_dropped
<<@end>>
        for name in [name for name in sys.modules if name.startswith("orchestrator_api_service")]:
            del sys.modules[name]
        code = ending.value.code
        assert isinstance(code, int), code
        return subprocess.CompletedProcess(arguments, code, output.getvalue(), errors.getvalue())

    def start(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Runs a program from a directory that is not the project's."""
        self.write_variables()
        program, *options = arguments
        return subprocess.run(
            [sys.executable, str(self.root / program), *options],
            cwd=self.root.parent,
            env=self.environment(extra),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def write_variables(self) -> None:
        lines = [f"{name}={value}\n" for name, value in self.variables.items()]
        (self.root / ".env").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    shutil.copy(ROOT / "run.py", root)
    for name in ("config_tools", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "data").mkdir()
    for name in ("schema.sql", "seed.sql"):
        shutil.copy(ROOT / "data" / name, root / "data")
<<@if VARIANT == multi-env>>
    base = {name: text for name, text in FILES.items() if name != "database.yaml"}
    write_files(root / "config" / "base", base)
    for name, level in (("testing", "DEBUG"), ("live", "ERROR")):
        override = {
            "config.yaml": f"app:\n  environment: {name}\nlogging:\n  level: {level}\n",
            "database.yaml": FILES["database.yaml"],
        }
        write_files(root / "config" / name, override)
    return Project(root, {**VARIABLES, "ENVIRONMENT": "testing"})
<<@else>>
    write_files(root / "config")
    return Project(root)
<<@end>>
