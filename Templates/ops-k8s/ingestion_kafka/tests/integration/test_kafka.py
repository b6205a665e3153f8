"""The consumer with the broker that Kafka's client library brings along for tests."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any
from uuid import uuid4

import confluent_kafka
import pytest
from confluent_kafka import TopicPartition
from prometheus_client import CollectorRegistry

from src.ingestion.consumer import Consumer
from src.ingestion.kafka import KafkaMessage, KafkaSource, Place, open_source
from src.ingestion.messages import Message, SourceUnavailableError
from src.monitoring.prometheus import IngestionMetrics
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import InMemoryEvents

PATIENCE = 30  # receives of a second each; joining a group takes some


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """The address of a broker that lives as long as this client."""
    client = confluent_kafka.Producer({"test.mock.num.brokers": 1})
    [metadata] = client.list_topics(timeout=10).brokers.values()
    yield f"{metadata.host}:{metadata.port}"
    client.close()


@pytest.fixture
def topic(broker: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A topic of the test's own, which the settings name; asking for it makes it."""
    name = f"events-{uuid4().hex}"
    client = confluent_kafka.Producer({"bootstrap.servers": broker})
    for each in (name, f"{name}.dead"):
        client.list_topics(each, timeout=10)
    client.close()
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", broker)
    monkeypatch.setenv("KAFKA_GROUP_ID", name)
    monkeypatch.setenv("KAFKA_TOPIC", name)
    monkeypatch.setenv("KAFKA_DEAD_LETTER_TOPIC", f"{name}.dead")
    return name


@pytest.fixture
def source(topic: str) -> Iterator[KafkaSource]:
    source = open_source(batch_size=100)
    yield source
    source.close()


def publish(broker: str, topic: str, *bodies: bytes, partition: int = 0) -> None:
    producer = confluent_kafka.Producer({"bootstrap.servers": broker})
    for body in bodies:
        producer.produce(topic, value=body, partition=partition)
    assert producer.flush(10) == 0
    producer.close()


def receive(source: KafkaSource, number: int) -> list[KafkaMessage]:
    """The next messages, when they are all there."""
    messages: list[KafkaMessage] = []
    for _ in range(PATIENCE):
        messages += source.receive()
        if len(messages) >= number:
            return messages
    pytest.fail(f"{len(messages)} of {number} messages came")


@dataclass(frozen=True)
class Letter:
    key: str | bytes | None
    body: str | bytes | None
    headers: Mapping[str, str | bytes | None]


def letters(broker: str, topic: str) -> list[Letter]:
    """All that is in a topic."""
    reader = confluent_kafka.Consumer(
        {"bootstrap.servers": broker, "group.id": "reader", "enable.partition.eof": True}
    )
    partitions = reader.list_topics(topic, timeout=10).topics[topic].partitions
    reader.assign([TopicPartition(topic, partition, 0) for partition in partitions])
    found, ends = [], 0
    for _ in range(PATIENCE):
        record = reader.poll(1)
        if record is None:
            continue
        if record.error() is None:
            found.append(Letter(record.key(), record.value(), dict(record.headers() or [])))
        elif (ends := ends + 1) == len(partitions):
            break
    reader.close()
    return found


def body(event_id: str) -> bytes:
    return an_event(event_id).model_dump_json().encode()


def test_what_was_not_acknowledged_comes_again_and_the_rest_does_not(
    broker: str, topic: str
) -> None:
    publish(broker, topic, b"1", b"2", b"3")
    first = open_source(batch_size=2)
    [one, two] = receive(first, 2)
    assert (one.body, two.body) == (b"1", b"2")
    assert one.position == f"{topic}[0]@0"
    first.acknowledge([two, one])
    [three] = receive(first, 1)
    first.close()

    second = open_source(batch_size=2)
    assert receive(second, 1) == [three]
    second.acknowledge([three])
    second.close()

    publish(broker, topic, b"4", partition=1)
    third = open_source(batch_size=2)
    assert [message.body for message in receive(third, 1)] == [b"4"]
    third.close()


def test_a_dead_letter_says_what_is_wrong_and_where_it_was(
    broker: str, topic: str, source: KafkaSource
) -> None:
    message = Message(b"\xffpoison", "events[0]@7", Place(topic, 0, 7, b"c7"))
    source.dead_letter(message, "message: json_invalid")
    assert letters(broker, f"{topic}.dead") == [
        Letter(
            key=b"c7",
            body=b"\xffpoison",
            headers={"reason": b"message: json_invalid", "position": b"events[0]@7"},
        )
    ]


def test_a_dead_letter_that_is_too_large_goes_without_its_body(
    broker: str, topic: str, source: KafkaSource
) -> None:
    as_large_as_brokers_take = b"x" * 1_000_000
    source.dead_letter(Message(as_large_as_brokers_take, "here", Place(topic, 0, 7, b"c7")), "why")
    headers = {"reason": b"why", "position": b"here", "truncated": b"true"}
    assert letters(broker, f"{topic}.dead") == [Letter(key=None, body=None, headers=headers)]


def test_the_consumer_stores_events_and_puts_poison_aside(
    broker: str, topic: str, source: KafkaSource
) -> None:
    publish(broker, topic, body("e1"), b"poison", body("e1"), body("e2"))
    events = InMemoryEvents()
    metrics = IngestionMetrics(CollectorRegistry(), "kafka")
    consumer = Consumer(source, events, metrics)
    consumer.handle(receive(source, 4), Event())
    assert list(events.events) == ["e1", "e2"]
    assert [letter.body for letter in letters(broker, f"{topic}.dead")] == [b"poison"]


def test_an_outage_of_the_database_loses_nothing(
    broker: str, topic: str, source: KafkaSource, registry: CollectorRegistry
) -> None:
    publish(broker, topic, body("e1"), body("e2"))
    events = InMemoryEvents()
    events.failures = 2
    stop = StopWhen(lambda: len(events.events) == 2)
    Consumer(source, events, IngestionMetrics(registry, "kafka")).run(stop)
    assert list(events.events) == ["e1", "e2"]
    assert events.failures == 0


class AccountingProducer(confluent_kafka.Producer):
    """Knows how many of its messages are neither delivered nor given up.

    `len` counts more than these: also errors of a connection that nobody was told of yet.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self.unanswered = 0

    def produce(self, *args: Any, **options: Any) -> None:
        told = options["on_delivery"]

        def answer(*outcome: Any) -> None:
            self.unanswered -= 1
            told(*outcome)

        super().produce(*args, **{**options, "on_delivery": answer})
        self.unanswered += 1


def test_a_broker_that_is_away_takes_no_dead_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("confluent_kafka.Producer", AccountingProducer)
    monkeypatch.setattr("src.ingestion.kafka._DEAD_LETTER_SECONDS", 0.1)
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    source = open_source(batch_size=1)
    producer = source._producer
    assert isinstance(producer, AccountingProducer)
    for _ in range(2):
        with pytest.raises(SourceUnavailableError, match="timed out"):
            source.dead_letter(Message(b"x", "", Place("t", 0, 0)), "why")
        assert producer.unanswered == 0, "nothing is left that would be sent later"
    source.close()


class StopWhen(Event):
    """Is set by what it waits for; waiting takes no time."""

    def __init__(self, condition: Callable[[], bool]) -> None:
        super().__init__()
        self._condition = condition

    def is_set(self) -> bool:
        return self._condition()

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


def test_brokers_that_are_nowhere_are_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody listens on port 1.
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    source = open_source(batch_size=1)
    try:
        with pytest.raises(SourceUnavailableError, match="Kafka"):
            source.receive()
    finally:
        source.close()
