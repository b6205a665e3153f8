"""A circuit breaker: a service that keeps failing is left alone for a while."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class CircuitState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class CircuitOpenError(Exception):
    """The call was not made, because recent ones failed."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"circuit is open for another {retry_after:.1f} s")
        self.retry_after = retry_after


class CircuitBreaker:
    """Opens after `failure_threshold` failures in a row, for `recovery_seconds`.

    Then one call at a time is let through as a trial: its success closes the circuit, its failure
    opens it again. It holds nothing of an event loop, so one breaker serves many loops.
    """

    def __init__(
        self,
        *,
        failure_threshold: int = 5,
        recovery_seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._failure_threshold = failure_threshold
        self._recovery_seconds = recovery_seconds
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trial_running = False

    @property
    def state(self) -> CircuitState:
        if self._opened_at is None:
            return CircuitState.CLOSED
        return CircuitState.OPEN if self._remaining() > 0 else CircuitState.HALF_OPEN

    @contextmanager
    def call(self) -> Iterator[None]:
        """Wraps one call. An exception is a failure, the absence of one a success."""
        self._admit()
        try:
            yield
        except Exception:
            self._record_failure()
            raise
        except BaseException:
            # Cancelled: nothing was learnt about the service, but the trial is over.
            self._trial_running = False
            raise
        self._record_success()

    def _remaining(self) -> float:
        if self._opened_at is None:
            return 0.0
        return self._opened_at + self._recovery_seconds - self._clock()

    def _admit(self) -> None:
        match self.state:
            case CircuitState.OPEN:
                raise CircuitOpenError(self._remaining())
            case CircuitState.HALF_OPEN if self._trial_running:
                raise CircuitOpenError(0.0)
            case CircuitState.HALF_OPEN:
                self._trial_running = True

    def _record_success(self) -> None:
        self._failures = 0
        self._opened_at = None
        self._trial_running = False

    def _record_failure(self) -> None:
        self._failures += 1
        # Those before a trial still count, so its failure opens the circuit again.
        if self._failures >= self._failure_threshold:
            self._opened_at = self._clock()
        self._trial_running = False
