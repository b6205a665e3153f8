"""Keeps documents in PostgreSQL: what is known stays known, whichever input comes next."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import psycopg

from shared_utils.documents import Document
from shared_utils.errors import StepError

log = logging.getLogger(__name__)

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
class DatabaseArgs:
    """Where the database is and how to get in."""

    host: str
    port: int
    name: str
    user: str
    wait_seconds: int
    password: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.name}"


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


@contextmanager
def open_store(args: DatabaseArgs) -> Iterator[DocumentStore]:
    """A store whose changes are kept if the block ends well, and undone if it does not."""
    with _connect(args) as connection:
        try:
            yield PostgresDocumentStore(connection)
        except psycopg.Error as error:
            raise StepError(f"the database {args} refused: {_one_line(error)}") from None


def _connect(args: DatabaseArgs) -> psycopg.Connection:
    deadline = time.monotonic() + args.wait_seconds
    while True:
        try:
            return psycopg.connect(
                host=args.host,
                port=args.port,
                dbname=args.name,
                user=args.user,
                password=args.password,
                connect_timeout=5,
            )
        except psycopg.OperationalError as error:
            reason = _one_line(error)
            if "authentication failed" in reason:
                raise StepError(
                    f"the database {args} does not accept POSTGRES_PASSWORD: {reason};"
                    " it keeps the password that it was first started with"
                ) from None
            if time.monotonic() >= deadline:
                raise StepError(
                    f"the database {args} does not answer: {reason};"
                    " in DEV it is started by:"
                    " docker compose -f docker-compose.dev.yml up -d --wait"
                ) from None
            log.info("waiting for the database %s", args)
            time.sleep(1)


def _one_line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
