"""What the service stores, in a real PostgreSQL: DATABASE_URL says where."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from src.database.engine import ping
from src.database.events import EventsRejectedError, EventStore
from src.database.models import Prediction
from src.database.predictions import find_prediction, save_predictions
<<@if EXAMPLE>>
from src.feature_engineering.events import EventKind
<<@end>>
from tests.fixtures.builders import FEATURES, an_event
from tests.fixtures.environment import environment
from tests.fixtures.fakes import AS_OF


def test_connections_that_the_server_closed_are_replaced(
    postgres: Engine, connect_to: Callable[[str], Engine]
) -> None:
    engine = connect_to(postgres.url.render_as_string(hide_password=False))
    with engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
    with postgres.connect() as connection:
        assert connection.scalar(text(f"SELECT pg_terminate_backend({backend}, 30000)"))
    ping(engine)


def test_migrations_lead_to_the_tables_of_the_code(postgres: Engine) -> None:
    with postgres.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_replicas_may_migrate_at_once(postgres: Engine, tmp_path: Path) -> None:
    with postgres.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {table}"))
    settings = environment(DATABASE_URL=postgres.url.render_as_string(hide_password=False))
    replicas = [
        subprocess.Popen([sys.executable, "-m", "src.database.migrate"], cwd=tmp_path, env=settings)
        for _ in range(3)
    ]
    assert [replica.wait(timeout=60) for replica in replicas] == [0, 0, 0]
    assert "predictions" in inspect(postgres).get_table_names()


def test_events_are_kept_once(postgres: Engine) -> None:
    store = EventStore(postgres)
    events = [
        an_event("e1"<<@if EXAMPLE>>, kind=EventKind.PURCHASE, amount="9999999999.99"<<@end>>),
        an_event("e2", occurred_at=AS_OF - timedelta(microseconds=1)),
    ]
    assert store.add([*events, events[0]]) == 2
    assert store.add([events[0], an_event("e3")]) == 1
    assert sorted(store.read(), key=lambda event: event.event_id) == [*events, an_event("e3")]


def test_workers_may_store_the_same_events_at_once(postgres: Engine) -> None:
    events = [an_event(f"e{number}") for number in range(200)]
    with ThreadPoolExecutor(4) as workers:
        added = list(workers.map(EventStore(postgres).add, [events, events[::-1]] * 2))
    assert sum(added) == len(events)


def test_what_the_database_refuses_is_another_error_than_an_outage(postgres: Engine) -> None:
    with postgres.begin() as connection:
        connection.execute(text("ALTER TABLE customer_events ADD CHECK (customer_id <> 'refused')"))
    store = EventStore(postgres)
    with pytest.raises(EventsRejectedError):
        store.add([an_event("e1"), an_event("e2", "refused")])
    assert list(store.read()) == []


def test_a_prediction_is_found_again(postgres: Engine) -> None:
    prediction = Prediction(
        customer_id="c1",
        probability=0.123456789012345,
        churn=False,
        threshold=0.5,
        model_name="churn",
        model_version="3",
        schema_version="1",
        features=FEATURES,
        features_as_of=AS_OF,
        request_id="r1",
    )
    save_predictions(postgres, [prediction])
    found = find_prediction(postgres, prediction.id)
    assert found is not None
    assert found.model_dump() == prediction.model_dump()
