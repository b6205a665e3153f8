"""Keeps records in PostgreSQL: what is known stays known, whichever input comes next."""

from collections.abc import Sequence
from typing import Any, Protocol

import psycopg
from psycopg.types.json import Jsonb

# A JSON object that has a text "id".
type Record = dict[str, Any]

_CREATE_TABLE = "CREATE TABLE IF NOT EXISTS records (id text PRIMARY KEY, body jsonb NOT NULL)"

_SAVE = """
INSERT INTO records (id, body) VALUES (%s, %s)
ON CONFLICT (id) DO UPDATE SET body = excluded.body
"""


class RecordStore(Protocol):
    def save(self, records: Sequence[Record], *, replace: bool) -> None:
        """Adds and updates; with `replace` also removes what is not among the records."""

    def load_all(self) -> list[Record]:
        """All records, ordered by id."""


class PostgresRecordStore:
    """A `RecordStore` in one transaction of the given connection."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._connection.execute(_CREATE_TABLE)

    def save(self, records: Sequence[Record], *, replace: bool) -> None:
        for record in records:
            self._connection.execute(_SAVE, (record["id"], Jsonb(record)))
        if replace:
            kept = [record["id"] for record in records]
            self._connection.execute("DELETE FROM records WHERE id <> ALL(%s)", (kept,))

    def load_all(self) -> list[Record]:
        # Without a collation the order would depend on the server's language.
        rows = self._connection.execute('SELECT body FROM records ORDER BY id COLLATE "C"')
        return [body for (body,) in rows]
