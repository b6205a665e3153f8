"""The database: what the tables are declared on, engines, sessions."""

from collections.abc import AsyncIterator
from typing import ClassVar

from fastapi import Request
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.config import Settings

SessionFactory = async_sessionmaker[AsyncSession]


class Base(SQLModel):
    """What all tables are declared on; with names for constraints, so migrations can drop them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def create_database_engine(settings: Settings) -> AsyncEngine:
    url = settings.async_database_url
    if url.get_backend_name() != "sqlite":
        # A connection that the server has closed is replaced before it is used
        return create_async_engine(url, echo=settings.debug, pool_pre_ping=True)
    engine = create_async_engine(url, echo=settings.debug)
    enforce_foreign_keys(engine.sync_engine)
    return engine


def create_session_factory(engine: AsyncEngine) -> SessionFactory:
    """Sessions whose objects stay usable after a commit."""
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def get_db(request: Request) -> AsyncIterator[AsyncSession]:
    """A session for one request; what was not committed is rolled back."""
    session_factory: SessionFactory = request.app.state.session_factory
    async with session_factory() as session:
        yield session


def enforce_foreign_keys(engine: Engine) -> None:
    """Makes SQLite, which ignores foreign keys unless told otherwise, as strict as PostgreSQL."""

    @event.listens_for(engine, "connect")
    def _set_pragma(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
