"""What customers do, as it comes from queues, files and the database."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
# Neither end of the calendar: there, a moment of one time zone does not exist in another.
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(9999, 1, 1, tzinfo=UTC)),
]


class EventKind(StrEnum):
    SESSION = "session"
    PURCHASE = "purchase"
    SUPPORT_TICKET = "support_ticket"


class CustomerEvent(BaseModel):
    """One thing that a customer did; `event_id` is what makes two deliveries the same event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: Identifier
    customer_id: Identifier
    kind: EventKind
    amount: Decimal = Field(default=Decimal(0), ge=0, max_digits=12, decimal_places=2)
    occurred_at: Moment


def read_rows(file: TextIO) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by the names in its first line."""
    yield from csv.DictReader(file)


def read_events(path: Path) -> list[CustomerEvent]:
    with path.open(encoding="utf-8", newline="") as file:
        return [CustomerEvent.model_validate(row) for row in read_rows(file)]
