"""Keeps the kernel from handing out ports that the generated projects use.

4xxxx lies in Linux's ephemeral range: any outgoing connection may hold one of them when a server
wants it. Where the machine allows it they are reserved for the time of the verification.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_RESERVED = Path("/proc/sys/net/ipv4/ip_local_reserved_ports")


@contextmanager
def reserved(ports: Sequence[int]) -> Iterator[bool]:
    """Yields whether they could be reserved; `servers.require_free` waits where they could not."""
    try:
        # Less what a run that was killed has left.
        others = _read() - set(ports)
        _write(others | set(ports))
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        _write(others)


def _read() -> set[int]:
    """The kernel shows `1,5-7`."""
    text = _RESERVED.read_text(encoding="ascii").strip()
    found: set[int] = set()
    for part in text.split(",") if text else ():
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _write(ports: set[int]) -> None:
    _RESERVED.write_text(",".join(map(str, sorted(ports))) + "\n", encoding="ascii")
