"""Runs pytest many times, with the libraries that a project needs imported once.

Importing them takes several times as long as the tests that notice a break. So one process imports
them, and forks for every run; what belongs to the project is imported anew in each.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from verification.commands import CheckError, forget, kill_group, spawn
from verification.tools import REPOSITORY

_SERVER = REPOSITORY / "Tests/GeneratedProjects/verification/pytest_server.py"


@dataclass(frozen=True)
class Outcome:
    """How pytest ended, and what it printed."""

    code: int
    text: str


class WarmPytest:
    """A process in which pytest can be run; one run at a time."""

    def __init__(self, python: Path, project: Path, env: Mapping[str, str], log: Path) -> None:
        self._log = log
        with log.open("w", encoding="utf-8") as errors:
            self._process = spawn(
                [python, _SERVER, project],
                cwd=project,
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors.fileno(),
            )
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "WarmPytest":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        kill_group(self._process)
        self._process.wait()
        forget(self._process)

    def run(
        self, folder: Path, env: Mapping[str, str], arguments: Sequence[str | Path], seconds: float
    ) -> Outcome:
        output = self._log.with_suffix(".output")
        request = {
            "folder": str(folder),
            "environment": dict(env),
            "arguments": [str(argument) for argument in arguments],
            "seconds": seconds,
            "output": str(output),
        }
        stream: IO[str] | None = self._process.stdin
        if stream is None or self._process.poll() is not None:
            raise CheckError(f"pytest's process has ended\n{self._log.read_text()}")
        stream.write(json.dumps(request) + "\n")
        stream.flush()
        try:
            # It ends the run itself; importing what all need comes before the first one.
            answer = self._answers.get(timeout=seconds + 120)
        except queue.Empty:
            raise CheckError(f"pytest's process does not answer\n{self._log.read_text()}") from None
        if not answer:
            raise CheckError(f"pytest's process has ended\n{self._log.read_text()}")
        return Outcome(json.loads(answer), output.read_text(encoding="utf-8", errors="replace"))

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is not None:
            for line in stream:
                self._answers.put(line)
        self._answers.put("")
