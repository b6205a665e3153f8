"""Put on PYTHONPATH as `sitecustomize`: notes what a process does below a folder, or stops it.

PROBE_FOLDER is the folder, PROBE_RESULT gets a line for each file that is opened for writing, moved
or removed there, and the move number PROBE_FAIL_AT fails, or kills the process.
"""

import os
import signal
import sys
from pathlib import Path

_FOLDER = Path(os.environ["PROBE_FOLDER"])
_RESULT = Path(os.environ["PROBE_RESULT"])
_FAIL_AT = int(os.environ.get("PROBE_FAIL_AT", "0"))
_KILLS = "PROBE_KILLS" in os.environ
_CHANGES = (
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.mkdir",
    "os.chmod",
    "os.utime",
    "os.symlink",
)

_moves = 0


def _note(event: str, arguments: tuple[object, ...]) -> None:
    global _moves
    if event == "os.rename":
        ends = [str(one) for one in arguments[:2]]
        if str(_FOLDER) not in ends:
            return
        _moves += 1
        if _moves == _FAIL_AT:
            if _KILLS:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(28, "No space left on device")
        _write(f"move {ends[0]} {ends[1]}")
    elif event == "open":
        path, mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if writes and _is_below(path):
            _write(f"write {path} {mode}")
    elif event in _CHANGES and _is_below(arguments[0]):
        _write(f"{event} {arguments[0]}")


def _is_below(path: object) -> bool:
    return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(f"{_FOLDER}{os.sep}")


def _write(line: str) -> None:
    # Not `open`: that would be noted as well.
    file = os.open(_RESULT, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, f"{line}\n".encode())
    os.close(file)


sys.addaudithook(_note)
