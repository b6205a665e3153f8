"""The Celery application, and what its processes do besides tasks.

`celery --app src.background.workers worker` runs tasks, and `… beat` starts the periodic ones.
"""

import os
import time
from collections.abc import Mapping
from typing import Any

import structlog
from celery import Celery, Task, signals
from celery.schedules import crontab
from prometheus_client import start_http_server
from prometheus_client.multiprocess import mark_process_dead

from src.background.heartbeat import beat
from src.core.config import Settings, get_settings
from src.core.redis import KEY_PREFIX
from src.monitoring.metrics import TASK_DURATION, TASKS, current_registry
from src.monitoring.setup import start_monitoring

# A task ends by itself within this time, whatever it waits for.
TIME_LIMIT_SECONDS = 240

# Redis gives a task to another worker if it has not been acknowledged for so long. Tasks that wait
# for their retry are not acknowledged either, so it is longer than the longest such wait.
VISIBILITY_SECONDS = 3600


def celery_settings(settings: Settings) -> dict[str, Any]:
    """Celery's configuration; without Redis tasks can be defined and run, but not be sent."""
    broker = settings.redis_url or "memory://"
    # A request that cannot reach Redis has to go on soon.
    transport = {
        "global_keyprefix": KEY_PREFIX,
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
    }
    return {
        "broker_url": broker,
        "broker_transport_options": transport if settings.redis_url else {},
        "broker_connection_retry_on_startup": True,
        "result_backend": settings.redis_url or "cache+memory://",
        "result_backend_transport_options": {"global_keyprefix": KEY_PREFIX},
        "result_expires": 24 * 3600,
        "redis_socket_connect_timeout": 2,
        "redis_socket_timeout": 10,
        "imports": ["src.background.tasks"],
        "accept_content": ["json"],
        "task_default_queue": "<<PROJECT_NAME>>-tasks",
        # Acknowledged when done: what a worker that dies had begun is run again.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": TIME_LIMIT_SECONDS - 30,
        "task_time_limit": TIME_LIMIT_SECONDS,
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_step": 0.2},
        "beat_scheduler": "src.background.scheduler:HeartbeatScheduler",
        "beat_max_loop_interval": 30,
        "beat_schedule": {
            "delete-old-events": {"task": "delete_old_events", "schedule": crontab("15", "3")}
        },
    }


# When the tasks at hand began, by id.
_started: dict[str, float] = {}

celery_app = Celery("<<PROJECT_NAME>>")
# Called when the configuration is first needed, so that importing a task needs no settings.
celery_app.add_defaults(lambda: celery_settings(get_settings()))


@signals.setup_logging.connect
def configure_worker_logging(**_: Any) -> None:
    """Connected, this signal keeps Celery from configuring the logs in its own way."""
    start_monitoring(get_settings())


@signals.worker_ready.connect
def serve_metrics(**_: Any) -> None:
    """In the worker's parent process, for those of all its children."""
    port = get_settings().metrics_port
    if port is not None:
        start_http_server(port, registry=current_registry())


@signals.heartbeat_sent.connect
def show_life(**_: Any) -> None:
    beat()


@signals.worker_process_shutdown.connect
def forget_gauges(pid: int, **_: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


@signals.before_task_publish.connect
def send_request_id(headers: dict[str, Any], **_: Any) -> None:
    """The logs of a task have the id of the request that it comes from."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id is not None:
        headers["request_id"] = request_id


@signals.task_prerun.connect
def begin_task(task_id: str, task: Task[..., Any], **_: Any) -> None:
    context: Mapping[str, Any] = {"task": task.name, "task_id": task_id}
    request_id = getattr(task.request, "request_id", None)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        **context, **({"request_id": request_id} if request_id else {})
    )
    _started[task_id] = time.perf_counter()


@signals.task_postrun.connect
def end_task(task_id: str, task: Task[..., Any], state: str | None, **_: Any) -> None:
    """`state` is SUCCESS, FAILURE or RETRY; None in a caller that wants the exception itself."""
    TASKS.labels(task.name, (state or "unknown").lower()).inc()
    started = _started.pop(task_id, None)
    if started is not None:
        TASK_DURATION.labels(task.name).observe(time.perf_counter() - started)
    structlog.contextvars.clear_contextvars()
