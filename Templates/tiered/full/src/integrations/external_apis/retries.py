"""When to try a call again, and how long to wait before."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# A gateway or an overloaded server says these; another attempt may well succeed.
RETRYABLE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class RetryPolicy:
    """Waits a random time below `base_seconds` * 2^attempt ("full jitter"), so that clients that
    failed together do not return together."""

    attempts: int = 3
    base_seconds: float = 0.2
    max_seconds: float = 5.0
    uniform: Callable[[float, float], float] = field(default=random.uniform, repr=False)

    def delay(self, attempt: int, retry_after: float | None = None) -> float | None:
        """Seconds to wait after the given attempt, counted from 1; None when there is no other.

        What the server asks for counts, but waiting longer than `max_seconds` is left to whoever
        can afford it, such as a task queue.
        """
        if attempt >= self.attempts:
            return None
        if retry_after is not None:
            return retry_after if retry_after <= self.max_seconds else None
        ceiling = min(self.max_seconds, self.base_seconds * 2.0 ** (attempt - 1))
        return self.uniform(0.0, ceiling)


def parse_retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds of a `Retry-After` header, which is a number or a date; None if it is neither."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
