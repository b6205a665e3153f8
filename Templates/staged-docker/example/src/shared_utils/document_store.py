"""Keeps documents in PostgreSQL: what is known stays known, whichever input comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import psycopg

from shared_utils.documents import Document

_CREATE_TABLE = """
CREATE TABLE IF NOT EXISTS documents (
    id text PRIMARY KEY,
    title text NOT NULL,
    body text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
)
"""

# No row comes back for a document that is unchanged; xmax is 0 in a row that was just inserted.
_SAVE = """
INSERT INTO documents (id, title, body) VALUES (%s, %s, %s)
ON CONFLICT (id) DO UPDATE
SET title = excluded.title, body = excluded.body, changed_at = now()
WHERE (documents.title, documents.body) IS DISTINCT FROM (excluded.title, excluded.body)
RETURNING (xmax = 0)
"""


@dataclass(frozen=True)
class Changes:
    """What saving an input did to the store."""

    added: int
    changed: int
    unchanged: int
    removed: int


class DocumentStore(Protocol):
    def save(self, documents: Sequence[Document], *, replace: bool) -> Changes:
        """Adds and updates; with `replace` also removes what is not among the documents."""

    def load_all(self) -> list[Document]:
        """All documents, ordered by id."""


class PostgresDocumentStore:
    """A `DocumentStore` in one transaction of the given connection."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._connection.execute(_CREATE_TABLE)

    def save(self, documents: Sequence[Document], *, replace: bool) -> Changes:
        added = changed = removed = 0
        for document in documents:
            row = self._connection.execute(
                _SAVE, (document.id, document.title, document.text)
            ).fetchone()
            if row is not None:
                added += row[0]
                changed += not row[0]
        if replace:
            kept = [document.id for document in documents]
            removed = self._connection.execute(
                "DELETE FROM documents WHERE id <> ALL(%s)", (kept,)
            ).rowcount
        return Changes(added, changed, len(documents) - added - changed, removed)

    def load_all(self) -> list[Document]:
        # Without a collation the order would depend on the server's language.
        rows = self._connection.execute(
            'SELECT id, title, body FROM documents ORDER BY id COLLATE "C"'
        )
        return [Document(*row) for row in rows]
