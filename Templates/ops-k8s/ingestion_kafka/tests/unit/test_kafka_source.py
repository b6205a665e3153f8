"""What the client says of errors, and what the source makes of it."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import confluent_kafka
import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition

from src.ingestion.kafka import KafkaMessage, KafkaSettings, KafkaSource, Place, open_source
from src.ingestion.messages import Message, SourceUnavailableError


class FakeRecord:
    def __init__(self, offset: int = 0, value: bytes | None = b"x", error: int | None = None):
        self._offset = offset
        self._value = value
        self._error = None if error is None else KafkaError(error)

    def error(self) -> KafkaError | None:
        return self._error

    def topic(self) -> str:
        return "events"

    def partition(self) -> int:
        return 1

    def offset(self) -> int:
        return self._offset

    def key(self) -> bytes:
        return b"key"

    def value(self) -> bytes | None:
        return self._value


class FakeClient:
    """A consumer that gives what it was told to, and remembers what was committed."""

    def __init__(self, records: Sequence[FakeRecord] = (), error: KafkaError | None = None) -> None:
        self._records = list(records)
        self._error = error
        self.committed: list[TopicPartition] = []

    def consume(self, number: int, timeout: float) -> list[FakeRecord]:
        assert (number, timeout) == (5, 1.0)
        return self._records

    def list_topics(self, topic: str, timeout: float) -> None:
        assert (topic, timeout) == ("events", 5.0)
        if self._error is not None:
            raise KafkaException(self._error)

    def commit(self, offsets: list[TopicPartition], *, asynchronous: bool) -> None:
        assert not asynchronous
        if self._error is not None:
            raise KafkaException(self._error)
        self.committed += offsets


class FakeProducer:
    """Sends to a broker that refuses bodies, or everything."""

    def __init__(self, error: int, *, refuses_all: bool = False) -> None:
        self._error = KafkaError(error, "refused")
        self._refuses_all = refuses_all
        self.sent: list[dict[str, Any]] = []

    def produce(self, topic: str, *, on_delivery: Callable[..., None], **letter: Any) -> None:
        assert topic == "events.dead-letter"
        self.sent.append(letter)
        refused = self._refuses_all or letter["value"] is not None
        on_delivery(self._error if refused else None, None)

    def flush(self) -> int:
        return 0


def source_of(client: FakeClient, producer: FakeProducer | None = None) -> KafkaSource:
    consumer = cast(confluent_kafka.Consumer, client)
    return KafkaSource(consumer, cast(Any, producer), "events", "events.dead-letter", batch_size=5)


def a_message(partition: int, offset: int) -> KafkaMessage:
    return Message(b"", "", Place("events", partition, offset))


def test_an_error_amid_messages_does_not_lose_them() -> None:
    records = [FakeRecord(7), FakeRecord(error=KafkaError._TRANSPORT), FakeRecord(8)]
    messages = source_of(FakeClient(records)).receive()
    assert [message.position for message in messages] == ["events[1]@7", "events[1]@8"]


def test_an_error_alone_is_an_outage() -> None:
    with pytest.raises(SourceUnavailableError, match="Kafka"):
        source_of(FakeClient([FakeRecord(error=KafkaError._TRANSPORT)])).receive()


def test_nothing_from_nobody_is_an_outage() -> None:
    assert source_of(FakeClient()).receive() == []
    error = KafkaError(KafkaError._TRANSPORT)
    with pytest.raises(SourceUnavailableError, match="Kafka"):
        source_of(FakeClient(error=error)).receive()
    [_] = source_of(FakeClient([FakeRecord(7)], error)).receive()


def test_a_message_without_a_body_is_a_message() -> None:
    [message] = source_of(FakeClient([FakeRecord(value=None)])).receive()
    assert message.body == b""


def test_what_is_committed_is_the_next_offset_of_each_partition() -> None:
    client = FakeClient()
    source_of(client).acknowledge([a_message(0, 4), a_message(1, 9), a_message(0, 3)])
    committed = {(each.topic, each.partition): each.offset for each in client.committed}
    assert committed == {("events", 0): 5, ("events", 1): 10}


@pytest.mark.parametrize(
    "code",
    [
        KafkaError._TRANSPORT,
        KafkaError._WAIT_COORD,
        KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
        KafkaError.GROUP_AUTHORIZATION_FAILED,
    ],
)
def test_a_commit_that_fails_is_an_outage(code: int) -> None:
    error = KafkaError(code, "not now")
    with pytest.raises(SourceUnavailableError, match="Kafka: not now"):
        source_of(FakeClient(error=error)).acknowledge([a_message(0, 1)])


@pytest.mark.parametrize(
    "code",
    [
        KafkaError.ILLEGAL_GENERATION,
        KafkaError.UNKNOWN_MEMBER_ID,
        KafkaError.REBALANCE_IN_PROGRESS,
        KafkaError.FENCED_INSTANCE_ID,
        KafkaError._ASSIGNMENT_LOST,
    ],
)
def test_partitions_that_belong_to_another_consumer_now_are_left_to_it(
    caplog: pytest.LogCaptureFixture, code: int
) -> None:
    error = KafkaError(code, "rebalanced")
    source_of(FakeClient(error=error)).acknowledge([a_message(0, 1)])
    assert "offsets were not committed: rebalanced" in caplog.text


def test_a_letter_that_the_broker_finds_too_large_goes_without_its_body() -> None:
    producer = FakeProducer(KafkaError.MSG_SIZE_TOO_LARGE)
    source_of(FakeClient(), producer).dead_letter(a_message(0, 1), "why")
    assert [letter["value"] for letter in producer.sent] == [b"", None]


@pytest.mark.parametrize(
    "producer",
    [
        FakeProducer(KafkaError.TOPIC_AUTHORIZATION_FAILED),
        FakeProducer(KafkaError.MSG_SIZE_TOO_LARGE, refuses_all=True),
    ],
)
def test_a_letter_that_is_refused_is_an_outage(producer: FakeProducer) -> None:
    with pytest.raises(SourceUnavailableError, match="refused"):
        source_of(FakeClient(), producer).dead_letter(a_message(0, 1), "why")


def test_the_group_is_named_after_the_project() -> None:
    settings = KafkaSettings()
    assert settings.kafka_group_id == "<<PROJECT_NAME>>"
    assert settings.kafka_dead_letter_topic != settings.kafka_topic


def test_brokers_on_this_machine_need_no_credentials() -> None:
    assert KafkaSettings().client() == {
        "bootstrap.servers": "localhost:9092",
        "security.protocol": "PLAINTEXT",
    }


def test_the_settings_say_who_the_worker_is_and_whom_it_trusts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9096")
    monkeypatch.setenv("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    monkeypatch.setenv("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
    monkeypatch.setenv("KAFKA_SASL_USERNAME", "worker")
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", "hidden")
    monkeypatch.setenv("KAFKA_SSL_CA_LOCATION", "ca.pem")
    settings = KafkaSettings()
    assert settings.client() == {
        "bootstrap.servers": "kafka.example:9096",
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": "worker",
        "sasl.password": "hidden",
        "ssl.ca.location": "ca.pem",
    }
    assert "hidden" not in repr(settings)


def test_consumer_and_producer_take_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, dict[str, Any]] = {}

    class Consumer:
        def __init__(self, settings: dict[str, Any]) -> None:
            given["consumer"] = settings

        def subscribe(self, topics: list[str]) -> None:
            assert topics == ["customer-events"]

    class Producer:
        def __init__(self, settings: dict[str, Any]) -> None:
            given["producer"] = settings

    monkeypatch.setattr("confluent_kafka.Consumer", Consumer)
    monkeypatch.setattr("confluent_kafka.Producer", Producer)
    monkeypatch.setenv("KAFKA_SECURITY_PROTOCOL", "SSL")
    open_source(batch_size=1)
    client = KafkaSettings().client()
    assert given == {
        "consumer": client
        | {
            "group.id": "<<PROJECT_NAME>>",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": 6000,
        },
        "producer": client | {"message.timeout.ms": 10_000},
    }
