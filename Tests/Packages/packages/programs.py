"""Runs other programs, in one locale and with nothing left behind."""

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from packages.faults import BuildError

# What would steer a program from outside: `git` to another repository, archives to other dates.
_STEERING = ("GIT_", "LC_", "LANG", "TZ", "SOURCE_DATE_EPOCH", "XZ_", "TAR_", "GZIP", "DPKG_")
# git shows what a commit has, neither what stands in its place (`git replace`) nor what a machine's
# own attributes make of it.
_OURS = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
}

_live: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()
_stopped = threading.Event()


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_STEERING)}
    return kept | _OURS | dict(extra or {})


def output(
    arguments: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> bytes:
    """What a program prints; any exit code but 0 is an error that has what it said."""
    code, out, error = run(arguments, cwd=cwd, env=env)
    if code:
        raise BuildError(_ending(arguments, code, error or out))
    return out


def show(arguments: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]) -> None:
    """Runs a program that takes a while: what it says is for who waits, none of our output."""
    code, _, _ = run(arguments, cwd=cwd, env=env, shown=True)
    if code:
        raise BuildError(_ending(arguments, code, b""))


def run(
    arguments: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    shown: bool = False,
) -> tuple[int, bytes, bytes]:
    """The exit code, and what was printed; interrupted, it ends the program and what that began."""
    with _lock:
        if _stopped.is_set():
            raise BuildError("interrupted")
        try:
            process = subprocess.Popen(
                [str(argument) for argument in arguments],
                cwd=cwd,
                env=dict(env) if env is not None else environment(),
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr if shown else subprocess.PIPE,
                stderr=None if shown else subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise BuildError(f"{arguments[0]}: {error.strerror}") from None
        _live.add(process)
    try:
        out, said = process.communicate()
    except BaseException:
        _kill(process)
        process.wait()
        raise
    finally:
        with _lock:
            _live.discard(process)
    return process.returncode, out or b"", said or b""


def stop_all() -> None:
    """Ends whatever runs, in any thread, and nothing is started any more."""
    with _lock:
        _stopped.set()
        for process in _live:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _ending(arguments: Sequence[str | Path], code: int, said: bytes) -> str:
    ending = f"`{shlex.join(map(str, arguments))}` ended with {code}"
    text = said.decode("utf-8", "replace").strip()
    return f"{ending}:\n{text}" if text else ending
