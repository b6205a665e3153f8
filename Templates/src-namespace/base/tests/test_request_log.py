import asyncio
from collections.abc import Iterator

import pytest
from quart.typing import TestClientProtocol
from structlog.testing import capture_logs
from structlog.typing import EventDict

<<@fit 100>>
from <<PACKAGE>>.app import <<PACKAGE|pascal>>WebServer
<<@else>>
from <<PACKAGE>>.app import (
    <<PACKAGE|pascal>>WebServer,
)
<<@end>>
from <<PACKAGE>>.auth import without_basic_auth


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


async def test_a_request_has_one_line(http: TestClientProtocol, log: list[EventDict]) -> None:
    await http.get("/~nowhere?secret=x")

    (line,) = log
    assert (line["event"], line["log_level"]) == ("request", "info")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/~nowhere", 404)
    assert line["duration_ms"] >= 0


@pytest.mark.parametrize("path", ["/health", "/ready"])
async def test_probes_are_not_logged(
    http: TestClientProtocol, log: list[EventDict], path: str
) -> None:
    await http.get(path)

    assert log == []


async def test_a_request_keeps_its_id(http: TestClientProtocol) -> None:
    response = await http.get("/health", headers={"X-Request-ID": "from-proxy_1.a"})

    assert response.headers.getlist("X-Request-ID") == ["from-proxy_1.a"]


@pytest.mark.parametrize("given", [None, "", "two words", "x" * 65, "\u00fc"])
async def test_a_request_gets_an_id(http: TestClientProtocol, given: str | None) -> None:
    headers = {} if given is None else {"X-Request-ID": given}

    first, second = [await http.get("/health", headers=headers) for _ in range(2)]

    assert len(first.headers["X-Request-ID"]) == 32
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


<<@fit 100>>
async def test_what_is_cut_off_is_logged(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol, log: list[EventDict]
) -> None:
<<@else>>
async def test_what_is_cut_off_is_logged(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
    log: list[EventDict],
) -> None:
<<@end>>
    begun = asyncio.Event()

    @server.app.get("/~endless")
    @without_basic_auth
    async def endless_endpoint() -> str:
        begun.set()
        await asyncio.Event().wait()
        return "never"

    request = asyncio.create_task(http.get("/~endless"))
    await begun.wait()
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request

    (line,) = log
    assert (line["event"], line["log_level"]) == ("request_cut_off", "warning")
    assert (line["path"], line["status"]) == ("/~endless", None)
