"""Takes messages from the queue and hands them to a handler until it is stopped."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.exceptions import RedisError

from src.integrations.message_queue.messages import Message, PoisonMessageError
from src.integrations.message_queue.streams import MessageQueue
from src.monitoring.metrics import QUEUE_MESSAGES

logger = structlog.get_logger(__name__)

Handler = Callable[[Message], Awaitable[None]]


class Consumer:
    """Runs the handler for one message after another.

    A message is acknowledged after its handler has returned, so a handler may see it twice and has
    to be idempotent. One whose handler fails is left for a later delivery; one that the handler
    calls poison is a dead letter at once.
    """

    def __init__(
        self,
        queue: MessageQueue,
        handler: Handler,
        *,
        name: str,
        block_ms: int = 1000,
        reconnect_seconds: float = 1.0,
    ) -> None:
        self._queue = queue
        self._handler = handler
        self._name = name
        self._block_ms = block_ms
        self._reconnect_seconds = reconnect_seconds
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Lets `run` return once the messages at hand are done."""
        self._stopping.set()

    async def run(self, on_round: Callable[[], None] | None = None) -> None:
        """Works until stopped, also over a restart of Redis; `on_round` is called every round."""
        connected = False
        while not self._stopping.is_set():
            try:
                if not connected:
                    await self._queue.ensure_group()
                    connected = True
                await self.run_once()
            except RedisError as error:
                connected = False
                logger.warning("queue_unreachable", stream=self._queue.stream, error=str(error))
                await self._pause()
            if on_round is not None:
                on_round()

    async def run_once(self) -> int:
        """Handles what is there, or what comes in time; says how many messages succeeded."""
        messages = await self._queue.receive(self._name, block_ms=self._block_ms)
        return sum([await self._handle(message) for message in messages])

    async def _handle(self, message: Message) -> bool:
        with structlog.contextvars.bound_contextvars(message_id=message.id):
            try:
                await self._handler(message)
            except PoisonMessageError as error:
                logger.error("message_is_poison", error=str(error))
                await self._queue.bury(message, str(error))
                self._count("dead")
                return False
            except Exception:
                logger.exception("message_failed", deliveries=message.deliveries)
                self._count("failed")
                return False
            await self._queue.acknowledge(message)
            self._count("done")
            return True

    def _count(self, outcome: str) -> None:
        QUEUE_MESSAGES.labels(stream=self._queue.stream, outcome=outcome).inc()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._reconnect_seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
