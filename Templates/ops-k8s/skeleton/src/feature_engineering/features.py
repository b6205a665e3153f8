"""The features: computed here for training, for the pipeline and therefore for serving."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from src.feature_engineering.events import CustomerEvent

WINDOW = timedelta(days=30)

_DAY = timedelta(days=1)


@dataclass
class CustomerActivity:
    """What the features of one customer are made of.

    Events may be added in any order, and parts may be merged: that is what lets the pipeline
    spread the work. What happened at `as_of` or later is not seen.
    """

    as_of: datetime
    last: datetime | None = None
    days: set[int] = field(default_factory=set)

    def add(self, event: CustomerEvent) -> None:
        if event.occurred_at >= self.as_of:
            return
        self._see(event.occurred_at)
        if event.occurred_at > self.as_of - WINDOW:
            # Days are counted back from `as_of`, so that they do not depend on a time zone.
            self.days.add((self.as_of - event.occurred_at) // _DAY)

    def merge(self, other: Self) -> None:
        if other.last is not None:
            self._see(other.last)
        self.days |= other.days

    def features(self) -> dict[str, float] | None:
        """The values by name, or nothing for a customer who was not yet seen."""
        if self.last is None:
            return None
        return {
            "days_since_last_activity": (self.as_of - self.last) / _DAY,
            "active_days_30d": float(len(self.days)),
        }

    def _see(self, moment: datetime) -> None:
        self.last = moment if self.last is None else max(self.last, moment)


def choose(events: Iterable[CustomerEvent]) -> CustomerEvent:
    """Which of several events with one id counts: the same one, in whatever order they come."""
    return min(events, key=lambda event: (event.occurred_at, event.customer_id))


def compute_features(
    events: Iterable[CustomerEvent], as_of: datetime
) -> dict[str, dict[str, float]]:
    """The features of every customer by id; an event that comes twice counts once."""
    by_id: dict[str, list[CustomerEvent]] = defaultdict(list)
    for event in events:
        by_id[event.event_id].append(event)
    customers: dict[str, CustomerActivity] = {}
    for event in map(choose, by_id.values()):
        customers.setdefault(event.customer_id, CustomerActivity(as_of)).add(event)
    computed = ((customer, activity.features()) for customer, activity in customers.items())
    return {customer: values for customer, values in computed if values is not None}
