"""The contract of feature stores, with a real PostgreSQL: DATABASE_URL says where."""

import pytest
from sqlalchemy import Connection, Engine, event, text

from tests.fixtures.builders import a_row
from tests.fixtures.feature_store_contract import HOUR, FeatureStoreContract
from tests.fixtures.postgres_backend import PostgresBackend


class TestPostgresServer(FeatureStoreContract):
    @pytest.fixture
    def backend(self, postgres: Engine) -> PostgresBackend:
        return PostgresBackend(postgres)


def test_writers_do_not_wait_for_each_other_to_delete(postgres: Engine) -> None:
    @event.listens_for(postgres, "begin")
    def fail_rather_than_wait(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")

    backend = PostgresBackend(postgres)
    store = backend.open()
    store.write([a_row("c1")])
    backend.pass_time(2 * HOUR)
    with postgres.begin() as another:
        another.execute(text("SELECT * FROM features FOR UPDATE"))
        assert store.write([a_row("c2")]) == 1
    assert backend.rows() == 2
    store.write([a_row("c2")])
    assert backend.rows() == 1
