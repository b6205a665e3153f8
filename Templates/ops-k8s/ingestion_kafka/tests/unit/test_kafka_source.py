"""What the client says of errors, and what the source makes of it."""

from collections.abc import Sequence
from typing import Any, cast

import confluent_kafka
import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition

from src.ingestion.kafka import KafkaMessage, KafkaSettings, KafkaSource
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

    def commit(self, offsets: list[TopicPartition], *, asynchronous: bool) -> None:
        assert not asynchronous
        if self._error is not None:
            raise KafkaException(self._error)
        self.committed += offsets


def source_of(client: FakeClient) -> KafkaSource:
    consumer = cast(confluent_kafka.Consumer, client)
    return KafkaSource(consumer, cast(Any, None), "events.dead-letter", batch_size=5)


def a_message(partition: int, offset: int) -> KafkaMessage:
    return Message(b"", "", TopicPartition("events", partition, offset))


def test_an_error_amid_messages_does_not_lose_them() -> None:
    records = [FakeRecord(7), FakeRecord(error=KafkaError._TRANSPORT), FakeRecord(8)]
    messages = source_of(FakeClient(records)).receive()
    assert [message.position for message in messages] == ["events[1]@7", "events[1]@8"]


def test_an_error_alone_is_an_outage() -> None:
    with pytest.raises(SourceUnavailableError, match="Kafka"):
        source_of(FakeClient([FakeRecord(error=KafkaError._TRANSPORT)])).receive()


def test_a_message_without_a_body_is_a_message() -> None:
    [message] = source_of(FakeClient([FakeRecord(value=None)])).receive()
    assert message.body == b""


def test_what_is_committed_is_the_next_offset_of_each_partition() -> None:
    client = FakeClient()
    source_of(client).acknowledge([a_message(0, 4), a_message(1, 9), a_message(0, 3)])
    committed = {(each.topic, each.partition): each.offset for each in client.committed}
    assert committed == {("events", 0): 5, ("events", 1): 10}


def test_a_commit_that_may_work_later_is_an_outage() -> None:
    error = KafkaError(KafkaError.COORDINATOR_LOAD_IN_PROGRESS, "loading", retriable=True)
    with pytest.raises(SourceUnavailableError, match="loading"):
        source_of(FakeClient(error=error)).acknowledge([a_message(0, 1)])


def test_partitions_that_belong_to_another_consumer_now_are_left_to_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    error = KafkaError(KafkaError.ILLEGAL_GENERATION, "rebalanced")
    source_of(FakeClient(error=error)).acknowledge([a_message(0, 1)])
    assert "offsets were not committed: rebalanced" in caplog.text


def test_the_group_is_named_after_the_project() -> None:
    settings = KafkaSettings()
    assert settings.kafka_group_id == "<<PROJECT_NAME>>"
    assert settings.kafka_dead_letter_topic != settings.kafka_topic
