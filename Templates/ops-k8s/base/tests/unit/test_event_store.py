from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from src.database.events import EventsRejectedError, EventStore, EventStoreUnavailableError
from src.database.models import StoredEvent, utc_now
<<@if EXAMPLE>>
from src.feature_engineering.events import EventKind
<<@end>>
from tests.fixtures.builders import an_event


@pytest.fixture
def store(engine: Engine) -> EventStore:
    return EventStore(engine)


def test_events_are_read_as_they_were_added(store: EventStore) -> None:
    events = [an_event("e1"), an_event("e2"<<@if EXAMPLE>>, kind=EventKind.PURCHASE, amount="10.50"<<@end>>)]
    assert store.add(events) == 2
    assert sorted(store.read(), key=lambda event: event.event_id) == events


def test_an_event_is_kept_once_however_often_it_comes(store: EventStore) -> None:
    assert store.add([an_event("e1"), an_event("e1")]) == 1
    assert store.add([an_event("e1"), an_event("e2")]) == 1
    assert len(list(store.read())) == 2


def test_nothing_is_added_of_nothing(store: EventStore) -> None:
    assert store.add([]) == 0


def test_the_time_of_receipt_is_kept(store: EventStore, engine: Engine) -> None:
    store.add([an_event()])
    with Session(engine) as session:
        received = session.exec(select(StoredEvent)).one().received_at
    assert timedelta(0) <= utc_now() - received < timedelta(minutes=1)


def test_a_database_that_fails_may_be_asked_again(store: EventStore, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE customer_events RENAME TO elsewhere"))
    with pytest.raises(EventStoreUnavailableError):
        store.add([an_event()])


def test_what_cannot_be_sent_to_the_database_is_refused(store: EventStore) -> None:
    before_all_in_utc = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    event = an_event().model_copy(update={"occurred_at": before_all_in_utc})
    with pytest.raises(EventsRejectedError, match="OverflowError"):
        store.add([event])


def test_what_the_database_refuses_is_another_error(store: EventStore, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER refuse BEFORE INSERT ON customer_events WHEN new.event_id = 'e2'"
                " BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    with pytest.raises(EventsRejectedError):
        store.add([an_event("e1"), an_event("e2")])
    assert list(store.read()) == []
