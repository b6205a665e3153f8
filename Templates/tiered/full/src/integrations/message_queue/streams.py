"""The queue as a Redis stream with one consumer group and a second stream of dead letters."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from src.integrations.message_queue.messages import Message


class QueueFullError(Exception):
    """Nobody has consumed for so long that another message would endanger Redis' memory."""


@dataclass(frozen=True)
class QueueDepth:
    """Messages that wait or are being worked on, those being worked on, and dead letters."""

    waiting: int
    pending: int
    dead: int


class MessageQueue:
    """At-least-once delivery: a message stays until it is acknowledged.

    One that a consumer took and did not acknowledge within `claim_after_seconds`, because it failed
    or died, is given to another. After `max_deliveries` it becomes a dead letter, which stays until
    somebody looks at it. Acknowledged messages are deleted, so the stream's length is the backlog.
    """

    def __init__(
        self,
        redis: Redis,
        stream: str,
        *,
        group: str,
        claim_after_seconds: float = 60.0,
        max_deliveries: int = 5,
        max_length: int = 100_000,
    ) -> None:
        # Its types allow for undecoded replies and for all versions of the protocol.
        self._redis: Any = redis
        self.stream = stream
        self.dead_stream = f"{stream}:dead"
        self.group = group
        self.max_deliveries = max_deliveries
        self._claim_after_ms = int(claim_after_seconds * 1000)
        self._max_length = max_length

    async def publish(self, body: str) -> str:
        """The id of the new message."""
        # MAXLEN would drop the oldest messages, which nobody has seen yet. Refusing new ones is
        # what the publisher notices.
        if await self._redis.xlen(self.stream) >= self._max_length:
            raise QueueFullError(f"{self.stream} holds {self._max_length} messages")
        message_id: str = await self._redis.xadd(self.stream, {"body": body})
        return message_id

    async def ensure_group(self) -> None:
        """Creates the stream and its consumer group, beginning with the first message."""
        try:
            await self._redis.xgroup_create(self.stream, self.group, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def receive(
        self, consumer: str, *, count: int = 10, block_ms: int | None = None
    ) -> list[Message]:
        """Abandoned messages first, then new ones; waits for a new one up to `block_ms`."""
        try:
            abandoned = await self._claim_abandoned(consumer, count)
            if abandoned:
                return abandoned
            replies = await self._redis.xreadgroup(
                self.group, consumer, {self.stream: ">"}, count=count, block=block_ms
            )
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            # Redis came back without its data.
            await self.ensure_group()
            return []
        return [
            Message(id=message_id, body=fields["body"])
            for _, entries in replies or []
            for message_id, fields in entries
        ]

    async def acknowledge(self, message: Message) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xack(self.stream, self.group, message.id)
            pipe.xdel(self.stream, message.id)
            await pipe.execute()

    async def bury(self, message: Message, reason: str) -> None:
        """Makes it a dead letter. In one transaction, so that it is in exactly one of the two."""
        fields = {"body": message.body, "reason": reason[:500], "original_id": message.id}
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xadd(self.dead_stream, fields)
            pipe.xack(self.stream, self.group, message.id)
            pipe.xdel(self.stream, message.id)
            await pipe.execute()

    async def dead_letters(self, count: int = 100) -> list[tuple[Message, str]]:
        """The oldest dead letters, each with the reason."""
        entries = await self._redis.xrange(self.dead_stream, count=count)
        return [
            (Message(id=message_id, body=fields["body"]), fields["reason"])
            for message_id, fields in entries
        ]

    async def revive(self, count: int = 100) -> int:
        """Publishes the oldest dead letters again, as new messages; says how many."""
        letters = await self.dead_letters(count)
        for letter, _ in letters:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.xadd(self.stream, {"body": letter.body})
                pipe.xdel(self.dead_stream, letter.id)
                await pipe.execute()
        return len(letters)

    async def depth(self) -> QueueDepth:
        waiting = await self._redis.xlen(self.stream)
        dead = await self._redis.xlen(self.dead_stream)
        try:
            pending = (await self._redis.xpending(self.stream, self.group))["pending"]
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            pending = 0
        return QueueDepth(waiting=waiting, pending=pending, dead=dead)

    async def _claim_abandoned(self, consumer: str, count: int) -> list[Message]:
        reply = await self._redis.xautoclaim(
            self.stream, self.group, consumer, self._claim_after_ms, count=count
        )
        messages = []
        for message_id, fields in reply[1]:
            details = await self._redis.xpending_range(
                self.stream, self.group, min=message_id, max=message_id, count=1
            )
            deliveries = details[0]["times_delivered"] if details else 1
            message = Message(id=message_id, body=fields["body"], deliveries=deliveries)
            if deliveries > self.max_deliveries:
                await self.bury(message, f"not acknowledged after {self.max_deliveries} deliveries")
            else:
                messages.append(message)
        return messages
