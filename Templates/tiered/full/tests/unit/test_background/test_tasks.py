import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fakeredis import FakeRedis, FakeServer
from redis import Redis
from sqlmodel import Session, create_engine, select

from src.analytics.events import UserLoggedIn
from src.background import tasks
from src.core.config import Settings
from src.core.database import Base
from src.core.security import verify_reset_token
from src.integrations.external_apis import (
    CircuitBreaker,
    ExternalApiRejectedError,
    ExternalApiUnavailableError,
    NotificationsApi,
    RetryPolicy,
)
from src.models.analytics_event import AnalyticsEvent
from src.models.user import User


class Notifications:
    """The notification service; it fails as often as it is told to."""

    def __init__(self) -> None:
        self.failures = 0
        self.status = 202
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.failures > 0:
            self.failures -= 1
            return httpx.Response(503)
        return httpx.Response(self.status, json={"id": "m-1"})

    def api(self, url: str, token: str | None) -> NotificationsApi:
        return NotificationsApi(
            url,
            token,
            circuit=CircuitBreaker(),
            retries=RetryPolicy(attempts=1),
            transport=httpx.MockTransport(self),
        )


@pytest.fixture
def notifications(monkeypatch: pytest.MonkeyPatch) -> Notifications:
    service = Notifications()
    monkeypatch.setattr(tasks, "notifications_api", service.api)
    return service


@pytest.fixture
def task_settings(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A database in a file, because each run of a task opens its own connection."""
    changed = settings.model_copy(
        update={
            "database_url": f"sqlite:///{tmp_path}/tasks.db",
            "redis_url": "redis://fake.test",
            "notifications_url": "https://notify.test",
        }
    )
    monkeypatch.setattr(tasks, "get_settings", lambda: changed)
    return changed


@pytest.fixture
def session(task_settings: Settings) -> Iterator[Session]:
    engine = create_engine(task_settings.sync_database_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def user_id(session: Session) -> int:
    user = User(email="ann@example.com", hashed_password="x", full_name="Ann")
    session.add(user)
    session.commit()
    return user.id


@pytest.fixture(autouse=True)
def fake_redis(monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    server = FakeServer()

    def connect(_: str, **options: bool | int) -> FakeRedis:
        return FakeRedis(server=server, decode_responses=True)

    monkeypatch.setattr(Redis, "from_url", connect)
    return server


def run(user_id: int) -> str:
    """As a worker does, but at once: retries included, without their delays."""
    result: str = tasks.send_welcome_message.apply(args=(user_id,)).get()
    return result


def test_a_new_user_is_greeted(user_id: int, notifications: Notifications) -> None:
    assert run(user_id) == "sent"

    (request,) = notifications.requests
    body = json.loads(request.content)
    assert body["recipient"] == "ann@example.com"
    assert (body["template"], body["values"]) == ("welcome", {"name": "Ann"})
    assert request.headers["Idempotency-Key"] == f"welcome-{user_id}"


def test_a_task_that_is_delivered_twice_greets_once(
    user_id: int, notifications: Notifications
) -> None:
    assert [run(user_id), run(user_id)] == ["sent", "sent already"]
    assert len(notifications.requests) == 1


def test_an_outage_is_waited_out(user_id: int, notifications: Notifications) -> None:
    notifications.failures = 3

    assert run(user_id) == "sent"
    assert len(notifications.requests) == 4


def test_an_outage_without_end_is_a_failure(user_id: int, notifications: Notifications) -> None:
    notifications.failures = 1000

    with pytest.raises(ExternalApiUnavailableError):
        run(user_id)
    assert len(notifications.requests) == 11


def test_a_refusal_is_not_repeated(user_id: int, notifications: Notifications) -> None:
    notifications.status = 422

    with pytest.raises(ExternalApiRejectedError):
        run(user_id)
    assert len(notifications.requests) == 1


def test_who_is_gone_is_not_greeted(session: Session, notifications: Notifications) -> None:
    assert run(404) == "no such user"
    assert notifications.requests == []


def test_without_a_service_nothing_happens(
    user_id: int,
    notifications: Notifications,
    task_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nowhere = task_settings.model_copy(update={"notifications_url": None})
    monkeypatch.setattr(tasks, "get_settings", lambda: nowhere)

    assert run(user_id) == "no notification service"
    assert reset("ann@example.com") == "no notification service"
    assert notifications.requests == []


def reset(email: str, task_id: str = "1") -> str:
    result: str = tasks.send_reset_message.apply(args=(email,), task_id=task_id).get()
    return result


def test_who_forgot_the_password_gets_a_token(
    user_id: int, notifications: Notifications, task_settings: Settings
) -> None:
    assert reset("Ann@example.com") == "sent"

    (request,) = notifications.requests
    body = json.loads(request.content)
    assert (body["recipient"], body["template"]) == ("ann@example.com", "password_reset")
    assert body["values"].keys() == {"name", "token", "minutes"}
    assert body["values"]["minutes"] == "30"
    assert verify_reset_token(body["values"]["token"], "x", task_settings)
    assert request.headers["Idempotency-Key"] == "password-reset-1"


def test_each_request_sends_one_token(user_id: int, notifications: Notifications) -> None:
    notifications.failures = 2
    outcomes = [reset("ann@example.com", task) for task in ("1", "1", "2")]

    assert outcomes == ["sent", "sent already", "sent"]
    assert len(notifications.requests) == 4


def test_a_stranger_gets_no_token(user_id: int, notifications: Notifications) -> None:
    assert reset("nobody@example.com") == "no such user"
    assert notifications.requests == []


def test_the_delay_before_a_retry_grows_and_differs(
    user_id: int, notifications: Notifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    ceilings: list[int] = []

    def remember(limit: int) -> int:
        ceilings.append(limit)
        return 0

    # Celery draws the delay below this limit
    monkeypatch.setattr("celery.utils.time.random.randrange", remember)
    notifications.failures = 10

    assert run(user_id) == "sent"
    assert ceilings == [3, 5, 9, 17, 33, 65, 129, 257, 513, 601]


def test_events_are_deleted_when_they_are_old(session: Session, task_settings: Settings) -> None:
    now = datetime.now(UTC)
    for age in (1, task_settings.event_retention_days + 1):
        event = UserLoggedIn(user_id=1)
        session.add(
            AnalyticsEvent(
                event_id=event.event_id,
                name=event.name,
                occurred_at=now - timedelta(days=age),
                user_id=age,
            )
        )
    session.commit()

    assert tasks.delete_old_events.apply(throw=True).get() == 1

    assert [row.user_id for row in session.exec(select(AnalyticsEvent))] == [1]
