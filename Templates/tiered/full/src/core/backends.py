"""What the service works with besides its database, opened and closed with the application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from src.analytics.tracking import GROUP, STREAM, EventTracker
from src.background.dispatch import TaskDispatcher
from src.core.cache import Cache
from src.core.config import Settings
from src.core.redis import create_redis
from src.integrations.message_queue import MessageQueue


@dataclass(frozen=True)
class Backends:
    """Without Redis, `redis` and `queue` are absent, and the others do nothing."""

    redis: Redis | None
    queue: MessageQueue | None
    cache: Cache
    tracker: EventTracker
    tasks: TaskDispatcher


def build_backends(settings: Settings, redis: Redis | None) -> Backends:
    queue = MessageQueue(redis, STREAM, group=GROUP) if redis is not None else None
    return Backends(
        redis=redis,
        queue=queue,
        cache=Cache(redis, ttl_seconds=settings.cache_ttl_seconds),
        tracker=EventTracker(queue),
        tasks=TaskDispatcher(enabled=redis is not None),
    )


@asynccontextmanager
async def open_backends(settings: Settings) -> AsyncIterator[Backends]:
    redis = create_redis(settings.redis_url) if settings.redis_url else None
    try:
        yield build_backends(settings, redis)
    finally:
        if redis is not None:
            await redis.aclose()
