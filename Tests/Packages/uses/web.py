"""A server of files on this machine, as what is published has one; also one with faults."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from verification.commands import CheckError

# Bases of addresses, each of which has all files.
WHOLE, CHANGED, SHORT, STALLED, GONE = "whole", "changed", "short", "stalled", "gone"
ENDLESS = "endless"
# As good as endless, in mebibytes: more would fill the memory that it goes to.
_MANY = 192


@dataclass
class Web:
    """Serves the files of a folder, and remembers what was asked for."""

    folder: Path
    port: int = 0
    # Paths, in their order.
    asked: list[str] = field(default_factory=list)
    # Half of a stalled file was sent, and the rest is not to come.
    half: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def base(self, how: str = WHOLE) -> str:
        """- how: with every file whole, with a byte of it changed, with its end missing though the
        connection is closed in order, with no end ever, with more and more, or without files"""
        return f"http://127.0.0.1:{self.port}/{how}"

    def wait_for_half(self) -> None:
        if not self.half.wait(60):
            raise CheckError("nothing was downloaded")
        self.half.clear()


@contextmanager
def web(folder: Path) -> Iterator[Web]:
    served = Web(folder)
    server = _Server(("127.0.0.1", 0), partial(_Handler, served))
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield served
    finally:
        served.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """Nothing: whoever asked has gone, which is a case that is checked."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, served: Web, *arguments: object) -> None:
        self._served = served
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._served.asked.append(self.path)
        how, _, name = self.path.strip("/").partition("/")
        file = self._served.folder / name
        if how == GONE or not name or "/" in name or not file.is_file():
            self.send_error(404)
            return
        if how == ENDLESS:
            self.send_response(200)
            self.end_headers()
            for _ in range(_MANY):
                self.wfile.write(bytes(2**20))
            return
        content = file.read_bytes()
        half = len(content) // 2
        if how == CHANGED:
            content = content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if how == SHORT:
            content = content[:half]
        if how == STALLED:
            self.wfile.write(content[:half])
            self._served.half.set()
            self._served.ended.wait(120)
            return
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Nothing: a check says what was seen."""
