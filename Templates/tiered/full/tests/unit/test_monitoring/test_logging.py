import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.types import Message, Receive, Scope, Send

from src.monitoring.logging import RequestContextMiddleware, configure_logging

Line = dict[str, Any]


class Log(io.StringIO):
    def lines(self) -> list[Line]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged as JSON in a test; the handlers are as before afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = Log()
    configure_logging("INFO", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    structlog.get_logger("inner").info("working")
    await send({"type": "http.response.start", "status": scope.get("answer", 200), "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def request(
    path: str = "/things", headers: dict[str, str] | None = None, status: int = 200
) -> tuple[dict[str, str], Scope]:
    """The headers of the answer, and the scope as the middleware left it."""
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"token=secret",
        "headers": [
            (name.lower().encode(), value.encode()) for name, value in (headers or {}).items()
        ],
        "answer": status,
    }
    answered: dict[str, str] = {}

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.update((name.decode(), value.decode()) for name, value in message["headers"])

    await RequestContextMiddleware(answer)(scope, receive, send)
    return answered, scope


def test_structlog_and_the_standard_library_write_the_same_lines(log: Log) -> None:
    structlog.get_logger("one").warning("event", number=1)
    logging.getLogger("two").warning("text with %s", "arguments", extra={"number": 2})

    first, second = log.lines()
    assert first.keys() == second.keys()
    assert (first["message"], first["level"], first["logger"]) == ("event", "warning", "one")
    assert (second["message"], second["logger"]) == ("text with arguments", "two")
    assert (first["number"], second["number"]) == (1, 2)
    assert first["timestamp"].endswith("Z")


def test_an_exception_stays_on_its_line(log: Log) -> None:
    try:
        raise ValueError("for a reason")
    except ValueError:
        structlog.get_logger().exception("failed")

    (line,) = log.lines()
    assert "ValueError: for a reason" in line["exception"]


def test_the_level_is_respected(log: Log) -> None:
    structlog.get_logger().debug("too much")
    logging.getLogger("anything").debug("too much")

    assert log.lines() == []


def test_configuring_again_does_not_double_the_lines(log: Log) -> None:
    configure_logging("INFO", stream=log)
    logging.getLogger("anything").warning("once")

    assert len(log.lines()) == 1


def test_it_can_be_read_by_people(capsys: pytest.CaptureFixture[str], log: Log) -> None:
    configure_logging("INFO", as_json=False)
    structlog.get_logger().info("readable", number=1)

    out = capsys.readouterr().out
    assert "readable" in out
    assert not out.startswith("{")


@pytest.mark.parametrize("name", ["uvicorn.error", "celery", "celery.task"])
def test_servers_log_as_the_service_does(log: Log, name: str) -> None:
    foreign = logging.getLogger(name)
    foreign.addHandler(logging.StreamHandler(io.StringIO()))
    foreign.propagate = False

    configure_logging("INFO", stream=log)
    foreign.warning("from elsewhere")

    assert [line["message"] for line in log.lines()] == ["from elsewhere"]


def test_neither_access_lines_nor_urls_with_secrets_are_logged(log: Log) -> None:
    logging.getLogger("uvicorn.access").info("GET /?token=secret")
    logging.getLogger("httpx").info("GET /?token=secret")

    assert log.lines() == []


async def test_all_lines_of_a_request_have_its_id(log: Log) -> None:
    headers, scope = await request()

    request_id = headers["x-request-id"]
    assert len(request_id) == 32
    assert scope["state"]["request_id"] == request_id
    assert [line["request_id"] for line in log.lines()] == [request_id] * 2
    assert structlog.contextvars.get_contextvars() == {}


async def test_the_last_line_says_what_was_answered(log: Log) -> None:
    await request(status=404)

    line = log.lines()[-1]
    assert (line["message"], line["method"], line["path"]) == ("request", "GET", "/things")
    assert line["status"] == 404
    assert line["duration_ms"] >= 0
    assert "secret" not in log.getvalue()


@pytest.mark.parametrize("given", ["abc-1.2_3", "A" * 64])
async def test_a_callers_id_is_kept(log: Log, given: str) -> None:
    headers, _ = await request(headers={"X-Request-ID": given})

    assert headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "A" * 65, "a b", 'x"y', "ä", "a\n"])
async def test_a_callers_id_that_could_do_harm_is_replaced(log: Log, given: str) -> None:
    headers, _ = await request(headers={"X-Request-ID": given})

    assert headers["x-request-id"] != given
    assert len(headers["x-request-id"]) == 32


@pytest.mark.parametrize("path", ["/health", "/health/ready", "/metrics"])
async def test_probes_are_quiet_unless_they_fail(log: Log, path: str) -> None:
    await request(path)
    assert [line["message"] for line in log.lines()] == ["working"]

    await request(path, status=503)
    assert log.lines()[-1]["message"] == "request"


async def test_a_failing_request_is_logged_with_its_traceback(log: Log) -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("for a reason")

    scope: Scope = {"type": "http", "method": "GET", "path": "/things", "headers": []}
    with pytest.raises(ValueError, match="for a reason"):
        await RequestContextMiddleware(fail)(scope, None, None)  # type: ignore[arg-type]

    failure, summary = log.lines()
    assert "for a reason" in failure["exception"]
    assert summary["status"] == 500
    assert failure["request_id"] == summary["request_id"]


async def test_what_is_no_request_passes_untouched(log: Log) -> None:
    seen: list[Scope] = []

    async def remember(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    await RequestContextMiddleware(remember)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]

    assert seen == [{"type": "lifespan"}]
