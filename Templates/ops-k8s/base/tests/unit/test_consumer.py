import logging
from collections.abc import Sequence
from threading import Event

import pytest
from prometheus_client import CollectorRegistry

from src.database.events import EventsRejectedError
from src.feature_engineering.events import CustomerEvent
from src.ingestion.consumer import Consumer
from src.ingestion.messages import Message
from src.monitoring.prometheus import IngestionMetrics
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import InMemoryEvents, InMemorySource


def body(event_id: str) -> bytes:
    return an_event(event_id).model_dump_json().encode()


class Stop(Event):
    """Stops when the queue is empty or after some waits, and does not really wait."""

    def __init__(self, source: InMemorySource, waits: int = 20) -> None:
        super().__init__()
        self._source = source
        self._waits = waits
        self.delays: list[float] = []

    def is_set(self) -> bool:
        return super().is_set() or not self._source.pending

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.delays.append(timeout)
        if len(self.delays) >= self._waits:
            self.set()
        return self.is_set()


class Harness:
    def __init__(self, registry: CollectorRegistry, bodies: Sequence[bytes]) -> None:
        self.source = InMemorySource(bodies)
        self.events = InMemoryEvents()
        self.consumer = Consumer(self.source, self.events, IngestionMetrics(registry, "memory"))
        self._registry = registry

    def count(self, result: str) -> float | None:
        labels = {"source": "memory", "result": result}
        return self._registry.get_sample_value("ingestion_messages_total", labels)

    def retries(self) -> float | None:
        return self._registry.get_sample_value("ingestion_retries_total", {"source": "memory"})


def test_events_are_stored_then_acknowledged(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1"), body("e2")])
    harness.consumer.run(Stop(harness.source))
    assert harness.events.events == {"e1": an_event("e1"), "e2": an_event("e2")}
    assert harness.source.calls == ["receive", "acknowledge"]
    assert (harness.count("stored"), harness.count("duplicate")) == (2, 0)


def test_what_cannot_be_stored_is_not_acknowledged(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1")])
    harness.events.failures = 1
    harness.consumer.run(Stop(harness.source, waits=1))
    assert harness.source.calls == ["receive"]
    assert harness.count("stored") == 0


def test_an_outage_of_the_database_is_waited_for(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1")])
    harness.events.failures = 8
    stop = Stop(harness.source)
    harness.consumer.run(stop)
    assert list(harness.events.events) == ["e1"]
    assert harness.source.calls == ["receive", "acknowledge"]
    assert stop.delays == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert harness.retries() == 8


def test_an_outage_of_the_queue_is_waited_for(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1")])
    harness.source.failures = ["receive", "receive", "acknowledge"]
    stop = Stop(harness.source)
    harness.consumer.run(stop)
    assert list(harness.events.events) == ["e1"]
    assert harness.source.pending == []
    assert stop.delays == [0.5, 1, 0.5]


def test_what_is_done_is_not_done_again_after_an_outage(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1"), b"poison", b"more poison", body("e2")])
    harness.source.failures = ["dead_letter", "acknowledge", "acknowledge"]
    harness.consumer.run(Stop(harness.source))
    assert harness.source.calls == ["receive"] + ["dead_letter"] * 3 + ["acknowledge"] * 3
    assert [letter for letter, _ in harness.source.dead_letters] == [b"poison", b"more poison"]
    counts = [harness.count(result) for result in ("stored", "duplicate", "dead_lettered")]
    assert counts == [2, 0, 2]
    assert harness.retries() == 3


def test_a_second_delivery_is_a_duplicate(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1"), body("e1"), body("e2")])
    harness.events.add([an_event("e2")])
    harness.consumer.run(Stop(harness.source))
    assert (harness.count("stored"), harness.count("duplicate")) == (1, 2)


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        (b"\xff\xfe", "message: json_invalid"),
        (b"[1]", "message: model_type"),
        (b"{}", "event_id: missing; customer_id: missing; <<@if EXAMPLE>>kind: missing; <<@end>>occurred_at: missing"),
        (body("e1").replace(b"e1", b"e 1"), "event_id: string_pattern_mismatch"),
        (body("e1").replace(b"{", b'{"x": 1, "y": 2, ', 1), "unknown field: extra_forbidden"),
    ],
)
def test_what_is_no_event_is_put_aside_and_the_rest_goes_on(
    registry: CollectorRegistry, poison: bytes, reason: str
) -> None:
    harness = Harness(registry, [body("e1"), poison, body("e2")])
    harness.consumer.run(Stop(harness.source))
    assert harness.source.dead_letters == [(poison, reason)]
    assert list(harness.events.events) == ["e1", "e2"]
    assert harness.source.calls == ["receive", "dead_letter", "acknowledge"]
    counts = [harness.count(result) for result in ("stored", "duplicate", "dead_lettered")]
    assert counts == [2, 0, 1]


@pytest.mark.parametrize("bad", [b'{"event_id": "ann@example.com"}', b'{"ann@example.com": 1}'])
def test_what_a_bad_message_says_is_not_logged(
    registry: CollectorRegistry, caplog: pytest.LogCaptureFixture, bad: bytes
) -> None:
    harness = Harness(registry, [bad])
    with caplog.at_level(logging.DEBUG):
        harness.consumer.run(Stop(harness.source))
    assert len(harness.source.dead_letters) == 1
    assert "ann@example.com" not in f"{caplog.text}{harness.source.dead_letters[0][1]}"


def test_a_message_that_cannot_be_put_aside_is_not_acknowledged(
    registry: CollectorRegistry,
) -> None:
    harness = Harness(registry, [b"poison"])
    harness.source.failures = ["dead_letter"]
    harness.consumer.run(Stop(harness.source, waits=1))
    assert harness.source.calls == ["receive", "dead_letter"]
    assert harness.count("dead_lettered") == 0


def test_what_the_database_refuses_is_put_aside_alone(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1"), body("refused"), body("e2")])
    add = harness.events.add

    def refuse(events: Sequence[CustomerEvent]) -> int:
        if any(event.event_id == "refused" for event in events):
            raise EventsRejectedError("DataError")
        return add(events)

    harness.events.add = refuse  # type: ignore[method-assign]
    harness.consumer.run(Stop(harness.source))
    assert list(harness.events.events) == ["e1", "e2"]
    assert harness.source.dead_letters == [(body("refused"), "refused by the database: DataError")]
    assert (harness.count("stored"), harness.count("dead_lettered")) == (2, 1)


def test_stopping_leaves_an_unfinished_batch_to_the_queue(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1")])
    harness.events.failures = 100
    harness.consumer.run(Stop(harness.source, waits=3))
    assert harness.source.calls == ["receive"]
    assert [message.receipt for message in harness.source.pending] == [0]


def test_a_stopped_consumer_asks_for_nothing(registry: CollectorRegistry) -> None:
    harness = Harness(registry, [body("e1")])
    stop = Event()
    stop.set()
    harness.consumer.run(stop)
    assert harness.source.calls == []


def test_an_empty_queue_is_a_success(
    registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = Harness(registry, [])
    stop = Event()

    def receive() -> Sequence[Message[int]]:
        stop.set()
        return []

    harness.source.receive = receive  # type: ignore[method-assign]
    monkeypatch.setattr("src.monitoring.prometheus.time.time", lambda: 1234.5)
    harness.consumer.run(stop)
    label = {"source": "memory"}
    assert registry.get_sample_value("ingestion_last_success_timestamp_seconds", label) == 1234.5
    assert harness.source.calls == []
