import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from celery import Celery, signals
from kombu.exceptions import OperationalError
from prometheus_client import REGISTRY

from src.background import dispatch, heartbeat, workers
from src.background.tasks import RETRY_SECONDS, delete_old_events, send_welcome_message
from src.core.config import Settings
from src.core.redis import KEY_PREFIX


@pytest.fixture
def celery_app() -> Iterator[Celery]:
    """An application of its own, whose tasks run in this process."""
    app = Celery("test", set_as_current=False)
    app.conf.update(workers.celery_settings(Settings()))
    yield app
    app.close()


def runs(task: str, outcome: str) -> float:
    labels = {"task": task, "outcome": outcome}
    return REGISTRY.get_sample_value("background_tasks_total", labels) or 0.0


def test_nothing_is_lost_when_a_worker_dies(settings: Settings) -> None:
    configuration = workers.celery_settings(settings)

    assert configuration["task_acks_late"] is True
    assert configuration["task_reject_on_worker_lost"] is True
    assert configuration["worker_prefetch_multiplier"] == 1


def test_all_keys_in_redis_have_the_name_of_the_service(settings: Settings) -> None:
    configuration = workers.celery_settings(
        settings.model_copy(update={"redis_url": "redis://redis.test"})
    )

    assert configuration["broker_transport_options"]["global_keyprefix"] == KEY_PREFIX
    assert configuration["result_backend_transport_options"] == {"global_keyprefix": KEY_PREFIX}


def test_redis_gives_a_task_to_another_only_when_the_first_cannot_have_it_any_more(
    settings: Settings,
) -> None:
    with_redis = settings.model_copy(update={"redis_url": "redis://redis.test"})
    configuration = workers.celery_settings(with_redis)

    visibility = configuration["broker_transport_options"]["visibility_timeout"]
    assert visibility > configuration["task_time_limit"]
    assert visibility > RETRY_SECONDS
    assert configuration["task_soft_time_limit"] < configuration["task_time_limit"]
    assert configuration["broker_url"] == configuration["result_backend"] == "redis://redis.test"


def test_periodic_tasks_exist() -> None:
    workers.celery_app.loader.import_default_modules()

    for entry in workers.celery_app.conf.beat_schedule.values():
        assert entry["task"] in workers.celery_app.tasks


def test_only_json_is_accepted() -> None:
    assert workers.celery_app.conf.accept_content == ["json"]
    assert workers.celery_app.conf.task_serializer == "json"


def test_a_run_is_counted_timed_and_has_its_ids_in_the_log(celery_app: Celery) -> None:
    seen: dict[str, Any] = {}

    @celery_app.task(name="good")
    def good() -> None:
        seen.update(structlog.contextvars.get_contextvars())

    before = runs("good", "success")
    result = good.apply()

    assert seen == {"task": "good", "task_id": result.id}
    assert runs("good", "success") == before + 1
    timed = REGISTRY.get_sample_value("background_task_duration_seconds_count", {"task": "good"})
    assert timed == before + 1
    assert structlog.contextvars.get_contextvars() == {}


def test_failures_and_retries_are_counted(celery_app: Celery) -> None:
    @celery_app.task(name="bad", autoretry_for=(KeyError,), max_retries=2, retry_backoff=False)
    def bad() -> None:
        raise KeyError("for a reason")

    bad.apply()

    assert runs("bad", "retry") == 2
    assert runs("bad", "failure") == 1


def test_the_request_id_travels_with_a_task(celery_app: Celery) -> None:
    seen: dict[str, Any] = {}

    @celery_app.task(name="asks", bind=True)
    def asks(self: Any) -> None:
        seen.update(structlog.contextvars.get_contextvars())

    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        workers.send_request_id(headers=headers)
    assert headers == {"request_id": "abc"}

    asks.push_request(request_id="abc", id="1")
    workers.begin_task(task_id="1", task=asks)
    assert structlog.contextvars.get_contextvars()["request_id"] == "abc"
    workers.end_task(task_id="1", task=asks, state="SUCCESS")
    asks.pop_request()


def test_outside_of_a_request_a_task_has_no_request_id() -> None:
    headers: dict[str, Any] = {}
    workers.send_request_id(headers=headers)

    assert headers == {}


def test_the_worker_shows_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "heartbeat"
    monkeypatch.setattr(workers, "beat", lambda: heartbeat.beat(file))

    signals.heartbeat_sent.send(sender=None)

    assert file.exists()


async def test_a_dispatcher_puts_a_task_into_the_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, ...]] = []
    monkeypatch.setattr(
        send_welcome_message, "apply_async", lambda *, args, ignore_result: sent.append(args)
    )

    assert await dispatch.TaskDispatcher(enabled=True).enqueue(send_welcome_message, 7) is True
    assert sent == [(7,)]


async def test_a_broker_that_is_down_is_logged_and_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(delete_old_events, "apply_async", refuse)

    with caplog.at_level(logging.ERROR):
        assert await dispatch.TaskDispatcher(enabled=True).enqueue(delete_old_events) is False
    assert "task_not_enqueued" in caplog.text


async def test_without_redis_a_request_goes_on_soon(settings: Settings) -> None:
    """A real client, whose Redis is not there."""
    gone = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    app = Celery("without-redis", set_as_current=False)
    app.conf.update(workers.celery_settings(gone))

    @app.task(name="anything")
    def anything() -> None:
        """Never run."""

    async with asyncio.timeout(15):
        assert await dispatch.TaskDispatcher(enabled=True).enqueue(anything) is False
