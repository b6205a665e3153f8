import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from src.utils.logging import JsonFormatter, configure_logging, request_id


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where logs go; afterwards they go where they went before."""
    root, project = logging.getLogger(), logging.getLogger("src")
    handlers, level, level_of_project = root.handlers[:], root.level, project.level
    root.handlers.clear()
    stream = io.StringIO()
    configure_logging("testing", "INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    project.setLevel(level_of_project)


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_entry_is_one_line_of_json(stream: io.StringIO) -> None:
    logging.getLogger("a.b").info("Grüße,\n%s", "x", extra={"rows": 3})
    [entry] = entries(stream)
    assert datetime.fromisoformat(entry.pop("time")).tzinfo is not None
    assert entry == {
        "level": "INFO",
        "logger": "a.b",
        "message": "Grüße,\nx",
        "environment": "testing",
        "rows": 3,
    }


def test_the_request_is_named(stream: io.StringIO) -> None:
    token = request_id.set("r1")
    logging.getLogger().warning("during")
    request_id.reset(token)
    logging.getLogger().warning("after")
    assert [entry.get("request_id") for entry in entries(stream)] == ["r1", None]


def test_the_level_is_kept(stream: io.StringIO) -> None:
    logging.getLogger().debug("unimportant")
    assert entries(stream) == []


def test_details_are_those_of_this_project_only(stream: io.StringIO) -> None:
    configure_logging("testing", "DEBUG", stream)
    logging.getLogger("src.api").debug("a detail")
    logging.getLogger("another.client").debug("a request, with its token")
    assert [entry["message"] for entry in entries(stream)] == ["a detail"]


def test_a_higher_level_is_that_of_libraries_as_well(stream: io.StringIO) -> None:
    configure_logging("testing", "ERROR", stream)
    logging.getLogger("src.api").warning("ours")
    logging.getLogger("another.client").warning("theirs")
    assert entries(stream) == []


def test_uvicorn_logs_the_same_way(stream: io.StringIO) -> None:
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(logging.StreamHandler(io.StringIO()))
    configure_logging("testing", "INFO", stream)
    logger.info("started")
    assert [entry["message"] for entry in entries(stream)] == ["started"]
    assert logger.handlers == []


def test_an_exception_comes_with_its_traceback() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    entry = json.loads(JsonFormatter("testing").format(record))
    assert entry["exception"].startswith("Traceback")
    assert entry["exception"].endswith("ValueError: why")
