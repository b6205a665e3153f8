"""The source with a server inside of this process that speaks Pub/Sub's protocol."""

import socket
from collections.abc import Iterator
from threading import Event

import grpc
import pytest
from prometheus_client import CollectorRegistry

from src.ingestion import pubsub
from src.ingestion.consumer import Consumer
from src.ingestion.messages import Message, SourceUnavailableError
from src.ingestion.pubsub import PubSubSource, open_source
from src.monitoring.prometheus import IngestionMetrics
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import InMemoryEvents
from tests.fixtures.pubsub_server import PubSubServer

SUBSCRIPTION = "projects/local/subscriptions/customer-events"
DEAD_LETTERS = "projects/local/topics/customer-events-dead-letter"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PubSubServer]:
    with PubSubServer() as server:
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", server.address)
        yield server


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough for a first call on a busy machine."""
    for name in ("_PULL_SECONDS", "_CALL_SECONDS", "_CONNECTION_SECONDS"):
        monkeypatch.setattr(pubsub, name, 60.0)


@pytest.fixture
def source(server: PubSubServer, patience: None) -> Iterator[PubSubSource]:
    source = open_source(batch_size=2)
    yield source
    source.close()


def test_messages_come_from_the_subscription_of_the_settings(
    server: PubSubServer, source: PubSubSource
) -> None:
    server.put(SUBSCRIPTION, b"1", b"2", b"3")
    messages = source.receive()
    assert [message.body for message in messages] == [b"1", b"2"]
    assert messages[0].position == f"{SUBSCRIPTION}@m1"


def test_what_was_not_acknowledged_comes_again_and_the_rest_does_not(
    server: PubSubServer, source: PubSubSource
) -> None:
    server.put(SUBSCRIPTION, b"1", b"2", b"3")
    one, _ = source.receive()
    source.acknowledge([one])
    assert [message.body for message in source.receive()] == [b"2", b"3"]


def test_an_empty_subscription_gives_nothing_after_a_while(
    source: PubSubSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pubsub, "_PULL_SECONDS", 0.2)
    assert source.receive() == []


def test_a_server_that_is_silent_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pubsub, "_PULL_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{silent.getsockname()[1]}")
        source = open_source(batch_size=1)
        with pytest.raises(SourceUnavailableError, match="no connection"):
            source.receive()
        source.close()


def test_poison_goes_to_the_topic_for_dead_letters(
    server: PubSubServer, source: PubSubSource, registry: CollectorRegistry
) -> None:
    server.put(SUBSCRIPTION, an_event("e1").model_dump_json().encode(), b"\xffpoison")
    events = InMemoryEvents()
    consumer = Consumer(source, events, IngestionMetrics(registry, "pubsub"))
    consumer.handle(source.receive(), Event())
    assert list(events.events) == ["e1"]
    assert server.published[DEAD_LETTERS] == [
        (b"\xffpoison", {"reason": "message: json_invalid", "position": f"{SUBSCRIPTION}@m2"})
    ]
    assert server.pending[SUBSCRIPTION] == []


def test_a_dead_letter_that_is_too_large_goes_without_its_body(
    server: PubSubServer, source: PubSubSource
) -> None:
    source.dead_letter(Message(b"x" * 10_000_000, "here", "ack"), "why")
    attributes = {"reason": "why", "position": "here", "truncated": "true"}
    assert server.published[DEAD_LETTERS] == [(b"", attributes)]


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (grpc.StatusCode.PERMISSION_DENIED, "PermissionDenied"),
        (grpc.StatusCode.UNAVAILABLE, "ServiceUnavailable"),
    ],
)
def test_a_server_that_refuses_is_an_outage(
    server: PubSubServer, source: PubSubSource, status: grpc.StatusCode, name: str
) -> None:
    server.put(SUBSCRIPTION, b"1")
    [message] = source.receive()
    server.failure = status
    with pytest.raises(SourceUnavailableError, match=name):
        source.receive()
    with pytest.raises(SourceUnavailableError, match=name):
        source.dead_letter(message, "why")
    with pytest.raises(SourceUnavailableError, match=name):
        source.acknowledge([message])
    server.failure = None
    assert [again.body for again in source.receive()] == [b"1"]
    assert server.calls == ["Pull", "Pull", "Publish", "Acknowledge", "Pull"]


def test_the_settings_name_project_and_subscription(
    server: PubSubServer, patience: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBSUB_PROJECT", "shop")
    monkeypatch.setenv("PUBSUB_SUBSCRIPTION", "clicks")
    monkeypatch.setenv("PUBSUB_DEAD_LETTER_TOPIC", "broken-clicks")
    server.put("projects/shop/subscriptions/clicks", b"1")
    source = open_source(batch_size=1)
    [message] = source.receive()
    source.dead_letter(message, "why")
    assert list(server.published) == ["projects/shop/topics/broken-clicks"]
    source.close()
