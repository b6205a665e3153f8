"""Real servers, for those tests that need them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from src.database.migrate import migrate
from tests.fixtures.environment import url_of_server


@pytest.fixture
def postgres() -> Iterator[Engine]:
    """The database of DATABASE_URL, in a schema of the test's own, migrated."""
    url = make_url(url_of_server("DATABASE_URL"))
    schema = f"test_{uuid4().hex}"
    outer = create_engine(url)
    with outer.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    inner = create_engine(url.update_query_dict({"options": f"-csearch_path={schema}"}))
    try:
        migrate(inner)
        yield inner
    finally:
        inner.dispose()
        with outer.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        outer.dispose()
