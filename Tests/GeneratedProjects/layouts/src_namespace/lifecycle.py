"""How the service starts and stops: whatever the moment at which a signal comes."""

import contextlib
import http.client
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from layouts.src_namespace.promptness import at_best, require_soon
from layouts.src_namespace.service import Service
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.http_api import Client
from verification.report import Check
from verification.servers import LOOPBACK, Server, listening

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
# Of all imports of libraries, the share that is over when the signal comes.
_SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_MOMENTS = 12
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Lifecycle:
    """A service, and the signals that it is sent."""

    service: Service

    def checks(self, title: str) -> list[Check]:
        found: list[Check] = []
        for number in _SIGNALS:
            made = {
                "while it starts, between imports": self._between_imports,
                "at any moment from its first on": self._any_moment,
                "before the first request": self._before_requests,
                "during a short request": self._short_request,
                "during a long request": self._long_request,
            }
            found += [
                Check(f"{number.name} {name}{title}", partial(make, number))
                for name, make in made.items()
            ]
        others = {
            "an idle connection is open": self._idle_connection,
            "a request is only half sent": self._half_request,
            "an answer streams without end": self._endless_stream,
            "a WebSocket is open": self._web_socket,
            "a request refuses to be cancelled": self._stubborn_request,
            "the environment gives requests more time": self._more_time,
            "the environment gives requests no time": self._no_time,
        }
        found += [Check(f"SIGTERM while {name}{title}", make) for name, make in others.items()]
        found.append(Check(f"a task that dies takes the service down{title}", self._dying_task))
        found.append(Check(f"a port in use takes the service down{title}", self._port_in_use))
        return [Check(one.name, partial(at_best, one.make)) for one in found]

    # While it starts

    def _between_imports(self, number: signal.Signals) -> str:
        """The same moments in every run, however fast the machine is. The first is the first import
        of a library: what handles signals has to be there by then."""
        total = self._imports()
        require(total > 20, f"{total} imports of libraries are too few to tell")
        longest = 0.0
        for share in _SHARES:
            moment = max(1, round(total * share))
            with self._probed(moment, number) as (starting, result):
                code = starting.wait()
                longest = max(longest, time.monotonic() - float(result.read_text("utf-8")))
                require_clean(starting, code, f"import {moment} of {total}")
        require_soon(longest)
        return f"{len(_SHARES)} moments among {total} imports, at most {longest:.1f} s"

    def _imports(self) -> int:
        with self._probed(0, signal.SIGTERM) as (starting, result):
            starting.wait_until(self.service.ready, "the service")
            total = int(result.read_text(encoding="utf-8"))
            starting.stop()
            return total

    @contextmanager
    def _probed(self, moment: int, number: signal.Signals) -> Iterator[tuple[Server, Path]]:
        project = self.service.project
        folder = self.service.scratch / f"probe-{project.name}"
        folder.mkdir(exist_ok=True)
        probe = (_HERE / "startup_probe.py").read_text(encoding="utf-8")
        (folder / "sitecustomize.py").write_text(probe, encoding="utf-8")
        result = folder / "result"
        result.unlink(missing_ok=True)
        settings = {
            "PYTHONPATH": str(folder),
            "PROBE_PACKAGE": project.package,
            "PROBE_RESULT": str(result),
            "PROBE_IMPORT": str(moment),
            "PROBE_SIGNAL": str(int(number)),
        }
        with self.service.process(settings, "probed") as starting:
            yield starting, result

    def _any_moment(self, number: signal.Signals) -> str:
        """By the clock, from the start of the interpreter until the service listens and after.

        Before the interpreter has come to the service's first line nobody can handle a signal."""
        span = self._seconds_until_listening() * 1.2
        longest, handled = 0.0, 0
        for moment in range(_MOMENTS):
            delay = span * moment / (_MOMENTS - 1)
            with self.service.process({}, "any-moment") as starting:
                time.sleep(delay)
                aware = _handles(starting.pid, signal.SIGTERM)
                sent = time.monotonic()
                code = starting.stop(number)
                longest = max(longest, time.monotonic() - sent)
                if aware:
                    handled += 1
                    require_clean(starting, code, f"{number.name} after {delay:.2f} s")
        require(handled >= _MOMENTS // 2, f"only {handled} of {_MOMENTS} came after its first line")
        require_soon(longest)
        return f"{handled} moments of {_MOMENTS} in {span:.1f} s, at most {longest:.1f} s"

    def _seconds_until_listening(self) -> float:
        began = time.monotonic()
        with self.service.process({}, "start") as starting:
            starting.wait_until(lambda: listening(self.service.port), "the service")
            took = time.monotonic() - began
            starting.stop()
        return took

    # While it serves

    def _before_requests(self, number: signal.Signals) -> str:
        with self.service.process({}, "unasked") as started:
            started.wait_until(lambda: listening(self.service.port), "the service")
            return self._stop(started, number)

    def _short_request(self, number: signal.Signals) -> str:
        with self._slow("short") as started:
            answers: list[object] = []

            def ask() -> None:
                answer = Client(self.service.port).call("GET", "/slow/1.3")
                answers.append((answer.status, answer.json))

            asking = threading.Thread(target=ask)
            asking.start()
            started.wait_until(lambda: "slow 1.3 began" in started.output, "the request")
            told = self._stop(started, number)
            asking.join()
            require_equal("the answer", answers, [(200, {"slept": 1.3})])
            return f"answered, {told}"

    def _long_request(self, number: signal.Signals) -> str:
        with self._slow("long") as started:
            answers: list[object] = []

            def ask() -> None:
                try:
                    answers.append(Client(self.service.port).call("GET", "/slow/30.0").status)
                except (OSError, http.client.HTTPException) as error:
                    answers.append(type(error).__name__)

            asking = threading.Thread(target=ask)
            asking.start()
            started.wait_until(lambda: "slow 30.0 began" in started.output, "the request")
            told = self._stop(started, number, "/slow/30.0")
            asking.join()
            require(len(answers) == 1 and answers != [200], f"the request has {answers}")
            return f"cut off ({answers[0]}), {told}"

    def _idle_connection(self) -> str:
        with self._slow("idle") as started:
            connection = http.client.HTTPConnection(LOOPBACK, self.service.port, timeout=5)
            with contextlib.closing(connection):
                connection.request("GET", "/health")
                response = connection.getresponse()
                require_equal("/health", (response.status, bool(response.read())), (200, True))
                require(not response.will_close, "the connection is not kept")
                return self._stop(started)

    def _half_request(self) -> str:
        with self._slow("half") as started, self._connection() as connection:
            connection.sendall(b"POST /increase_position HTTP/1.1\r\nHost: x\r\nContent-Le")
            with self._connection() as other:
                other.sendall(
                    b"POST /increase_position HTTP/1.1\r\nHost: x\r\n"
                    b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                )
                # Whatever it makes of that: it has read it once it answers the next.
                Client(self.service.port).call("GET", "/health").require(200)
                return self._stop(started)

    def _endless_stream(self) -> str:
        with self._slow("stream") as started, self._connection() as connection:
            connection.sendall(b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            require(b"part" in _receive(connection, b"part"), "nothing streams")
            return self._stop(started, signal.SIGTERM, "/stream")

    def _web_socket(self) -> str:
        with self._slow("socket") as started, self._connection() as connection:
            connection.sendall(
                b"GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            )
            require(b"101" in _receive(connection, b"\r\n\r\n"), "there is no WebSocket")
            return self._stop(started)

    def _stubborn_request(self) -> str:
        with self._slow("stubborn") as started, self._connection() as connection:
            connection.sendall(b"GET /stubborn HTTP/1.1\r\nHost: x\r\n\r\n")
            started.wait_until(lambda: "stubborn began" in started.output, "the request")
            sent = time.monotonic()
            code = started.stop()
            took = time.monotonic() - sent
            require(code == 0, f"it ended with {code}\n{started.output}")
            require_soon(took, started.output)
            return f"{took:.1f} s"

    def _more_time(self) -> str:
        """The default cuts off what lasts for 3 s, and ends the process meanwhile."""
        settings = {"SHUTDOWN_GRACE_SECONDS": "20", "SHUTDOWN_DEADLINE_SECONDS": "25"}
        with self._slow("more-time", settings) as started:
            answers: list[object] = []

            def ask() -> None:
                answers.append(Client(self.service.port).call("GET", "/slow/3.0").status)

            asking = threading.Thread(target=ask)
            asking.start()
            started.wait_until(lambda: "slow 3.0 began" in started.output, "the request")
            code = started.stop()
            require_clean(started, code, "SIGTERM")
            asking.join()
            require_equal("the answer", answers, [200])
        return "a request of 3 s is answered"

    def _no_time(self) -> str:
        none = {"SHUTDOWN_GRACE_SECONDS": "0"}
        with self._slow("no-time", none) as started, self._connection() as connection:
            asked = time.monotonic()
            connection.sendall(b"GET /slow/1.3 HTTP/1.1\r\nHost: x\r\n\r\n")
            started.wait_until(lambda: "slow 1.3 began" in started.output, "the request")
            # Else it could have its answer before the signal comes.
            require_soon(time.monotonic() - asked, seconds=1.0)
            return self._stop(started, signal.SIGTERM, "request_cut_off")

    def _connection(self) -> contextlib.closing[socket.socket]:
        return contextlib.closing(socket.create_connection((LOOPBACK, self.service.port), 5))

    # What ends it

    def _dying_task(self) -> str:
        with self._slow("dying") as started:
            with contextlib.suppress(OSError, http.client.HTTPException):
                Client(self.service.port).call("POST", "/die")
            code = started.wait()
            require(code not in (0, -15), f"it ended with {code}\n{started.output}")
            for told in ("reconcile positions", "the exchange is gone"):
                require(told in started.output, f"the log lacks {told!r}\n{started.output}")
            return f"exit code {code}"

    def _port_in_use(self) -> str:
        with socket.socket() as taken:
            taken.bind((LOOPBACK, 0))
            taken.listen()
            port = taken.getsockname()[1]
            with self.service.process({"SERVER_PORT": str(port)}, "port-in-use") as started:
                code = started.wait()
                require(code not in (0, -15), f"it ended with {code}\n{started.output}")
                require("in use" in started.output, f"the log does not say why\n{started.output}")
                return f"exit code {code}"

    @contextmanager
    def _slow(self, name: str, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
        """The service with routes that take their time."""
        with self.service.process(settings or {}, name, command=self.service.odd) as started:
            started.wait_until(self.service.ready, "the slow service")
            yield started

    def _stop(
        self, started: Server, number: signal.Signals = signal.SIGTERM, cut_off: str = ""
    ) -> str:
        """In time, with exit code 0, and a log line about a request that was cut off, if any."""
        sent = time.monotonic()
        code = started.stop(number)
        took = time.monotonic() - sent
        require_clean(started, code, number.name)
        require(cut_off in started.output, f"the log lacks {cut_off}\n{started.output}")
        require_soon(took, started.output)
        return f"{took:.1f} s"


# An old 3.12 logs that a connection was cancelled, and its own mistake in doing so.
_OF_ASYNCIO = re.compile(
    r"Exception in callback <function StreamReaderProtocol\.connection_made.*?CancelledError$",
    re.DOTALL | re.MULTILINE,
)


def require_clean(ended: Server, code: int, what: str) -> None:
    if code != 0 or "Traceback" in _OF_ASYNCIO.sub("", ended.output):
        raise CheckError(f"{what}: it ended with {code}\n{ended.output}")


def _handles(process: int, number: signal.Signals) -> bool:
    """Whether the process catches the signal, or has it wait."""
    masks = 0
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name in ("SigCgt", "SigBlk"):
            masks |= int(value, 16)
    return bool(masks & (1 << (number - 1)))


def _receive(connection: socket.socket, until: bytes) -> bytes:
    found = b""
    while until not in found and (part := connection.recv(4096)):
        found += part
    return found
