"""The source with the Kinesis of moto, which answers the AWS client inside of this process."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from sqlalchemy import Engine

from src.database.models import KinesisCheckpoint
from src.ingestion.consumer import Consumer
from src.ingestion.kinesis import (
    DatabaseCheckpoints,
    KinesisMessage,
    KinesisSource,
    Place,
    open_source,
)
from src.ingestion.messages import Message, SourceUnavailableError
from src.monitoring.prometheus import IngestionMetrics
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import InMemoryEvents

if TYPE_CHECKING:
    from mypy_boto3_kinesis import KinesisClient
    from prometheus_client import CollectorRegistry

STREAM, DEAD_LETTERS = "customer-events", "customer-events-dead-letter"
IN_FIRST_SHARD, IN_SECOND_SHARD = "0", str(2**127 + 2**126)


@pytest.fixture
def kinesis(monkeypatch: pytest.MonkeyPatch) -> Iterator[KinesisClient]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        client = boto3.client("kinesis")
        client.create_stream(StreamName=STREAM, ShardCount=2)
        client.create_stream(StreamName=DEAD_LETTERS, ShardCount=1)
        yield client


@pytest.fixture
def checkpoints(engine: Engine) -> DatabaseCheckpoints:
    return DatabaseCheckpoints(engine, STREAM)


@pytest.fixture
def source(kinesis: KinesisClient, checkpoints: DatabaseCheckpoints) -> KinesisSource:
    return a_source(kinesis, checkpoints)


def a_source(kinesis: KinesisClient, checkpoints: DatabaseCheckpoints) -> KinesisSource:
    return KinesisSource(
        kinesis, checkpoints, STREAM, DEAD_LETTERS, batch_size=10, wait=lambda _: None
    )


def put(kinesis: KinesisClient, *bodies: bytes, shard: str = IN_FIRST_SHARD) -> None:
    for body in bodies:
        kinesis.put_record(StreamName=STREAM, Data=body, PartitionKey="any", ExplicitHashKey=shard)


def receive(source: KinesisSource, number: int) -> list[KinesisMessage]:
    """The next messages, which may take a turn of the shards for each."""
    messages: list[KinesisMessage] = []
    for _ in range(10):
        messages += source.receive()
        if len(messages) >= number:
            return messages
    pytest.fail(f"{len(messages)} of {number} messages came")


def letters(kinesis: KinesisClient) -> list[Any]:
    iterator = kinesis.get_shard_iterator(
        StreamName=DEAD_LETTERS, ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    return [
        json.loads(record["Data"])
        for record in kinesis.get_records(ShardIterator=iterator)["Records"]
    ]


def bodies(messages: list[KinesisMessage]) -> list[bytes]:
    return [message.body for message in messages]


def test_all_shards_are_read(kinesis: KinesisClient, source: KinesisSource) -> None:
    put(kinesis, b"1", b"2")
    put(kinesis, b"3", shard=IN_SECOND_SHARD)
    messages = receive(source, 3)
    assert bodies(messages) == [b"1", b"2", b"3"]
    place = messages[0].receipt
    assert place.shard_id == "shardId-000000000000"
    assert messages[0].position == f"{STREAM}/{place.shard_id}@{place.sequence_number}"
    assert messages[2].receipt.shard_id == "shardId-000000000001"


def test_shards_take_turns(kinesis: KinesisClient, source: KinesisSource) -> None:
    put(kinesis, *[b"1"] * 15)
    put(kinesis, b"2", shard=IN_SECOND_SHARD)
    assert bodies([*source.receive()]) == [b"1"] * 10
    assert bodies([*source.receive()]) == [b"2"]


def test_what_was_not_acknowledged_comes_again_and_the_rest_does_not(
    kinesis: KinesisClient, checkpoints: DatabaseCheckpoints
) -> None:
    put(kinesis, b"1", b"2", b"3")
    first = a_source(kinesis, checkpoints)
    messages = receive(first, 3)
    first.acknowledge(messages[:2])

    second = a_source(kinesis, checkpoints)
    again = receive(second, 1)
    assert bodies(again) == [b"3"]
    second.acknowledge(again)
    assert second.receive() == []


def test_streams_do_not_share_checkpoints(engine: Engine) -> None:
    first, second = DatabaseCheckpoints(engine, "first"), DatabaseCheckpoints(engine, "second")
    first.save({"a": "1", "b": "2"})
    second.save({"a": "3"})
    first.save({"a": "4"})
    assert first.load() == {"a": "4", "b": "2"}
    assert second.load() == {"a": "3"}


def test_without_checkpoints_nothing_is_read(engine: Engine, source: KinesisSource) -> None:
    KinesisCheckpoint.metadata.drop_all(engine)
    with pytest.raises(SourceUnavailableError, match="checkpoints: "):
        source.receive()


def test_the_consumer_stores_events_and_puts_poison_aside(
    kinesis: KinesisClient, source: KinesisSource, registry: CollectorRegistry
) -> None:
    put(kinesis, an_event("e1").model_dump_json().encode(), b"\xffpoison")
    events = InMemoryEvents()
    consumer = Consumer(source, events, IngestionMetrics(registry, "kinesis"))
    messages = receive(source, 2)
    consumer.handle(messages, Event())
    assert list(events.events) == ["e1"]
    assert letters(kinesis) == [
        {
            "reason": "message: json_invalid",
            "position": messages[1].position,
            "body": base64.b64encode(b"\xffpoison").decode(),
        }
    ]


def test_a_dead_letter_that_is_too_large_goes_without_its_body(
    kinesis: KinesisClient, source: KinesisSource
) -> None:
    source.dead_letter(Message(b"x" * 800_000, "here", Place("a", "1")), "why")
    assert letters(kinesis) == [{"reason": "why", "position": "here", "body": None}]


def test_a_dead_letter_that_is_not_taken_is_an_outage(
    kinesis: KinesisClient, source: KinesisSource
) -> None:
    put(kinesis, b"poison")
    [message] = receive(source, 1)
    kinesis.delete_stream(StreamName=DEAD_LETTERS)
    with pytest.raises(SourceUnavailableError, match="ResourceNotFoundException"):
        source.dead_letter(message, "why")


def test_the_settings_name_the_stream(
    kinesis: KinesisClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINESIS_STREAM", DEAD_LETTERS)
    kinesis.put_record(StreamName=DEAD_LETTERS, Data=b"1", PartitionKey="any")
    source = open_source(batch_size=5, engine=engine)
    messages = receive(source, 1)
    source.acknowledge(messages)
    assert bodies(messages) == [b"1"]
    assert DatabaseCheckpoints(engine, DEAD_LETTERS).load().keys() == {"shardId-000000000000"}
    source.close()


def test_a_service_that_is_silent_is_given_up_before_a_stopped_worker_is_killed(
    kinesis: KinesisClient, engine: Engine
) -> None:
    source = open_source(batch_size=5, engine=engine)
    config: Any = source._client.meta.config
    attempts = config.retries["total_max_attempts"]
    assert (config.connect_timeout + config.read_timeout) * attempts <= 30
    source.close()
