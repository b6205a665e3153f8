"""What several tests need."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import TestCase, mock

from tests import ROOT


def clean_environment(**variables: str) -> dict[str, str]:
    """Nothing of the project's own settings but the given ones, with this Python for scripts."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
    # What `make coverage` hands to the processes that tests start.
    kept |= {name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_")}
    return {**kept, "PYTHON": sys.executable, **variables}


def set_environment(test: TestCase, **variables: str) -> None:
    patch = mock.patch.dict(os.environ, clean_environment(**variables), clear=True)
    patch.start()
    test.addCleanup(patch.stop)


def run(command: Sequence[str | Path], **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs it away from the project's root, which no script may depend on."""
    return subprocess.run(
        command,
        cwd="/",
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@contextmanager
def started(command: Sequence[str | Path], **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Runs it beside the test, with pipes; killed in the end, so that a failure waits for nothing."""
    with subprocess.Popen(
        command,
        cwd="/",
        env=clean_environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def script(step: str) -> Path:
    return ROOT / "scripts_sh" / f"{step}.sh"
