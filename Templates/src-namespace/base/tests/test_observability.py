import json
import logging
import secrets
from collections.abc import Iterator

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope

<<@fit 100>>
from <<PACKAGE>>.observability import configure_logging, init_error_tracking
<<@else>>
from <<PACKAGE>>.observability import (
    configure_logging,
    init_error_tracking,
)
<<@end>>


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    sentry_sdk.get_global_scope().set_client(None)


def test_logs_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", as_json=True)

    with structlog.contextvars.bound_contextvars(request_id="abc"):
        structlog.get_logger("service").info("record_saved", count="1")
    logging.getLogger("library").warning("%s of %s", 1, 2)
    structlog.get_logger("service").debug("not said")

    own, foreign = map(json.loads, capsys.readouterr().out.splitlines())
    assert own["event"] == "record_saved"
    assert (own["level"], own["logger"], own["count"]) == ("info", "service", "1")
    assert own["request_id"] == "abc"
    assert own["timestamp"].endswith("Z")
    assert (foreign["event"], foreign["level"]) == ("1 of 2", "warning")


def test_a_failure_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", as_json=True)

    confidential = secrets.token_hex()
    try:
        raise RuntimeError(f"a secret of {len(confidential)} characters")
    except RuntimeError as error:
        structlog.get_logger("service").error("failed", exc_info=error)

    (line,) = capsys.readouterr().out.splitlines()
    (exception,) = json.loads(line)["exception"]
    assert exception["exc_type"] == "RuntimeError"
    assert exception["exc_value"] == "a secret of 64 characters"
    assert exception["frames"][-1]["name"] == "test_a_failure_is_one_line"
    assert confidential not in line


def test_logs_are_for_people_in_development(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("DEBUG", as_json=False)

    structlog.get_logger("service").debug("record_saved", count="1")

    (line,) = capsys.readouterr().out.splitlines()
    assert "record_saved" in line
    assert "count=1" in line
    assert not line.startswith("{")


def test_errors_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[Envelope] = []
    monkeypatch.setattr(
        "sentry_sdk.transport.HttpTransport.capture_envelope",
        lambda _transport, envelope: reported.append(envelope),
    )
    init_error_tracking("https://key@sentry.example/1", environment="staging")
    confidential = secrets.token_hex()

    configure_logging("INFO", as_json=True)
    try:
        raise RuntimeError(f"a secret of {len(confidential)} characters")
    except RuntimeError as error:
        structlog.get_logger("service").error("failed", task="writer", exc_info=error)
    structlog.get_logger("service").warning("not reported")

    (envelope,) = reported
    event = envelope.get_event()
    assert event is not None
    assert event["environment"] == "staging"
    assert event["logentry"] == {"message": "failed"}
    assert event["extra"]["task"] == "writer"
    assert event["exception"]["values"][0]["value"] == "a secret of 64 characters"
    assert confidential not in json.dumps(event)


def test_without_a_dsn_nothing_is_reported() -> None:
    init_error_tracking(None, environment="prod")

    assert not sentry_sdk.is_initialized()


def test_the_end_does_not_wait_long_for_reports() -> None:
    init_error_tracking("https://key@sentry.example/1", environment="prod")

    assert sentry_sdk.get_client().options["shutdown_timeout"] <= 1
