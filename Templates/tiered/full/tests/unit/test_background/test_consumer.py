import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from fakeredis import FakeAsyncRedis, FakeServer
from sqlmodel import Session, create_engine, select

from src.analytics.events import UserLoggedIn
from src.analytics.tracking import GROUP, STREAM
from src.background import consumer, heartbeat
from src.core.config import Settings
from src.core.database import Base
from src.integrations.message_queue import Message, MessageQueue, QueueDepth
from src.models.analytics_event import AnalyticsEvent


async def test_events_are_stored_until_the_process_is_stopped(
    settings: Settings,
    redis: FakeAsyncRedis,
    redis_server: FakeServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"sqlite:///{tmp_path}/events.db"
    engine = create_engine(url)
    Base.metadata.create_all(engine)

    def connect(_: str, *, timeout_seconds: float) -> FakeAsyncRedis:
        # A blocking read has to end before the connection counts as dead
        assert timeout_seconds > consumer.BLOCK_SECONDS
        return FakeAsyncRedis(server=redis_server, decode_responses=True)

    stops: list[Callable[[], None]] = []
    rounds = 0
    receive = MessageQueue.receive

    async def receive_and_stop(
        self: MessageQueue, name: str, *, block_ms: int | None = None
    ) -> list[Message]:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            # As SIGTERM does
            stops[0]()
        return await receive(self, name, block_ms=block_ms)

    monkeypatch.setattr(MessageQueue, "receive", receive_and_stop)
    monkeypatch.setattr(consumer, "create_redis", connect)
    monkeypatch.setattr(consumer, "BLOCK_SECONDS", 0.01)
    monkeypatch.setattr(consumer, "beat", lambda: heartbeat.beat(tmp_path / "heartbeat"))
    monkeypatch.setattr(
        asyncio.get_running_loop(), "add_signal_handler", lambda _, stop: stops.append(stop)
    )
    queue = MessageQueue(redis, STREAM, group=GROUP)
    event = UserLoggedIn(user_id=5)
    for body in (event.model_dump_json(), "poison", event.model_dump_json()):
        await queue.publish(body)

    await consumer.consume(settings.model_copy(update={"database_url": url}), "redis://fake.test")

    with Session(engine) as session:
        assert [row.event_id for row in session.exec(select(AnalyticsEvent))] == [event.event_id]
    engine.dispose()
    assert len(stops) == 2
    assert await queue.depth() == QueueDepth(waiting=0, pending=0, dead=1)
    assert (tmp_path / "heartbeat").exists()


def test_without_redis_it_says_what_is_missing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = settings.model_copy(update={"redis_url": None})
    monkeypatch.setattr(consumer, "get_settings", lambda: changed)

    with pytest.raises(SystemExit, match="REDIS_URL is not set"):
        consumer.main()
