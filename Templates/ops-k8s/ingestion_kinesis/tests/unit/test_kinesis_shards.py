"""Streams that change while they are read: shards are closed, and others take their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from sqlalchemy.exc import SQLAlchemyError

from src.ingestion.kinesis import SHARD_END, KinesisSource
from src.ingestion.messages import SourceUnavailableError


@dataclass
class FakeShard:
    records: list[bytes] = field(default_factory=list)
    parents: tuple[str, ...] = ()
    open: bool = True


class FakeKinesis:
    """The part of the client that the source uses; a record's number is its place in the shard."""

    def __init__(self, shards: dict[str, FakeShard]) -> None:
        self.shards = shards
        self.failure: Exception | None = None
        self.failures_to_open: dict[str, Exception] = {}

    def get_paginator(self, name: str) -> Self:
        assert name == "list_shards"
        return self

    def paginate(self, **_: str) -> Iterator[dict[str, Any]]:
        """A page for each shard."""
        keys = ("ParentShardId", "AdjacentParentShardId")
        for shard_id, shard in self.shards.items():
            parents = dict(zip(keys, shard.parents, strict=False))
            yield {"Shards": [{"ShardId": shard_id, **parents}]}

    def get_shard_iterator(
        self, *, StreamName: str, ShardId: str, ShardIteratorType: str, **after: str  # noqa: N803
    ) -> dict[str, str]:
        assert StreamName == "stream"
        if (failure := self.failures_to_open.pop(ShardId, None)) is not None:
            raise failure
        if ShardIteratorType == "TRIM_HORIZON":
            return {"ShardIterator": f"{ShardId}/0"}
        assert ShardIteratorType == "AFTER_SEQUENCE_NUMBER"
        return {"ShardIterator": f"{ShardId}/{int(after['StartingSequenceNumber']) + 1}"}

    def get_records(self, *, ShardIterator: str, Limit: int) -> dict[str, Any]:  # noqa: N803
        if self.failure is not None:
            raise self.failure
        shard_id, _, start = ShardIterator.partition("/")
        shard = self.shards[shard_id]
        end = min(int(start) + Limit, len(shard.records))
        answer: dict[str, Any] = {
            "Records": [
                {"Data": shard.records[number], "SequenceNumber": str(number)}
                for number in range(int(start), end)
            ]
        }
        if shard.open or end < len(shard.records):
            answer["NextShardIterator"] = f"{shard_id}/{end}"
        return answer


class InMemoryCheckpoints:
    def __init__(self) -> None:
        self.saved: dict[str, str] = {}
        self.failures: list[Exception] = []

    def load(self) -> dict[str, str]:
        return dict(self.saved)

    def save(self, sequence_numbers: dict[str, str]) -> None:
        if self.failures:
            raise self.failures.pop()
        self.saved |= sequence_numbers


class Clock:
    """A time that only waiting makes pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


class Reader:
    """A source, and what it read so far."""

    def __init__(self, shards: dict[str, FakeShard]) -> None:
        self.kinesis = FakeKinesis(shards)
        self.checkpoints = InMemoryCheckpoints()
        self.clock = Clock()
        self.read: list[bytes] = []
        self.restart()

    def restart(self) -> None:
        client = cast(Any, self.kinesis)
        self.source = KinesisSource(
            client,
            self.checkpoints,
            "stream",
            "dead",
            batch_size=2,
            wait=self.clock.wait,
            now=lambda: self.clock.now,
        )

    def turn(self, *, acknowledge: bool = True) -> Sequence[bytes]:
        messages = self.source.receive()
        if acknowledge and messages:
            self.source.acknowledge(messages)
        self.read += [message.body for message in messages]
        return [message.body for message in messages]

    def turns(self, number: int) -> list[bytes]:
        for _ in range(number):
            self.turn()
        return self.read


def test_children_come_after_their_parent_while_other_shards_go_on() -> None:
    other = FakeShard([b"x"])
    reader = Reader(
        {
            "child": FakeShard([b"3"], parents=("parent",)),
            "parent": FakeShard([b"1", b"2"], open=False),
            "other": other,
        }
    )
    assert reader.turns(3) == [b"1", b"2", b"3", b"x"]
    assert reader.checkpoints.saved == {"parent": SHARD_END, "other": "0", "child": "0"}
    other.records.append(b"y")
    assert b"y" in reader.turns(2)


def test_a_merged_shard_comes_after_both_parents() -> None:
    reader = Reader(
        {
            "child": FakeShard([b"3"], parents=("left", "right")),
            "left": FakeShard([b"1"], open=False),
            "right": FakeShard([b"2"], open=False),
        }
    )
    assert reader.turns(4)[-1] == b"3"
    assert sorted(reader.read) == [b"1", b"2", b"3"]


def test_a_parent_that_has_expired_is_not_waited_for() -> None:
    reader = Reader({"child": FakeShard([b"1"], parents=("long-gone",))})
    assert reader.turns(1) == [b"1"]


def test_a_closed_shard_without_new_records_ends() -> None:
    reader = Reader({"parent": FakeShard([b"1"])})
    reader.turns(1)
    reader.kinesis.shards["parent"].open = False
    reader.kinesis.shards["child"] = FakeShard([b"2"], parents=("parent",))
    assert reader.turns(3) == [b"1", b"2"]
    assert reader.checkpoints.saved["parent"] == SHARD_END


def test_the_last_records_of_a_shard_come_again_until_they_are_acknowledged() -> None:
    reader = Reader({"parent": FakeShard([b"1"], open=False)})
    assert reader.turn(acknowledge=False) == [b"1"]
    assert reader.checkpoints.saved == {}
    reader.restart()
    assert reader.turn() == [b"1"]
    assert reader.checkpoints.saved == {"parent": SHARD_END}
    reader.restart()
    assert reader.turn() == []


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (
            ClientError({"Error": {"Code": "ExpiredIteratorException"}}, "GetRecords"),
            "ExpiredIteratorException",
        ),
        (EndpointConnectionError(endpoint_url="https://kinesis"), "EndpointConnectionError"),
    ],
)
def test_after_an_outage_reading_goes_on_where_it_was(failure: Exception, reason: str) -> None:
    reader = Reader({"a": FakeShard([b"1", b"2", b"3"]), "b": FakeShard([b"x"])})
    reader.turn()
    reader.kinesis.failure = failure
    with pytest.raises(SourceUnavailableError, match=f"Kinesis: {reason}"):
        reader.turn()
    reader.kinesis.failure = None
    reader.turns(3)
    assert sorted(reader.read) == [b"1", b"2", b"3", b"x"]


def test_no_shard_is_forgotten_when_one_could_not_be_opened() -> None:
    reader = Reader({"a": FakeShard([b"1"]), "b": FakeShard([b"x"])})
    throttled = ClientError({"Error": {"Code": "LimitExceededException"}}, "GetShardIterator")
    reader.kinesis.failures_to_open["b"] = throttled
    with pytest.raises(SourceUnavailableError, match="LimitExceededException"):
        reader.turn()
    assert sorted(reader.turns(2)) == [b"1", b"x"]


def test_no_child_is_forgotten_when_the_end_of_its_parent_could_not_be_saved() -> None:
    reader = Reader(
        {
            "parent": FakeShard(open=False),
            "child": FakeShard([b"1"], parents=("parent",)),
            "other": FakeShard(),
        }
    )
    reader.checkpoints.failures.append(SQLAlchemyError())
    with pytest.raises(SourceUnavailableError, match="checkpoints"):
        reader.turn()
    assert reader.turns(3) == [b"1"]


def test_a_shard_is_not_asked_more_often_than_kinesis_allows() -> None:
    reader = Reader({"a": FakeShard([b"1", b"2", b"3", b"4", b"5"])})
    reader.turns(3)
    assert reader.clock.waits == [0.25, 0.25]


def test_shards_do_not_wait_for_each_other() -> None:
    reader = Reader({"a": FakeShard([b"1"]), "b": FakeShard([b"x"])})
    reader.turns(2)
    assert reader.clock.waits == []


def test_after_an_outage_a_shard_is_not_asked_more_often_either() -> None:
    reader = Reader({"a": FakeShard([b"1", b"2", b"3"])})
    reader.turn()
    reader.kinesis.failure = EndpointConnectionError(endpoint_url="https://kinesis")
    with pytest.raises(SourceUnavailableError):
        reader.turn()
    reader.kinesis.failure = None
    reader.turn()
    assert reader.clock.waits == [0.25, 0.25]


def test_an_empty_stream_is_asked_once_a_second() -> None:
    reader = Reader({"a": FakeShard(), "b": FakeShard()})
    reader.turns(2)
    assert reader.clock.waits == [1.0, 1.0]
