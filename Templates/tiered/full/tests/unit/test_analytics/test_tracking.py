import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from fakeredis import FakeAsyncRedis, FakeServer
from prometheus_client import REGISTRY
from sqlmodel.ext.asyncio.session import AsyncSession

from src.analytics.events import RecordChanged, UserLoggedIn, UserRegistered, parse_event
from src.analytics.tracking import GROUP, STREAM, EventTracker, store_event
from src.integrations.message_queue import MessageQueue
from src.repositories.analytics_event import AnalyticsEventRepository

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def counted(name: str, outcome: str) -> float:
    labels = {"name": name, "outcome": outcome}
    return REGISTRY.get_sample_value("analytics_events_total", labels) or 0.0


async def test_a_tracked_event_is_in_the_queue(redis: FakeAsyncRedis) -> None:
    queue = MessageQueue(redis, STREAM, group=GROUP)
    event = UserRegistered(user_id=5)
    before = counted("user_registered", "published")

    assert await EventTracker(queue).track(event) is True

    await queue.ensure_group()
    (message,) = await queue.receive("test")
    assert parse_event(message.body) == event
    assert counted("user_registered", "published") == before + 1


async def test_an_outage_drops_the_event_and_raises_nothing(
    redis: FakeAsyncRedis, redis_server: FakeServer
) -> None:
    redis_server.connected = False
    queue = MessageQueue(redis, STREAM, group=GROUP)
    before = counted("user_logged_in", "dropped")

    assert await EventTracker(queue).track(UserLoggedIn(user_id=5)) is False
    assert counted("user_logged_in", "dropped") == before + 1


async def test_a_full_queue_drops_the_event(redis: FakeAsyncRedis) -> None:
    tracker = EventTracker(MessageQueue(redis, STREAM, group=GROUP, max_length=1))

    assert await tracker.track(UserLoggedIn(user_id=5)) is True
    assert await tracker.track(UserLoggedIn(user_id=5)) is False


async def test_nobody_waits_for_a_slow_queue(
    redis: FakeAsyncRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_: str) -> str:
        await asyncio.Event().wait()
        raise AssertionError

    queue = MessageQueue(redis, STREAM, group=GROUP)
    monkeypatch.setattr(queue, "publish", hang)

    async with asyncio.timeout(10):
        assert (
            await EventTracker(queue, timeout_seconds=0.01).track(UserLoggedIn(user_id=5)) is False
        )


async def test_an_event_is_stored_once(db: AsyncSession) -> None:
    event = RecordChanged(user_id=3, model="thing", record_id=4, action="created")
    repeated = counted("record_changed", "repeated")

    assert await store_event(db, event.model_dump_json()) is True
    assert await store_event(db, event.model_dump_json()) is False

    (row,), total = await AnalyticsEventRepository(db).page(limit=10, offset=0)
    assert total == 1
    assert row.event_id == event.event_id
    assert row.occurred_at == event.occurred_at
    assert (row.name, row.user_id) == ("record_changed", 3)
    assert row.properties == {"model": "thing", "record_id": 4, "action": "created"}
    assert counted("record_changed", "repeated") == repeated + 1


async def test_events_are_counted_by_name_from_a_moment_on(db: AsyncSession) -> None:
    now = datetime.now(UTC)
    for age in (1, 2, 9):
        event = UserLoggedIn(user_id=1, occurred_at=now - timedelta(days=age))
        await store_event(db, event.model_dump_json())
    await store_event(db, UserRegistered(user_id=1, occurred_at=now).model_dump_json())
    events = AnalyticsEventRepository(db)

    assert await events.count_by_name(now - timedelta(days=7)) == {
        "user_logged_in": 2,
        "user_registered": 1,
    }
    assert (await events.count_by_name(LONG_AGO))["user_logged_in"] == 3


async def test_what_occurred_before_a_moment_can_be_deleted(db: AsyncSession) -> None:
    now = datetime.now(UTC)
    for age in (1, 9, 10):
        event = UserLoggedIn(user_id=1, occurred_at=now - timedelta(days=age))
        await store_event(db, event.model_dump_json())
    events = AnalyticsEventRepository(db)

    assert await events.delete_before(now - timedelta(days=7)) == 2
    assert await events.count_by_name(LONG_AGO) == {"user_logged_in": 1}
