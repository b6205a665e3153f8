import pytest
from sqlalchemy import Engine

from src.feature_store.postgres_store import open_postgres_store
from tests.fixtures.builders import a_row
from tests.fixtures.feature_store_contract import HOUR, FeatureStoreContract
from tests.fixtures.postgres_backend import PostgresBackend


class TestPostgresFeatureStore(FeatureStoreContract):
    @pytest.fixture
    def backend(self, engine: Engine) -> PostgresBackend:
        return PostgresBackend(engine)


def test_opens_the_database_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    PostgresBackend(engine).open("7").write([a_row()])
    monkeypatch.setattr("src.feature_store.postgres_store.connect", lambda _: engine)
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    store = open_postgres_store(HOUR, "7", None)
    assert store.read(["c1"]) == {"c1": a_row()}
    assert open_postgres_store(HOUR, "8", None).read(["c1"]) == {}


def test_uses_the_connections_that_the_process_has(engine: Engine) -> None:
    PostgresBackend(engine).open().write([a_row()])
    assert open_postgres_store(HOUR, "1", engine).read(["c1"]) == {"c1": a_row()}
