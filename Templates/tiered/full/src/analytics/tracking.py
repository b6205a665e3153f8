"""Sends events to the queue, and stores what comes out of it."""

import asyncio

import structlog
from redis.exceptions import RedisError
from sqlmodel.ext.asyncio.session import AsyncSession

from src.analytics.events import Event, parse_event
from src.core.redis import KEY_PREFIX
from src.integrations.message_queue import MessageQueue, QueueFullError
from src.models.analytics_event import AnalyticsEvent
from src.monitoring.metrics import EVENTS
from src.repositories.analytics_event import AnalyticsEventRepository

logger = structlog.get_logger(__name__)

STREAM = f"{KEY_PREFIX}analytics-events"
GROUP = "analytics"


class EventTracker:
    """Publishes events. An event that cannot be published is counted and dropped: nobody's request
    fails, or waits for longer than `timeout_seconds`, for the sake of statistics."""

    def __init__(self, queue: MessageQueue | None, *, timeout_seconds: float = 1.0) -> None:
        self._queue = queue
        self._timeout_seconds = timeout_seconds

    async def track(self, event: Event) -> bool:
        """Whether the event is in the queue."""
        if self._queue is None:
            EVENTS.labels(event.name, "disabled").inc()
            return False
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._queue.publish(event.model_dump_json())
        except (RedisError, QueueFullError, TimeoutError) as error:
            logger.warning("event_dropped", event_name=event.name, error=repr(error))
            EVENTS.labels(event.name, "dropped").inc()
            return False
        EVENTS.labels(event.name, "published").inc()
        return True


async def store_event(session: AsyncSession, body: str) -> bool:
    """Writes the event of a message into the database; false if it was there already."""
    event = parse_event(body)
    is_new = await AnalyticsEventRepository(session).add_once(
        AnalyticsEvent(
            event_id=event.event_id,
            name=event.name,
            occurred_at=event.occurred_at,
            user_id=event.user_id,
            properties=event.properties(),
        )
    )
    EVENTS.labels(event.name, "stored" if is_new else "repeated").inc()
    return is_new
