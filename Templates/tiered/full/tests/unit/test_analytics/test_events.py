import json
import uuid
from datetime import UTC, datetime

import pytest

from src.analytics.events import RecordChanged, UserLoggedIn, UserRegistered, parse_event
from src.integrations.message_queue import PoisonMessageError


@pytest.mark.parametrize(
    "event",
    [
        UserRegistered(user_id=1),
        UserLoggedIn(user_id=2),
        RecordChanged(user_id=3, model="thing", record_id=4, action="deleted"),
    ],
)
def test_an_event_survives_the_journey(
    event: UserRegistered | UserLoggedIn | RecordChanged,
) -> None:
    assert parse_event(event.model_dump_json()) == event


def test_every_event_has_its_own_id_and_a_moment_in_utc() -> None:
    first, second = UserLoggedIn(user_id=1), UserLoggedIn(user_id=1)

    assert first.event_id != second.event_id
    assert first.occurred_at.tzinfo is UTC
    assert abs((datetime.now(UTC) - first.occurred_at).total_seconds()) < 60


def test_properties_are_what_other_kinds_do_not_have() -> None:
    assert UserLoggedIn(user_id=1).properties() == {}
    changed = RecordChanged(user_id=3, model="thing", record_id=4, action="created")
    assert changed.properties() == {"model": "thing", "record_id": 4, "action": "created"}


GOOD = {
    "name": "user_logged_in",
    "user_id": 1,
    "event_id": str(uuid.uuid4()),
    "occurred_at": "2026-01-02T03:04:05Z",
}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        json.dumps({**GOOD, "name": "user_vanished"}),
        json.dumps({**GOOD, "user_id": "somebody"}),
        json.dumps({**GOOD, "occurred_at": "2026-01-02T03:04:05"}),
        json.dumps({**GOOD, "email": "ann@example.com"}),
    ],
)
def test_what_is_no_event_is_poison(body: str) -> None:
    with pytest.raises(PoisonMessageError, match="not an event") as error:
        parse_event(body)

    assert "ann@example.com" not in str(error.value)


def test_the_good_example_is_one() -> None:
    assert parse_event(json.dumps(GOOD)).user_id == 1
