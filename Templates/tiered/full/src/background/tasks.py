"""The background tasks. Each may run more than once, and does its work once."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta

import structlog
from celery import Task
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from src.background.idempotency import OnceGuard, RunningElsewhereError
from src.background.workers import TIME_LIMIT_SECONDS, celery_app
from src.core.config import Settings, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.integrations.external_apis import ExternalApiUnavailableError, NotificationsApi
from src.models.user import User
from src.repositories.analytics_event import AnalyticsEventRepository
from src.repositories.user import UserRepository
from src.services.auth import AuthService

logger = structlog.get_logger(__name__)

# What may be gone a little later. Everything else is an error that a repetition does not heal.
TRANSIENT = (ExternalApiUnavailableError, OperationalError, RedisError, RunningElsewhereError)

# No retry waits for longer.
RETRY_SECONDS = 600


@contextmanager
def once(settings: Settings, key: str) -> Iterator[bool]:
    """True for the run that has to do it, see OnceGuard."""
    if settings.redis_url is None:
        raise RuntimeError("tasks need REDIS_URL")
    with Redis.from_url(settings.redis_url, decode_responses=True, socket_timeout=5) as redis:
        guard = OnceGuard(redis, lease_seconds=TIME_LIMIT_SECONDS + 60)
        with guard.once(key) as is_first:
            yield is_first


@celery_app.task(
    bind=True,
    name="send_welcome_message",
    autoretry_for=TRANSIENT,
    # 2, 4, 8 … seconds, each less a random part: up to 27 minutes in all.
    retry_backoff=2,
    retry_backoff_max=RETRY_SECONDS,
    retry_jitter=True,
    max_retries=10,
)
def send_welcome_message(self: Task[[int], str], user_id: int) -> str:
    """Greets a new user through the notification service, once."""
    settings = get_settings()
    if settings.notifications_url is None:
        return "no notification service"
    with once(settings, f"welcome:{user_id}") as is_first:
        if not is_first:
            return "sent already"
        outcome = asyncio.run(_send_welcome(settings, user_id))
    logger.info("welcome_message", user_id=user_id, outcome=outcome, attempt=self.request.retries)
    return outcome


async def _send_welcome(settings: Settings, user_id: int) -> str:
    async with users(settings) as repository:
        user = await repository.get(user_id)
    if user is None:
        return "no such user"
    # The guard could forget, if Redis loses its data; the service knows the key as well.
    await _send(settings, user, "welcome", {}, idempotency_key=f"welcome-{user_id}")
    return "sent"


@celery_app.task(
    bind=True,
    name="send_reset_message",
    autoretry_for=TRANSIENT,
    retry_backoff=2,
    retry_backoff_max=RETRY_SECONDS,
    retry_jitter=True,
    max_retries=10,
)
def send_reset_message(self: Task[[str], str], email: str) -> str:
    """Sends a token for another password to the address, if it is that of a user; once."""
    settings = get_settings()
    if settings.notifications_url is None:
        return "no notification service"
    request = self.request.id or ""
    with once(settings, f"password-reset:{request}") as is_first:
        if not is_first:
            return "sent already"
        outcome = asyncio.run(_send_reset(settings, email, f"password-reset-{request}"))
    logger.info("reset_message", outcome=outcome, attempt=self.request.retries)
    return outcome


async def _send_reset(settings: Settings, email: str, idempotency_key: str) -> str:
    async with users(settings) as repository:
        user = await repository.get_by_email(email)
        token = await AuthService(repository, settings).create_reset_token(email)
    if user is None or token is None:
        return "no such user"
    values = {"token": token, "minutes": str(settings.password_reset_expire_minutes)}
    await _send(settings, user, "password_reset", values, idempotency_key=idempotency_key)
    return "sent"


@asynccontextmanager
async def users(settings: Settings) -> AsyncIterator[UserRepository]:
    engine = create_database_engine(settings)
    try:
        async with create_session_factory(engine)() as session:
            yield UserRepository(session)
    finally:
        await engine.dispose()


async def _send(
    settings: Settings,
    user: User,
    template: str,
    values: Mapping[str, str],
    *,
    idempotency_key: str,
) -> None:
    token = settings.notifications_token
    api = notifications_api(
        settings.notifications_url or "", token.get_secret_value() if token else None
    )
    async with api.client:
        await api.send(
            recipient=user.email,
            template=template,
            values={"name": user.full_name or user.email, **values},
            idempotency_key=idempotency_key,
        )


def notifications_api(url: str, token: str | None) -> NotificationsApi:
    return NotificationsApi(url, token)


@celery_app.task(
    name="delete_old_events", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=5
)
def delete_old_events() -> int:
    """Deletes analytics events that are older than `EVENT_RETENTION_DAYS`; says how many."""
    return asyncio.run(_delete_old_events(get_settings()))


async def _delete_old_events(settings: Settings) -> int:
    engine = create_database_engine(settings)
    try:
        async with create_session_factory(engine)() as session:
            limit = datetime.now(UTC) - timedelta(days=settings.event_retention_days)
            deleted = await AnalyticsEventRepository(session).delete_before(limit)
    finally:
        await engine.dispose()
    logger.info("old_events_deleted", deleted=deleted, before=limit.isoformat())
    return deleted
