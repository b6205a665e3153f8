"""Redis servers of the machine, on loopback and in memory."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verification.commands import Command, environment, run
from verification.servers import LOOPBACK, server
from verification.tools import tool


@dataclass(frozen=True)
class Redis:
    """A running server."""

    port: int

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"

    def ask(self, *words: str) -> list[str]:
        """What it answers to a command, as lines of text."""
        return run([tool("redis-cli"), "-h", LOOPBACK, "-p", str(self.port), *words]).out.split(
            "\n"
        )[:-1]

    def answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=30) as probe:
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def redis_server(port: int, folder: Path) -> Iterator[Redis]:
    """A new, empty one for as long as the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = ["--port", str(port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no"]
    command: Command = [tool("redis-server"), *settings, "--dir", folder]
    found = Redis(port)
    log = folder / "redis.log"
    with server(command, log, cwd=folder, env=environment(), ports=[port]) as running:
        running.wait_until(found.answers, f"Redis on {port}")
        yield found
