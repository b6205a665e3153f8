"""Features in a table beside the predictions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, tuple_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from src.database.engine import connect, insert_into, ping
from src.database.models import StoredFeatures, utc_now
from src.feature_store.base import FeatureRow, FeatureStoreUnavailableError, newest_rows
from src.utils.settings import DatabaseSettings


class PostgresFeatureStore:
    def __init__(
        self,
        engine: Engine,
        ttl: timedelta,
        schema_version: str,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine = engine
        self._ttl = ttl
        self._schema_version = schema_version
        self._clock = clock

    def write(self, rows: Sequence[FeatureRow]) -> int:
        if not rows:
            return 0
        now = self._clock()
        insert = insert_into(self._engine, StoredFeatures).values(
            [
                {
                    "customer_id": row.customer_id,
                    "schema_version": self._schema_version,
                    "feature_values": dict(row.values),
                    "as_of": row.as_of,
                    "expires_at": now + self._ttl,
                }
                for row in newest_rows(rows)
            ]
        )
        changed = ("feature_values", "as_of", "expires_at")
        statement = insert.on_conflict_do_update(
            index_elements=["customer_id", "schema_version"],
            set_={column: insert.excluded[column] for column in changed},
            where=(col(StoredFeatures.as_of) <= insert.excluded.as_of)
            | (col(StoredFeatures.expires_at) <= now),
        ).returning(col(StoredFeatures.customer_id))
        # Rows that another writer holds are left to it, so that two never wait for each other.
        expired = (
            select(StoredFeatures.customer_id, StoredFeatures.schema_version)
            .where(col(StoredFeatures.expires_at) <= now)
            .with_for_update(skip_locked=True)
        )
        key = tuple_(col(StoredFeatures.customer_id), col(StoredFeatures.schema_version))
        with _errors_as_unavailable(), self._engine.begin() as connection:
            written = len(connection.execute(statement).all())
            connection.execute(delete(StoredFeatures).where(key.in_(expired)))
        return written

    def read(self, customer_ids: Sequence[str]) -> dict[str, FeatureRow]:
        query = select(StoredFeatures).where(
            col(StoredFeatures.customer_id).in_(customer_ids),
            col(StoredFeatures.schema_version) == self._schema_version,
            col(StoredFeatures.expires_at) > self._clock(),
        )
        with _errors_as_unavailable(), Session(self._engine) as session:
            return {
                row.customer_id: FeatureRow(row.customer_id, row.feature_values, row.as_of)
                for row in session.exec(query)
            }

    def ping(self) -> None:
        with _errors_as_unavailable():
            ping(self._engine)

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def _errors_as_unavailable() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise FeatureStoreUnavailableError(f"PostgreSQL: {type(error).__name__}") from error


def open_postgres_store(
    ttl: timedelta, schema_version: str, engine: Engine | None
) -> PostgresFeatureStore:
    """With the connections that the process has, or with its own."""
    return PostgresFeatureStore(engine or connect(DatabaseSettings()), ttl, schema_version)
