from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from src.feature_engineering.events import CustomerEvent, EventKind, read_events

VALID = {
    "event_id": "e1",
    "customer_id": "c1",
    "kind": "purchase",
    "amount": "12.30",
    "occurred_at": "2026-02-01T10:00:00+02:00",
}


def test_an_event_is_read_from_text() -> None:
    event = CustomerEvent.model_validate(VALID)
    assert event.kind is EventKind.PURCHASE
    assert event.amount == Decimal("12.30")
    assert event.occurred_at == datetime(2026, 2, 1, 8, tzinfo=UTC)


def test_only_a_purchase_need_say_an_amount() -> None:
    event = CustomerEvent.model_validate({**VALID, "kind": "session"} | {"amount": "0"})
    without = {name: value for name, value in VALID.items() if name != "amount"}
    assert CustomerEvent.model_validate({**without, "kind": "session"}) == event


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_id", ""),
        ("event_id", "e" * 65),
        ("customer_id", "c\x001"),
        ("customer_id", "c 1"),
        ("customer_id", "c1\n"),
        ("kind", "refund"),
        ("amount", "-0.01"),
        ("amount", "0.001"),
        ("amount", "12345678901.00"),
        ("amount", "NaN"),
        ("occurred_at", "2026-02-01T10:00:00"),
        ("occurred_at", "0001-01-01T00:00:00+14:00"),
        ("occurred_at", "9999-12-31T23:59:59-12:00"),
        ("occurred_at", "1969-12-31T23:59:59Z"),
        ("occurred_at", "9999-01-01T00:00:00Z"),
        ("surprise", "?"),
    ],
)
def test_what_is_no_event_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as raised:
        CustomerEvent.model_validate(VALID | {field: value})
    assert [problem["loc"][0] for problem in raised.value.errors()] == [field]


def test_a_file_is_read_by_the_names_in_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "customer_id,occurred_at,kind,event_id,amount\nc9,2026-02-01T10:00:00Z,session,e9,0\n",
        encoding="utf-8",
    )
    [event] = read_events(path)
    assert (event.event_id, event.customer_id, event.kind) == ("e9", "c9", EventKind.SESSION)
