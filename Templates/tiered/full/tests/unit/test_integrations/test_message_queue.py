import asyncio

import pytest
from fakeredis import FakeAsyncRedis
from prometheus_client import REGISTRY
from redis.exceptions import ConnectionError as RedisConnectionError

from src.integrations.message_queue import (
    Consumer,
    Message,
    MessageQueue,
    PoisonMessageError,
    QueueDepth,
    QueueFullError,
)


def queue_on(
    redis: FakeAsyncRedis, *, max_deliveries: int = 3, max_length: int = 10
) -> MessageQueue:
    """One whose messages count as abandoned at once."""
    return MessageQueue(
        redis,
        "jobs",
        group="workers",
        claim_after_seconds=0,
        max_deliveries=max_deliveries,
        max_length=max_length,
    )


@pytest.fixture
async def queue(redis: FakeAsyncRedis) -> MessageQueue:
    queue = queue_on(redis)
    await queue.ensure_group()
    return queue


def handled(outcome: str) -> float:
    labels = {"stream": "jobs", "outcome": outcome}
    return REGISTRY.get_sample_value("queue_messages_total", labels) or 0.0


async def test_messages_arrive_in_order_and_vanish_when_acknowledged(queue: MessageQueue) -> None:
    for body in ("a", "b"):
        await queue.publish(body)

    messages = await queue.receive("one")
    assert [message.body for message in messages] == ["a", "b"]
    assert await queue.depth() == QueueDepth(waiting=2, pending=2, dead=0)

    for message in messages:
        await queue.acknowledge(message)
    assert await queue.depth() == QueueDepth(waiting=0, pending=0, dead=0)


async def test_what_was_published_before_there_was_a_consumer_arrives(
    redis: FakeAsyncRedis,
) -> None:
    queue = queue_on(redis)
    await queue.publish("early")
    await queue.ensure_group()
    await queue.ensure_group()

    assert [message.body for message in await queue.receive("one")] == ["early"]


async def test_a_message_that_is_not_acknowledged_goes_to_another(queue: MessageQueue) -> None:
    await queue.publish("a")
    assert await queue.receive("one")

    again = await queue.receive("two")

    assert [(message.body, message.deliveries) for message in again] == [("a", 2)]


async def test_a_message_at_work_is_left_alone(redis: FakeAsyncRedis) -> None:
    queue = MessageQueue(redis, "jobs", group="workers", claim_after_seconds=60)
    await queue.ensure_group()
    await queue.publish("a")
    assert await queue.receive("one")

    assert await queue.receive("two") == []


async def test_too_many_deliveries_make_a_dead_letter(queue: MessageQueue) -> None:
    await queue.publish("bad")
    for _ in range(3):
        assert len(await queue.receive("one")) == 1

    assert await queue.receive("one") == []

    assert await queue.depth() == QueueDepth(waiting=0, pending=0, dead=1)
    ((letter, reason),) = await queue.dead_letters()
    assert letter.body == "bad"
    assert reason == "not acknowledged after 3 deliveries"


async def test_dead_letters_come_back_as_new_messages(queue: MessageQueue) -> None:
    await queue.publish("a")
    (message,) = await queue.receive("one")
    await queue.bury(message, "r" * 1000)

    assert await queue.revive() == 1

    assert await queue.depth() == QueueDepth(waiting=1, pending=0, dead=0)
    (revived,) = await queue.receive("one")
    assert (revived.body, revived.deliveries) == ("a", 1)


async def test_a_full_queue_refuses_and_forgets_nothing(queue: MessageQueue) -> None:
    for number in range(10):
        await queue.publish(str(number))

    with pytest.raises(QueueFullError):
        await queue.publish("one too many")

    assert (await queue.receive("one"))[0].body == "0"


async def test_it_goes_on_when_redis_has_lost_everything(
    queue: MessageQueue, redis: FakeAsyncRedis
) -> None:
    await redis.flushall()

    assert await queue.depth() == QueueDepth(waiting=0, pending=0, dead=0)
    assert await queue.receive("one") == []
    await queue.publish("a")
    assert [message.body for message in await queue.receive("one")] == ["a"]


async def test_a_handled_message_is_acknowledged(queue: MessageQueue) -> None:
    seen: list[str] = []
    before = handled("done")

    async def handle(message: Message) -> None:
        # Not before: a consumer that dies here must not lose it
        assert (await queue.depth()).pending == 1
        seen.append(message.body)

    await queue.publish("a")

    assert await Consumer(queue, handle, name="one", block_ms=1).run_once() == 1
    assert seen == ["a"]
    assert (await queue.depth()).waiting == 0
    assert handled("done") == before + 1


async def test_a_failed_message_comes_again_and_the_others_are_handled(
    queue: MessageQueue,
) -> None:
    seen: list[str] = []

    async def handle(message: Message) -> None:
        seen.append(message.body)
        if message.body == "a" and message.deliveries == 1:
            raise ValueError("not now")

    for body in ("a", "b"):
        await queue.publish(body)
    consumer = Consumer(queue, handle, name="one", block_ms=1)

    assert await consumer.run_once() == 1
    assert await consumer.run_once() == 1
    assert seen == ["a", "b", "a"]
    assert (await queue.depth()).waiting == 0


async def test_poison_is_buried_at_once(queue: MessageQueue) -> None:
    async def handle(_: Message) -> None:
        raise PoisonMessageError("no event")

    await queue.publish("x")

    assert await Consumer(queue, handle, name="one", block_ms=1).run_once() == 0
    assert await queue.depth() == QueueDepth(waiting=0, pending=0, dead=1)
    assert (await queue.dead_letters())[0][1] == "no event"


async def test_a_consumer_survives_an_outage_and_stops_when_asked(
    queue: MessageQueue, redis: FakeAsyncRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    rounds = 0
    received = queue.receive

    async def receive(name: str, *, block_ms: int) -> list[Message]:
        if rounds == 0:
            raise RedisConnectionError("connection refused")
        return await received(name, block_ms=block_ms)

    async def handle(message: Message) -> None:
        seen.append(message.body)
        consumer.stop()

    def count_round() -> None:
        nonlocal rounds
        rounds += 1

    monkeypatch.setattr(queue, "receive", receive)
    consumer = Consumer(queue, handle, name="one", block_ms=1, reconnect_seconds=0.01)
    await queue.publish("a")

    async with asyncio.timeout(10):
        await consumer.run(on_round=count_round)

    assert seen == ["a"]
    assert rounds == 2
