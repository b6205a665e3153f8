"""The service as a process: it starts, serves, and stops as it is told to."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

PROGRAM = Path(__file__).with_name("service_under_test.py")
# The service promises 2 s; the rest is for a machine that is busy with other tests.
SECONDS_TO_STOP = 2.5

type Start = Callable[..., Service]


class Service:
    """A running service; what it says is kept."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        assert process.stdout is not None
        self.process = process
        self.port = port
        self._output: IO[str] = process.stdout
        self._lines: list[str] = []
        self._connections: list[http.client.HTTPConnection] = []

    def wait_for(self, text: str) -> None:
        """Reads on until a line has the text, unless one has had it."""
        if any(text in line for line in self._lines):
            return
        for line in self._output:
            self._lines.append(line)
            if text in line:
                return
        pytest.fail(f"the service has ended without {text!r}:\n{''.join(self._lines)}")

    def send(self, path: str) -> http.client.HTTPConnection:
        """Sends a request without waiting for the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        self._connections.append(connection)
        return connection

    def connect_websocket(self) -> socket.socket:
        """Opens a WebSocket that nobody closes."""
        handshake = (
            "GET /websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n"
        )
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connection.sendall(handshake.encode())
        return connection

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Sends the signal; the answer is how many seconds the process went on after it."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        return time.monotonic() - started

    def log(self) -> list[dict[str, object]]:
        """All lines of the log, once the process has ended."""
        self._lines += self._output
        return [json.loads(line) for line in self._lines if line.startswith("{")]

    def close(self) -> None:
        """Leaves nothing behind, whatever has happened."""
        for connection in self._connections:
            connection.close()
        self.process.kill()
        self.process.communicate()

    def events(self) -> list[object]:
        return [line["event"] for line in self.log()]


@pytest.fixture
def start(environ: dict[str, str]) -> Iterator[Start]:
    """Starts the service and waits until it listens."""
    services: list[tuple[Service, threading.Timer]] = []

    def start(moment: str = "", *, wait: bool = True, **variables: str) -> Service:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, PROGRAM, *filter(None, [moment])],
            env=os.environ | environ | {"SERVER_PORT": str(port)} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # Whatever a test waits for, it ends
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        service = Service(process, port)
        services.append((service, watchdog))
        if wait:
            service.wait_for("Running on")
        return service

    yield start
    for service, watchdog in services:
        watchdog.cancel()
        service.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_before_the_first_request(start: Start, number: signal.Signals) -> None:
    service = start()

    assert service.stop(number) < SECONDS_TO_STOP

    assert service.process.returncode == 0
    assert service.events()[-2:] == ["stopping", "service_stopped"]


@pytest.mark.parametrize("moment", ["uvloop", "<<PACKAGE>>.app"])
def test_a_signal_while_modules_are_imported(start: Start, moment: str) -> None:
    service = start(moment, wait=False)

    assert service.process.wait(timeout=30) == 0
    assert service.log() == []


def test_a_signal_before_the_server_listens(start: Start) -> None:
    service = start("serving", wait=False)

    assert service.process.wait(timeout=30) == 0
    assert "stopping" in service.events()
    assert service.events()[-1] == "service_stopped"


def test_short_requests_get_their_answer_and_long_ones_are_cut_off(start: Start) -> None:
    service = start()
    short = service.send("/sleep/1.4")
    for path in ("/sleep/60.0", "/~stream"):
        service.send(path)
    with service.connect_websocket():
        for begun in ("/sleep/1.4", "/sleep/60.0", "/~stream", "/websocket"):
            service.wait_for(f"begun {begun}")

        assert service.stop() < SECONDS_TO_STOP

    response = short.getresponse()
    assert (response.status, response.read()) == (200, b"slept")
    assert service.process.returncode == 0
    cut_off = [line["path"] for line in service.log() if line["event"] == "request_cut_off"]
    assert sorted(map(str, cut_off)) == ["/sleep/60.0", "/~stream"]


def test_what_cannot_be_cut_off_is_left(start: Start) -> None:
    service = start()
    # The last one blocks the loop, so that not even the stop signal is seen
    for path in ("/thread/60.0", "/~stubborn", "/block/60.0"):
        service.send(path)
        service.wait_for(f"begun {path}")

    assert service.stop() < SECONDS_TO_STOP

    assert service.process.returncode == 0


def test_requests_can_be_given_more_time(start: Start) -> None:
    service = start(SHUTDOWN_GRACE_SECONDS="20", SHUTDOWN_DEADLINE_SECONDS="25")
    # By default it would be cut off, and the process would have ended
    slow = service.send("/sleep/3.0")
    service.wait_for("begun /sleep/3.0")

    service.stop()

    assert slow.getresponse().read() == b"slept"
    assert service.process.returncode == 0
    assert service.events()[-1] == "service_stopped"


def test_requests_can_be_given_less_time(start: Start) -> None:
    service = start(SHUTDOWN_GRACE_SECONDS="0")
    service.send("/sleep/1.4")
    service.wait_for("begun /sleep/1.4")

    assert service.stop() < SECONDS_TO_STOP

    assert service.process.returncode == 0
    assert "request_cut_off" in service.events()


def test_threads_do_not_delay_the_end(start: Start) -> None:
    service = start()
    service.send("/thread/60.0")
    service.wait_for("begun /thread/60.0")

    assert service.stop() < SECONDS_TO_STOP

    assert service.process.returncode == 0
    assert service.events()[-1] == "service_stopped"


def test_more_signals_change_nothing_and_idle_connections_neither(start: Start) -> None:
    service = start(SHUTDOWN_GRACE_SECONDS="20", SHUTDOWN_DEADLINE_SECONDS="25")
    idle = service.send("/health")
    assert idle.getresponse().read() == b'{"status":"alive"}\n'
    connection = service.send("/sleep/0.3")
    service.wait_for("begun /sleep/0.3")

    service.process.send_signal(signal.SIGTERM)
    service.wait_for("stopping")
    service.process.send_signal(signal.SIGINT)
    # Much less than the time that requests have
    assert service.stop() < 10

    assert connection.getresponse().read() == b"slept"
    assert service.process.returncode == 0


def test_a_task_that_dies_ends_the_service(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        service = start(wait=False, SERVER_PORT=str(port))
        assert service.process.wait(timeout=30) == 1

    failed = next(line for line in service.log() if line["event"] == "task_failed")
    assert failed["task"] == "run server"
    assert f"cannot serve on 127.0.0.1:{port}: " in str(failed["reason"])
    assert service.events()[-1] == "service_stopped"


def test_a_wrong_environment_ends_the_start(start: Start) -> None:
<<@if EXAMPLE>>
    service = start(wait=False, MODE="production", BYBIT_ACCOUNT_IDS="main,")
<<@else>>
    service = start(wait=False, MODE="production", LOG_LEVEL="LOUD")
<<@end>>

    output, _ = service.process.communicate(timeout=30)

    assert service.process.returncode == 2
    assert output.splitlines() == [
        "error: the environment is incomplete or malformed",
        "  MODE must be one of prod, dev, staging",
<<@if EXAMPLE>>
        "  BYBIT_ACCOUNT_IDS must be different account ids with commas between them",
<<@else>>
        "  LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR",
<<@end>>
    ]
