"""The contract of feature stores, with a real PostgreSQL: DATABASE_URL says where."""

import pytest
from sqlalchemy import Engine

from tests.fixtures.feature_store_contract import FeatureStoreContract
from tests.fixtures.postgres_backend import PostgresBackend


class TestPostgresServer(FeatureStoreContract):
    @pytest.fixture
    def backend(self, postgres: Engine) -> PostgresBackend:
        return PostgresBackend(postgres)
