"""Gets to PostgreSQL, which may still be starting, and says in one line what it refuses."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from shared_utils.errors import StepError

log = logging.getLogger(__name__)


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


@contextmanager
def transaction(args: DatabaseArgs) -> Iterator[psycopg.Connection]:
    """A connection whose changes are kept if the block ends well, and undone if it does not."""
    with _connect(args) as connection:
        try:
            yield connection
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
