"""Servers on loopback: started, waited for, watched, stopped."""

import http.client
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from verification.commands import CheckError, Command, forget, kill_group, spawn

LOOPBACK = "127.0.0.1"
_POLL_SECONDS = 0.1


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

    def wait_until(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Waits until it is ready, no longer than that, and not for a process that has ended."""

        def ready_or_ended() -> bool:
            if self._process.poll() is not None:
                raise CheckError(f"{what}: it ended with {self._process.returncode}\n{self.output}")
            return ready()

        try:
            wait_until(ready_or_ended, seconds, what)
        except TimeoutError as error:
            raise CheckError(f"{error}\n{self.output}") from None

    def stop(self, seconds: float = 10, number: int = signal.SIGTERM) -> int:
        """Sends a signal and returns the exit code; a server that goes on is an error."""
        self._process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float) -> int:
        """The exit code of a server that is to end by itself."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise CheckError(f"it did not end within {seconds:.0f} s\n{self.output}") from None


@contextmanager
def server(arguments: Command, log: Path, *, cwd: Path, env: Mapping[str, str]) -> Iterator[Server]:
    """Runs a server for as long as the block lasts."""
    with log.open("w", encoding="utf-8") as file:
        process = spawn(arguments, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=file.fileno())
    try:
        yield Server(process, log)
    finally:
        kill_group(process)
        process.wait()
        forget(process)


@contextmanager
def stand_in(port: int, handler: type[BaseHTTPRequestHandler]) -> Iterator[None]:
    """What stands in for a service of somebody else's: answers as the handler says."""
    require_free([port])
    with ThreadingHTTPServer((LOOPBACK, port), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            running.shutdown()
            thread.join()


def wait_until(ready: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(_POLL_SECONDS)


def get_json(port: int, path: str) -> tuple[int, Any]:
    """Asks a server on loopback; the answer is its status and what its JSON says."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
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


def free_port() -> int:
    """A port outside the ephemeral range that nothing uses at the moment."""
    for port in range(20100, 20900):
        if not listening(port) and _bindable(port):
            return port
    raise CheckError("no port from 20100 to 20899 is free")


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def require_free(ports: Sequence[int]) -> None:
    """The generated projects have fixed ports: whatever uses one of them has to go first.

    A port of the ephemeral range may be some client's for a moment, and 8000 is the default of
    several layouts, whose checks run beside each other: it is tried for a while.
    """
    for port in ports:
        try:
            wait_until(partial(_bindable, port), 90, f"port {port}")
        except TimeoutError:
            raise CheckError(
                f"not verified: port {port} is in use; end what uses it"
                f" (`ss -tlnp 'sport = :{port}'` shows it)"
            ) from None
