"""How the process lives: signals stop it, failures end it, and it ends in time.

After a stop signal, requests have `ShutdownTimes.grace` to finish. Whatever still runs at its
`deadline` is not waited for.
"""

import asyncio
import atexit
import faulthandler
import gc
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from types import FrameType, TracebackType
from typing import Any, ClassVar, NoReturn, Protocol, Self

import structlog

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ShutdownTimes:
    """How long the parts of the end may take, in seconds from the stop signal on."""

    # Requests; one that ends 0.1 s before that has its answer sent in time.
    grace: float = 1.6
    # The process itself.
    deadline: float = 1.9

    # From the end of the grace to the deadline, for the tasks and for the exit handler.
    LEAST_AFTER_GRACE: ClassVar[float] = 0.3

    @property
    def tasks(self) -> float:
        """All tasks: the server needs a moment to cut off what is left."""
        return self.grace + 0.1

    @property
    def exit_handler(self) -> float:
        """The exit handler, from its own start: what is left, but for a moment to exit in."""
        return self.deadline - self.tasks - 0.05

    @property
    def exit_handler_after_failure(self) -> float:
        """Nobody waits for a service that ends by itself: there is time to tell of it."""
        return max(3.0, self.exit_handler)


DEFAULT_TIMES = ShutdownTimes()


class BreakingError(Exception):
    """A task ended although the service was to go on."""

    def __init__(self, task_name: str, reason: str) -> None:
        super().__init__(f"task {task_name!r} failed: {reason}")


class AsyncTaskManager:
    """The tasks of the service: they stop together, and if one dies, all of them stop."""

    def __init__(self, times: ShutdownTimes = DEFAULT_TIMES) -> None:
        self.stop_signal = asyncio.Event()
        self._times = times
        self._tasks: set[asyncio.Task[None]] = set()
        self._breaking_error: BreakingError | None = None

    def add_task(self, coro: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Starts a task; the name is what the log calls it."""
        task = asyncio.create_task(coro, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def catch_breaking_errors(self) -> None:
        """Waits for the stop signal, and then for all tasks.

        A task that dies sets the stop signal. Tasks see it and end themselves; those that are
        still there after `ShutdownTimes.tasks` are cancelled.

        Raises:
            BreakingError: A task died; the first one, if several did.
        """
        await self.stop_signal.wait()
        tasks = self._tasks - {asyncio.current_task()}
        if tasks:
            _, overdue = await asyncio.wait(tasks, timeout=self._times.tasks)
            for task in overdue:
                logger.warning("task_cut_off", task=task.get_name())
                task.cancel()
        if self._breaking_error is not None:
            raise self._breaking_error

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, BreakingError):
            return
        if error is not None:
            logger.error("task_failed", task=task.get_name(), reason=repr(error), exc_info=error)
            reason = repr(error)
        elif task.cancelled() and not self.stop_signal.is_set():
            logger.error("task_failed", task=task.get_name(), reason="cancelled")
            reason = "cancelled"
        else:
            return
        if self._breaking_error is None:
            self._breaking_error = BreakingError(task.get_name(), reason)
            self._breaking_error.__cause__ = error
        self.stop_signal.set()


class HasReadiness(Protocol):
    """What answers the question whether it can be sent requests."""

    ready: bool


type ExitHandler = Callable[
    [type[BaseException] | None, BaseException | None, TracebackType | None], Awaitable[None]
]


class GracefulExit:
    """Cleans up after the block, however it ends, and turns its end into `exit_code`."""

    def __init__(
        self, *, app: HasReadiness, exit_handler: ExitHandler, times: ShutdownTimes = DEFAULT_TIMES
    ) -> None:
        self.app = app
        self.exit_handler = exit_handler
        self.exit_code = 0
        self._times = times

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> bool:
        self.app.ready = False
        seconds = self._times.exit_handler
        if exc_val is not None:
            self.exit_code = 1
            seconds = self._times.exit_handler_after_failure
            logger.error("service_failed", reason=str(exc_val) or repr(exc_val))
        try:
            async with asyncio.timeout(seconds):
                await self.exit_handler(exc_type, exc_val, exc_tb)
        except Exception as error:
            logger.warning("exit_handler_failed", reason=repr(error), exc_info=error)
        logger.info("service_stopped", exit_code=self.exit_code)
        # What cancels or interrupts the loop is not ours to keep.
        return isinstance(exc_val, Exception)


def stop_on_signals(stop_signal: asyncio.Event, times: ShutdownTimes) -> None:
    """Lets SIGINT and SIGTERM set the stop signal, and end the process at the deadline."""
    loop = asyncio.get_running_loop()

    # Not a handler of the loop: this one is heard even while something blocks the loop.
    def on_signal(number: int, _frame: FrameType | None) -> None:
        # The first signal counts: others do not move the deadline
        if loop.is_closed() or any(signal.getitimer(signal.ITIMER_REAL)):
            return
        end_by_deadline(0, times)
        # In a context of its own, or the log would call it part of the request that it interrupts
        stop = partial(_stop, stop_signal, signal.Signals(number).name)
        loop.call_soon_threadsafe(stop, context=Context())

    for number in STOP_SIGNALS:
        signal.signal(number, on_signal)
    # Once all is done that can take long, the interpreter gives up its handlers, and the alarm of
    # the deadline would be just another signal to die of. What is registered first runs last.
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)


def _stop(stop_signal: asyncio.Event, reason: str) -> None:
    logger.info("stopping", signal=reason)
    stop_signal.set()


def end_by_deadline(exit_code: int, times: ShutdownTimes) -> None:
    """Ends the process at the deadline, unless it has ended: what hangs is shown and left."""

    def on_deadline(_number: int, _frame: FrameType | None) -> None:
        faulthandler.dump_traceback()
        os._exit(exit_code)

    signal.signal(signal.SIGALRM, on_deadline)
    signal.setitimer(signal.ITIMER_REAL, times.deadline)


def wrap_in_system_exit(exit_code: int) -> NoReturn:
    """Ends the process with what `main()` returned."""
    # Or the interpreter would look for garbage among all modules first, for a third of a second
    gc.freeze()
    raise SystemExit(exit_code)
