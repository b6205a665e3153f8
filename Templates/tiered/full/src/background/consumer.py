"""The process that stores analytics events: python -m src.background.consumer"""

import asyncio
import os
import signal
import socket

import structlog
from prometheus_client import start_http_server

from src.analytics.tracking import GROUP, STREAM, store_event
from src.background.heartbeat import beat
from src.core.config import Settings, SettingsError, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.core.redis import create_redis
from src.integrations.message_queue import Consumer, Message, MessageQueue
from src.monitoring.metrics import current_registry
from src.monitoring.setup import start_monitoring

logger = structlog.get_logger(__name__)

BLOCK_SECONDS = 1.0


async def consume(settings: Settings, redis_url: str) -> None:
    """Stores events until the process is asked to stop."""
    engine = create_database_engine(settings)
    sessions = create_session_factory(engine)

    async def handle(message: Message) -> None:
        async with sessions() as session:
            await store_event(session, message.body)

    try:
        async with create_redis(redis_url, timeout_seconds=BLOCK_SECONDS + 4) as redis:
            consumer = Consumer(
                MessageQueue(redis, STREAM, group=GROUP),
                handle,
                # Its own for each process, or Redis would take several for one.
                name=f"{socket.gethostname()}-{os.getpid()}",
                block_ms=int(BLOCK_SECONDS * 1000),
            )
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, consumer.stop)
            logger.info("consumer_started", stream=STREAM)
            await consumer.run(on_round=beat)
            logger.info("consumer_stopped")
    finally:
        await engine.dispose()


def main() -> None:
    try:
        settings = get_settings()
    except SettingsError as error:
        raise SystemExit(f"error: {error}") from None
    if settings.redis_url is None:
        raise SystemExit("error: REDIS_URL is not set, so there is nothing to consume")
    start_monitoring(settings)
    if settings.metrics_port is not None:
        start_http_server(settings.metrics_port, registry=current_registry())
    asyncio.run(consume(settings, settings.redis_url))


if __name__ == "__main__":
    main()
