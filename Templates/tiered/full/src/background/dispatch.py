"""Hands work from a request to the workers."""

import asyncio

import structlog
from celery import Task
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)


class TaskDispatcher:
    """Puts tasks into the broker; a broker that does not answer is logged, not the user's error."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled

    async def enqueue(self, task: Task[..., object], *arguments: int | str) -> bool:
        """Whether the task is in the broker."""
        if not self._enabled:
            logger.info("task_not_enqueued", task=task.name, reason="no REDIS_URL")
            return False
        try:
            # Celery's client blocks; the thread has this request's id, for the task's logs. Nobody
            # here waits for a result, for which the client would wait for Redis to come back.
            await asyncio.to_thread(task.apply_async, args=arguments, ignore_result=True)
        except OperationalError as error:
            logger.error("task_not_enqueued", task=task.name, reason=str(error))
            return False
        return True
