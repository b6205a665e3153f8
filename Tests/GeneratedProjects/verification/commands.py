"""Runs commands: bounded in time, in a group of their own, and never left behind."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# What is run: a program, then its arguments.
Command = Sequence[str | Path]

_live: set[subprocess.Popen[str]] = set()
_lock = threading.Lock()
_only_thread: int | None = None

# What would steer a generated project or a tool from outside.
_STEERING = ("COMPOSE", "CONTAINER", "BUILDAH_", "PYTHON", "VIRTUAL_ENV", "UV_", "LC_", "LANG")
_SETTINGS = (
    *("RUNTIME_ENV", "POSTGRES_", "DATABASE_", "ENGINE_", "DATA_DIR", "LOG_LEVEL", "PG"),
    *("ENVIRONMENT", "ORCHESTRATOR_", "CONFIG_PATH", "DB_", "FEAST_", "ML_MODEL_PATH"),
)
_CLIENTS = ("REDIS_", "KAFKA_", "AWS_", "PUBSUB_", "GOOGLE_", "MLFLOW_", "MODEL_", "POETRY_")


class CheckError(Exception):
    """Something is not as it has to be; the text says what was seen."""


class NotVerifiedError(CheckError):
    """The check could not be made, which is a failure as well."""

    def __str__(self) -> str:
        return f"not verified: {super().__str__()}"


@dataclass(frozen=True)
class Result:
    """How a command ended and what it printed."""

    command: str
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.out.rstrip(), self.err.rstrip()) if part)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The machine's environment less what would steer the checks, and in one locale."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_STEERING + _SETTINGS + _CLIENTS)
    }
    ours = {"LC_ALL": "C.UTF-8", "PYTHONFAULTHANDLER": "1"}
    return kept | ours | _bytecode() | dict(extra or {})


def _bytecode() -> dict[str, str]:
    """Outside of the projects, in one place for all: half of what a short run does is compiling."""
    if sys.pycache_prefix is None:
        return {"PYTHONDONTWRITEBYTECODE": "1"}
    return {"PYTHONPYCACHEPREFIX": sys.pycache_prefix}


def run(
    arguments: Command,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    seconds: float = 120,
    codes: Sequence[int] | None = (0,),
    text: str = "",
) -> Result:
    """Runs to the end; any exit code not among `codes` is an error (`None` takes every code)."""
    process = spawn(arguments, cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        out, err = process.communicate(text, timeout=seconds)
    except subprocess.TimeoutExpired:
        # Python says where it stands before it dies of this.
        kill_group(process, signal.SIGABRT)
        time.sleep(1)
        kill_group(process)
        out, err = process.communicate()
        seen = "\n".join(part for part in (out.rstrip(), err.rstrip()) if part)
        raise CheckError(f"`{quoted(arguments)}` ran over {seconds:.0f} s\n{seen}") from None
    finally:
        forget(process)
    result = Result(quoted(arguments), process.returncode, out, err)
    if codes is not None and result.code not in codes:
        raise CheckError(f"`{result.command}` ended with {result.code}\n{result.text}")
    return result


def spawn(
    arguments: Command,
    *,
    cwd: Path | None,
    env: Mapping[str, str] | None,
    stdin: int,
    stdout: int,
    stderr: int | None = None,
    own_session: bool = True,
) -> subprocess.Popen[str]:
    """Starts a command in a new process group; whoever starts it ends it and calls `forget`.

    Without `own_session` it is the command that makes a session, to take a terminal.
    """
    if stderr is None:
        stderr = subprocess.PIPE if stdout == subprocess.PIPE else subprocess.STDOUT
    with _lock:
        require_going_on()
        try:
            process = subprocess.Popen(
                [str(argument) for argument in arguments],
                cwd=cwd,
                env=environment() if env is None else dict(env),
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=own_session,
            )
        except FileNotFoundError as error:
            if cwd is not None and not cwd.is_dir():
                raise CheckError(f"there is no folder {cwd}") from None
            raise NotVerifiedError(f"{arguments[0]} is not installed ({error.strerror})") from None
        _live.add(process)
    return process


def kill_group(process: subprocess.Popen[str], number: int = signal.SIGKILL) -> None:
    """Ends a command and what it started, also when it has ended and they have not."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def forget(process: subprocess.Popen[str]) -> None:
    with _lock:
        _live.discard(process)


def stop_all() -> None:
    """Ends every command that runs, and from now on only the calling thread may start others.

    All threads that make checks come to an end by that; what has to be taken down still can be.
    """
    global _only_thread
    with _lock:
        _only_thread = threading.get_ident()
        for process in _live:
            kill_group(process)


def require_going_on() -> None:
    """Once all is stopped, there is nothing that another thread could start or wait for."""
    if _only_thread not in (None, threading.get_ident()):
        raise CheckError("interrupted")


def quoted(arguments: Command) -> str:
    """A command as one would type it, short enough to be shown."""
    text = shlex.join(str(argument) for argument in arguments)
    return text if len(text) <= 200 else text[:197] + "..."
