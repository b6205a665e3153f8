"""scripts/reload_config.py: checks, asks the running service, and says what came of it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from layouts.orchestrator_config.programs import Run, run_all
from layouts.orchestrator_config.project import SECRET, Copies, Copy, checks_of
from layouts.orchestrator_config.service import running
from verification.claims import require, require_equal
from verification.report import Check, Once
from verification.servers import LOOPBACK, held, stand_in

_SCRIPT = "scripts/reload_config.py"


@dataclass
class _Asked:
    """What a service that is in the way of a reload was asked, and by whom."""

    tokens: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reloads:
    """One project's script, and services on one port."""

    copies: Copies
    port: int

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy to be reloaded", lambda: self.copies.make("reloaded"))
        found: dict[str, Callable[[Copy], str]] = {
            "reload_config.py: the running service has the change": self._reload,
            "reload_config.py: a faulty configuration is not sent": self._faulty,
            "reload_config.py: a service that is down, slow, refusing": self._unwilling,
        }
        return checks_of(found, copy, title)

    def _reload(self, copy: Copy) -> str:
        """Without --reload a change takes effect when it is asked for, and with the right token."""
        domain = copy.project.simple[0]
        file = f"{copy.project.base}/domains/{domain}.yaml"
        option = f"--port={self.port}"
        with running(copy, option, port=self.port) as one:
            path = f"/orchestrator/{domain}/recent"
            copy.edit(file, "  list:", "  recent:")
            one.client.call("GET", path).require(404)
            told = copy.run(_SCRIPT, option).out.strip()
            one.client.call("GET", path).require(200)
            wrong = {"ORCHESTRATOR_ADMIN_TOKEN": "another"}
            refused = copy.run(_SCRIPT, option, settings=wrong, codes=(1,))
            require("401" in refused.err, f"it does not say that it was refused\n{refused.text}")
            copy.edit(file, "  recent:", "  list:")
        return told

    def _faulty(self, copy: Copy) -> str:
        asked = _Asked()
        file = f"{copy.project.base}/domains/{copy.project.simple[0]}.yaml"
        copy.edit(file, "operation: list_", "operation: lost_")
        try:
            with self._answering(asked, lambda handler: _end(handler, 200)):
                result = copy.run(_SCRIPT, f"--url=http://{LOOPBACK}:{self.port}", codes=(1,))
        finally:
            copy.edit(file, "operation: lost_", "operation: list_")
        require_equal("requests", asked.tokens, [])
        require(f"{file}:" in result.err, f"it does not say where\n{result.text}")
        return result.err.strip().splitlines()[-1]

    def _unwilling(self, copy: Copy) -> str:
        """One line each, and no longer than it was told to wait."""
        url, token = f"--url=http://{LOOPBACK}:{self.port}", f"Bearer {SECRET}-of-"
        with held([self.port]):
            self._fails(copy, [url], ["service running", str(self.port)])
        asked = _Asked()
        with self._answering(asked, lambda handler: _end(handler, 503)):
            self._fails(copy, [url], ["503"])
        require_equal("requests", len(asked.tokens), 1)
        require(asked.tokens[0].startswith(token), "it does not show its token")
        with self._answering(asked, lambda handler: _end(handler, 302)):
            self._fails(copy, [url], ["302"])
        with self._answering(asked, lambda handler: handler.wfile.write(b"\0no HTTP\n")):
            self._fails(copy, [url], [str(self.port)])
        ended = threading.Event()
        for slow in (_silent(ended), _drip(ended)):
            with self._answering(asked, slow):
                started = time.monotonic()
                self._fails(copy, [url, "--timeout=1"], ["1 second", str(self.port)])
                took = time.monotonic() - started
                ended.set()
            ended.clear()
            require(took < 8, f"told to wait 1 s, it took {took:.0f} s")
        wrong = (
            "--timeout=0",
            "--timeout=-1",
            "--timeout=x",
            "--port=0",
            "--url=x",
            "--url=ftp://x",
        )
        runs = [Run(arguments=[one], program=_SCRIPT) for one in wrong]
        for option, result in zip(wrong, run_all(copy, runs), strict=True):
            require(result.code in (1, 2), f"{option}: it ended with {result.code}")
            require("Traceback" not in result.err, f"{option}: {result.err}")
        return "down, 503, 302, no HTTP, silent, by drops"

    @staticmethod
    def _fails(copy: Copy, options: list[str], told: list[str]) -> None:
        result = copy.run(_SCRIPT, *options, codes=(1,), seconds=30)
        require(len(result.text.splitlines()) == 1, f"it says more than a line\n{result.text}")
        lacking = [word for word in told if word not in result.err]
        require(not lacking, f"it does not say {lacking}\n{result.text}")
        require(SECRET not in result.text, f"it tells the token\n{result.text}")

    @contextmanager
    def _answering(
        self, asked: _Asked, answer: Callable[[BaseHTTPRequestHandler], object]
    ) -> Iterator[None]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked.tokens.append(self.headers.get("Authorization", ""))
                answer(self)

            def log_message(self, *_: object) -> None:
                return

        with stand_in(self.port, Handler):
            yield


def _end(handler: BaseHTTPRequestHandler, status: int) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _silent(ended: threading.Event) -> Callable[[BaseHTTPRequestHandler], object]:
    return lambda _: ended.wait(20)


def _drip(ended: threading.Event) -> Callable[[BaseHTTPRequestHandler], None]:
    """A header that never ends: each part comes before one would give up waiting for it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not ended.wait(0.3):
                handler.wfile.write(b"x")

    return answer
