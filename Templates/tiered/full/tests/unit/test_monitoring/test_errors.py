from collections.abc import Iterator
from typing import ClassVar

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event

from src.monitoring.errors import init_error_tracking


class MemoryTransport(Transport):
    """Keeps what would be sent."""

    events: ClassVar[list[Event]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        if event is not None:
            self.events.append(event)


@pytest.fixture(autouse=True)
def _disconnected() -> Iterator[None]:
    MemoryTransport.events.clear()
    yield
    sentry_sdk.get_global_scope().set_client(None)


def start(dsn: str | None) -> bool:
    return init_error_tracking(
        dsn, environment="production", release="service@1.2.3", transport=MemoryTransport
    )


@pytest.mark.parametrize("dsn", [None, ""])
def test_without_a_dsn_nothing_is_started(dsn: str | None) -> None:
    assert start(dsn) is False
    assert sentry_sdk.is_initialized() is False


def test_an_error_is_sent_with_its_request_and_without_secrets() -> None:
    assert start("https://key@sentry.test/1") is True

    # Put together, since the lines of the source around an error are sent; and under a name that
    # says nothing, since Sentry itself drops what is called a password
    typed = "-".join(["hunter2"] * 3)
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        try:
            raise ValueError("for a reason")
        except ValueError as error:
            sentry_sdk.capture_exception(error)

    (event,) = MemoryTransport.events
    assert event["environment"] == "production"
    assert event["release"] == "service@1.2.3"
    assert event["tags"]["request_id"] == "abc"
    assert "for a reason" in str(event["exception"])
    assert typed not in str(event)


def test_an_error_outside_of_a_request_has_no_id() -> None:
    start("https://key@sentry.test/1")

    sentry_sdk.capture_message("hello")

    assert "request_id" not in MemoryTransport.events[0].get("tags", {})
