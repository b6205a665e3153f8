"""An application with a database of its own for each test.

`TEST_DATABASE_URL` names a PostgreSQL database to test with; all its tables are dropped.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
<<@if TIER == full>>
from dataclasses import replace
<<@end>>

# src.main reads them when it is imported; they override what a developer has in .env
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://")
os.environ["SECRET_KEY"] = "only-for-tests-" * 5
<<@if TIER == full>>
# Whatever .env says, no test reaches a real service
os.environ |= dict.fromkeys(("REDIS_URL", "SENTRY_DSN", "NOTIFICATIONS_URL"), "")
<<@end>>
os.environ |= dict.fromkeys(("FIRST_SUPERUSER_EMAIL", "FIRST_SUPERUSER_PASSWORD"), "")
os.environ["BACKEND_CORS_ORIGINS"] = ""
os.environ["ENVIRONMENT"] = "development"
os.environ["DEBUG"] = "false"
os.environ["ACCESS_TOKEN_EXPIRE_MINUTES"] = "30"
os.environ["PASSWORD_RESET_EXPIRE_MINUTES"] = "30"

<<@if TIER == full>>
import pytest
from celery import Task
from fakeredis import FakeAsyncRedis, FakeServer
from fastapi import FastAPI
<<@else>>
import pytest
from fastapi import FastAPI
<<@end>>
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

<<@if TIER == full>>
from src.background.dispatch import TaskDispatcher
from src.core.backends import build_backends
<<@end>>
from src.core.config import Settings, get_settings
from src.core.database import Base
from src.core.security import create_access_token, hash_password, password_version
from src.main import app as main_app
from src.models.user import User
from src.repositories.user import UserRepository

PASSWORD = "correct horse battery staple"
HASHED_PASSWORD = hash_password(PASSWORD)

type UserMaker = Callable[..., Awaitable[User]]


@pytest.fixture
def settings() -> Settings:
    return get_settings()


<<@if TIER == full>>
class RecordingDispatcher(TaskDispatcher):
    """Remembers tasks, as `(name, arguments)`, in the place of a broker."""

    def __init__(self) -> None:
        super().__init__(enabled=True)
        self.enqueued: list[tuple[str, tuple[int | str, ...]]] = []

    async def enqueue(self, task: Task[..., object], *arguments: int | str) -> bool:
        self.enqueued.append((task.name, arguments))
        return True


@pytest.fixture
def redis_server() -> FakeServer:
    """An empty Redis, in memory; it is down while `connected` is false."""
    return FakeServer()


@pytest.fixture
async def redis(redis_server: FakeServer) -> AsyncIterator[FakeAsyncRedis]:
    async with FakeAsyncRedis(server=redis_server, decode_responses=True) as redis:
        yield redis


@pytest.fixture
def dispatcher() -> RecordingDispatcher:
    return RecordingDispatcher()


@pytest.fixture
async def app(redis: FakeAsyncRedis, dispatcher: RecordingDispatcher) -> AsyncIterator[FastAPI]:
<<@else>>
@pytest.fixture
async def app() -> AsyncIterator[FastAPI]:
<<@end>>
    """The application, started, with empty tables; none are left behind."""
    async with main_app.router.lifespan_context(main_app):
<<@if TIER == full>>
        backends = build_backends(main_app.state.settings, redis)
        main_app.state.backends = replace(backends, tasks=dispatcher)
<<@end>>
        engine: AsyncEngine = main_app.state.engine
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.run_sync(Base.metadata.create_all)
        yield main_app
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)


@pytest.fixture
async def db(app: FastAPI) -> AsyncIterator[AsyncSession]:
    """A session in the database of the application."""
    async with app.state.session_factory() as session:
        yield session


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """A client that nobody is logged in with."""
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture
def make_user(db: AsyncSession) -> UserMaker:
    """Makes users with `PASSWORD`."""

    async def make(email: str, *, is_active: bool = True, is_superuser: bool = False) -> User:
        return await UserRepository(db).save(
            User(
                email=email,
                hashed_password=HASHED_PASSWORD,
                is_active=is_active,
                is_superuser=is_superuser,
            )
        )

    return make


@pytest.fixture
async def user(make_user: UserMaker) -> User:
    return await make_user("ann@example.com")


@pytest.fixture
async def other_user(make_user: UserMaker) -> User:
    return await make_user("ben@example.com")


@pytest.fixture
async def superuser(make_user: UserMaker) -> User:
    return await make_user("root@example.com", is_superuser=True)


def bearer(user: User) -> dict[str, str]:
    """The header with which this user is logged in."""
    claims = {"sub": user.email, "pwd": password_version(user.hashed_password)}
    return {"Authorization": f"Bearer {create_access_token(claims)}"}
