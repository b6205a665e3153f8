"""The connection to the database."""

from sqlalchemy import Engine, create_engine, exc, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from src.utils.settings import DatabaseSettings

type Insert = postgresql.Insert | sqlite.Insert

# The database does not answer, or not in time; other errors are mistakes in the code.
UNAVAILABLE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)


def connect(settings: DatabaseSettings) -> Engine:
    url = make_url(settings.database_url.get_secret_value())
    if url == make_url("sqlite://"):
        # One connection for all threads: each new one would be a database of its own.
        return create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    if url.get_backend_name() == "sqlite":
        return create_engine(url)
    return create_engine(
        url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=5,
        hide_parameters=True,  # errors are logged, and values may be about a person
        connect_args={
            "connect_timeout": 5,
            # A server that is gone without a word is given up in seconds; the kernel alone would
            # wait for a quarter of an hour.
            "tcp_user_timeout": 10_000,  # milliseconds
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
        },
    )


def ping(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def insert_into(engine: Engine, table: type[SQLModel]) -> Insert:
    """An INSERT that knows ON CONFLICT, which is not part of SQLAlchemy's common language."""
    if engine.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
