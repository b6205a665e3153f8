"""Statistics, as JSON."""

from datetime import datetime

from src.schemas.base import Schema


class EventCounts(Schema):
    """How often each kind of event has occurred since a moment."""

    since: datetime
    counts: dict[str, int]
