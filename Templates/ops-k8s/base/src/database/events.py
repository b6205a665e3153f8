"""Keeps events: each once, however often it is delivered."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError, StatementError
from sqlmodel import Session, col, select

from src.database.engine import insert_into
from src.database.models import StoredEvent
from src.feature_engineering.events import CustomerEvent


class EventStoreUnavailableError(Exception):
    """The database does not answer as it should; the same events may be given again later."""


class EventsRejectedError(Exception):
    """The database does not take at least one of these events, now or later."""


class EventStore:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, events: Sequence[CustomerEvent]) -> int:
        """Stores all of them or none, and says how many were not there before."""
        if not events:
            return 0
        # In one order for all workers, or two with the same events would wait for each other.
        by_id = {event.event_id: event for event in sorted(events, key=lambda each: each.event_id)}
        rows = [StoredEvent(**event.model_dump()).model_dump() for event in by_id.values()]
        statement = (
            insert_into(self._engine, StoredEvent)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["event_id"])
            .returning(col(StoredEvent.event_id))
        )
        try:
            with self._engine.begin() as connection:
                return len(connection.execute(statement).all())
        except SQLAlchemyError as error:
            # A plain StatementError comes before the database is asked: a value cannot be sent.
            if isinstance(error, DataError | IntegrityError) or type(error) is StatementError:
                raise EventsRejectedError(type(error.orig).__name__) from error
            raise EventStoreUnavailableError(type(error).__name__) from error

    def read(self) -> Iterator[CustomerEvent]:
        """All events, a part at a time."""
        with Session(self._engine) as session:
            for row in session.exec(select(StoredEvent).execution_options(yield_per=1000)):
                yield CustomerEvent.model_validate(row.model_dump(exclude={"received_at"}))
