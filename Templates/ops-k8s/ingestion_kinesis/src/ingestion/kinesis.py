"""Events from Amazon Kinesis Data Streams.

One worker reads all shards of a stream, each in order, and a shard that came from a split or a
merge only after those that it came from. Kinesis does not remember what was read, so the database
does.
"""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from src.database.engine import insert_into
from src.database.models import KinesisCheckpoint
from src.ingestion.messages import Message, SourceUnavailableError
from src.utils.settings import EnvironmentSettings

if TYPE_CHECKING:
    from mypy_boto3_kinesis import KinesisClient
    from mypy_boto3_kinesis.type_defs import ShardTypeDef

log = logging.getLogger(__name__)

type KinesisMessage = Message["Place"]

# In the place of a sequence number: the shard was closed and is read to its end.
SHARD_END = "SHARD_END"

_IDLE_SECONDS = 1.0
# A shard may be asked five times a second, by all who read it.
_SECONDS_BETWEEN_READS = 0.25
# Of the dead letters' stream, unless its owner allows more; it includes the key, a shard's id.
_LARGEST_RECORD = 1024 * 1024 - 256

# The consumer tries again by itself, and must not be kept from stopping until then.
_CLIENT = Config(
    connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2}
)


class KinesisSettings(EnvironmentSettings):
    kinesis_stream: str = "customer-events"
    kinesis_dead_letter_stream: str = "customer-events-dead-letter"


@dataclass(frozen=True)
class Place:
    shard_id: str
    sequence_number: str


class Checkpoints(Protocol):
    """How far each shard was read."""

    def load(self) -> dict[str, str]: ...

    def save(self, sequence_numbers: dict[str, str]) -> None: ...


class DatabaseCheckpoints:
    def __init__(self, engine: Engine, stream: str) -> None:
        self._engine = engine
        self._stream = stream

    def load(self) -> dict[str, str]:
        query = select(KinesisCheckpoint).where(KinesisCheckpoint.stream == self._stream)
        with _errors_as_unavailable(), Session(self._engine) as session:
            return {row.shard_id: row.sequence_number for row in session.exec(query)}

    def save(self, sequence_numbers: dict[str, str]) -> None:
        insert = insert_into(self._engine, KinesisCheckpoint).values(
            [
                {"stream": self._stream, "shard_id": shard_id, "sequence_number": number}
                for shard_id, number in sequence_numbers.items()
            ]
        )
        statement = insert.on_conflict_do_update(
            index_elements=["stream", "shard_id"],
            set_={"sequence_number": insert.excluded.sequence_number},
        )
        with _errors_as_unavailable(), self._engine.begin() as connection:
            connection.execute(statement)


class KinesisSource:
    def __init__(
        self,
        client: KinesisClient,
        checkpoints: Checkpoints,
        stream: str,
        dead_letter_stream: str,
        batch_size: int,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._checkpoints = checkpoints
        self._stream = stream
        self._dead_letter_stream = dead_letter_stream
        self._batch_size = batch_size
        self._wait = wait
        self._now = now
        # The next place of each shard that is being read; empty means: look which there are.
        self._iterators: dict[str, str] = {}
        # Shards without a next place, which end when what came last is acknowledged.
        self._closed: set[str] = set()
        # When each shard may be asked again.
        self._due: dict[str, float] = {}

    def receive(self) -> Sequence[KinesisMessage]:
        """Messages of one shard; the next call begins with the next one."""
        with _errors_as_unavailable():
            try:
                return self._next_messages()
            except Exception:
                # Some shards may be missing now: all are opened again, at their checkpoints.
                self._iterators.clear()
                self._closed.clear()
                raise

    def acknowledge(self, messages: Sequence[KinesisMessage]) -> None:
        places = [message.receipt for message in messages]
        self._save({place.shard_id: place.sequence_number for place in places})

    def dead_letter(self, message: KinesisMessage, reason: str) -> None:
        body = base64.b64encode(message.body).decode()
        letter = {"reason": reason, "position": message.position, "body": body}
        data = json.dumps(letter).encode()
        if len(data) > _LARGEST_RECORD:
            # It would never be taken; its position says where the rest is.
            data = json.dumps(letter | {"body": None}).encode()
        with _errors_as_unavailable():
            self._client.put_record(
                StreamName=self._dead_letter_stream,
                Data=data,
                PartitionKey=message.receipt.shard_id,
            )

    def close(self) -> None:
        self._client.close()

    def _next_messages(self) -> list[KinesisMessage]:
        if not self._iterators:
            self._open_shards()
        for shard_id in list(self._iterators):
            messages = self._read(shard_id)
            if messages or not self._iterators:  # none: a shard has ended, so look again
                return messages
        self._wait(_IDLE_SECONDS)
        return []

    def _read(self, shard_id: str) -> list[KinesisMessage]:
        iterator = self._iterators.pop(shard_id)  # and put back at the end: shards take turns
        if (early := self._due.get(shard_id, 0.0) - self._now()) > 0:
            self._wait(early)
        self._due[shard_id] = self._now() + _SECONDS_BETWEEN_READS
        answer = self._client.get_records(ShardIterator=iterator, Limit=self._batch_size)
        records = answer["Records"]
        if (following := answer.get("NextShardIterator")) is not None:
            self._iterators[shard_id] = following
        else:
            self._closed.add(shard_id)
            if not records:
                self._save({shard_id: SHARD_END})
        return [
            Message(
                record["Data"],
                f"{self._stream}/{shard_id}@{record['SequenceNumber']}",
                Place(shard_id, record["SequenceNumber"]),
            )
            for record in records
        ]

    def _save(self, sequence_numbers: dict[str, str]) -> None:
        ended = self._closed & sequence_numbers.keys()
        self._checkpoints.save(sequence_numbers | dict.fromkeys(ended, SHARD_END))
        if ended:
            self._closed -= ended
            self._iterators.clear()  # their children may be read now

    def _open_shards(self) -> None:
        checkpoints = self._checkpoints.load()
        pages = self._client.get_paginator("list_shards").paginate(StreamName=self._stream)
        shards = {shard["ShardId"]: shard for page in pages for shard in page["Shards"]}
        for shard_id, shard in shards.items():
            done = checkpoints.get(shard_id) == SHARD_END
            if not done and _parents_are_read(shard, shards.keys(), checkpoints):
                self._iterators[shard_id] = self._iterator(shard_id, checkpoints.get(shard_id))

    def _iterator(self, shard_id: str, after: str | None) -> str:
        if after is None:
            answer = self._client.get_shard_iterator(
                StreamName=self._stream, ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
            )
        else:
            answer = self._client.get_shard_iterator(
                StreamName=self._stream,
                ShardId=shard_id,
                ShardIteratorType="AFTER_SEQUENCE_NUMBER",
                StartingSequenceNumber=after,
            )
        return answer["ShardIterator"]


def _parents_are_read(shard: ShardTypeDef, existing: Set[str], checkpoints: dict[str, str]) -> bool:
    """A parent that is not listed any more has expired, and cannot be read."""
    parents = {shard.get("ParentShardId", ""), shard.get("AdjacentParentShardId", "")} & existing
    return all(checkpoints.get(parent) == SHARD_END for parent in parents)


@contextmanager
def _errors_as_unavailable() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise SourceUnavailableError(f"Kinesis: {code}") from error
    except BotoCoreError as error:
        raise SourceUnavailableError(f"Kinesis: {type(error).__name__}") from error
    except SQLAlchemyError as error:
        raise SourceUnavailableError(f"checkpoints: {type(error).__name__}") from error


def open_source(batch_size: int, engine: Engine) -> KinesisSource:
    settings = KinesisSettings()
    return KinesisSource(
        boto3.client("kinesis", config=_CLIENT),
        DatabaseCheckpoints(engine, settings.kinesis_stream),
        settings.kinesis_stream,
        settings.kinesis_dead_letter_stream,
        batch_size,
    )
