"""Servers on loopback: started, waited for, watched, stopped."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from verification.commands import (
    CheckError,
    Command,
    forget,
    kill_group,
    require_going_on,
    spawn,
)

LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 0.1
# Of no promise: what has not come by then, on whatever machine, does not come.
_PATIENCE_SECONDS = 180
# Longer than any check keeps a port that others want.
_HELD_SECONDS = 600
# A file for each port; whoever has locked it has the port.
_HELD = Path(tempfile.gettempdir()) / f"scaffold-verify-ports-{os.getuid()}"


class Server:
    """A process that runs until it is stopped; its output goes into a file."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, ready: Callable[[], bool], what: str) -> None:
        """Waits until it is ready, and not for a process that has ended."""

        def ready_or_ended() -> bool:
            if self._process.poll() is not None:
                raise CheckError(f"{what}: it ended with {self._process.returncode}\n{self.output}")
            return ready()

        try:
            wait_until(ready_or_ended, what)
        except TimeoutError as error:
            raise CheckError(f"{error}\n{self.output}") from None

    def stop(self, number: int = signal.SIGTERM, seconds: float = _PATIENCE_SECONDS) -> int:
        """Sends a signal and returns the exit code; a server that goes on is an error."""
        self._process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = _PATIENCE_SECONDS) -> int:
        """The exit code of a server that is to end by itself."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise CheckError(f"it did not end within {seconds:.0f} s\n{self.output}") from None


@contextmanager
def server(
    arguments: Command, log: Path, *, cwd: Path, env: Mapping[str, str], ports: Sequence[int] = ()
) -> Iterator[Server]:
    """Runs a server for as long as the block lasts; `ports` are those that it listens on."""
    with held(ports):
        with log.open("w", encoding="utf-8") as file:
            process = spawn(
                arguments, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=file.fileno()
            )
        try:
            yield Server(process, log)
        finally:
            kill_group(process)
            process.wait()
            forget(process)


@contextmanager
def stand_in(port: int, handler: type[BaseHTTPRequestHandler]) -> Iterator[None]:
    """What stands in for a service of somebody else's: answers as the handler says."""
    with held([port]), ThreadingHTTPServer((LOOPBACK, port), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            running.shutdown()
            thread.join()


def wait_until(ready: Callable[[], bool], what: str, seconds: float = _PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        require_going_on()
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(_POLL_SECONDS)


def get_json(port: int, path: str) -> tuple[int, Any]:
    """Asks a server on loopback; the answer is its status and what its JSON says."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    try:
        return response.status, json.loads(body)
    except ValueError:
        raise CheckError(f"{path} answered {response.status} without JSON: {body!r}") from None


def answers(port: int, path: str) -> bool:
    """Whether something there answers with 200."""
    try:
        return get_json(port, path)[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def listening(port: int) -> bool:
    """Whether something on loopback accepts connections at the port."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


@contextmanager
def held(ports: Sequence[int]) -> Iterator[None]:
    """Free, and no other check's until the block ends, be it of another lane or another checkout.

    The generated projects have fixed ports, and several use 8000. Where two checks find one free at
    the same time, the service of the later ends for want of it, and the earlier's answers for both.
    """
    with ExitStack() as stack:
        for port in sorted(ports):
            stack.enter_context(_locked(port))
        require_free(ports)
        yield


@contextmanager
def _locked(port: int) -> Iterator[None]:
    _HELD.mkdir(exist_ok=True)
    with (_HELD / str(port)).open("a") as file:
        try:
            wait_until(partial(_lock, file.fileno()), f"port {port}", _HELD_SECONDS)
        except TimeoutError as error:
            raise CheckError(f"not verified: another check did not leave {error}") from None
        yield


def _lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def require_free(ports: Sequence[int]) -> None:
    """The generated projects have fixed ports: whatever uses one of them has to go first.

    A port of the ephemeral range may be some client's for a moment: it is tried for a while.
    """
    for port in ports:
        try:
            wait_until(partial(_bindable, port), f"port {port}")
        except TimeoutError:
            raise CheckError(
                f"not verified: port {port} is in use; end what uses it"
                f" (`ss -tlnp 'sport = :{port}'` shows it)"
            ) from None
