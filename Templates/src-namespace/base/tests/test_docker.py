"""What the container runs, with a chamber that only shows how it was called; and its Python."""

import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
ENTRYPOINT = PROJECT / "docker" / "bin" / "entrypoint.sh"
CHAMBER = r"""\
#!/bin/sh
printf '%s\n' "process $$" "$CHAMBER_AWS_REGION" "$@"
exit 7
"""

type Enter = Callable[..., tuple[int, str, int]]


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    """Runs the entry point; tells its process id, what chamber has shown, and the exit code."""
    chamber = tmp_path / "bin" / "chamber"
    chamber.parent.mkdir()
    chamber.write_text(CHAMBER)
    chamber.chmod(0o755)
    # A login shell reads its profile, which may set PATH anew
    (tmp_path / ".profile").write_text(f'PATH="{chamber.parent}:$PATH"\n')

    def enter(**variables: str) -> tuple[int, str, int]:
        env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]} | variables
        process = subprocess.Popen([ENTRYPOINT], env=env, stdout=subprocess.PIPE, text=True)
        output, _ = process.communicate(timeout=30)
        return process.pid, output, process.returncode

    return enter


def test_chamber_takes_the_place_of_the_shell(enter: Enter) -> None:
    pid, output, code = enter()

    assert output.splitlines() == [
        f"process {pid}",
        "<<AWS_REGION>>",
        "exec",
        "projects/<<PACKAGE>>/prod",
        "--",
        "run-<<PACKAGE>>",
    ]
    assert code == 7


def test_region_and_namespace_can_be_chosen(enter: Enter) -> None:
    _, output, _ = enter(CHAMBER_AWS_REGION="eu-west-1", AWS_SECRETS_NAMESPACE="one more/dev")

    assert output.splitlines()[1:4] == ["eu-west-1", "exec", "one more/dev"]


def test_there_is_one_python() -> None:
    version = (PROJECT / ".python-version").read_text(encoding="utf-8").strip()
    metadata = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    dockerfile = (PROJECT / "docker" / "Dockerfile").read_text(encoding="utf-8")

    assert metadata["project"]["requires-python"] == f">={version}"
    assert metadata["tool"]["mypy"]["python_version"] == version
    (matrix,) = metadata["tool"]["hatch"]["envs"]["hatch-test"]["matrix"]
    assert matrix["python"] == [version]
    assert set(re.findall(r"python:?(3\.\d+)", dockerfile)) == {version}
