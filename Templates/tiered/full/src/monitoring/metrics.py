"""Prometheus metrics: what is counted, the middleware that counts requests, and `/metrics`."""

import math
import os
import time
from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    # The queue counts its messages with the metrics of this module.
    from src.integrations.message_queue.streams import MessageQueue

logger = structlog.get_logger(__name__)

HTTP_REQUESTS = Counter(
    "http_requests_total", "Requests that were answered", ["method", "route", "status"]
)
HTTP_DURATION = Histogram(
    "http_request_duration_seconds",
    "Time from the first byte of the request to the last of the answer",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
HTTP_IN_PROGRESS = Gauge(
    "http_requests_in_progress", "Requests being answered", multiprocess_mode="livesum"
)
CACHE_READS = Counter("cache_reads_total", "Reads of the cache", ["outcome"])
EXTERNAL_API_CALLS = Counter(
    "external_api_calls_total", "Calls of other services, retries included", ["service", "outcome"]
)
EVENTS = Counter("analytics_events_total", "Analytics events", ["name", "outcome"])
QUEUE_MESSAGES = Counter("queue_messages_total", "Messages handled", ["stream", "outcome"])
REDIS_UP = Gauge("redis_up", "Whether Redis answered", multiprocess_mode="mostrecent")
QUEUE_DEPTH = Gauge(
    "queue_depth", "Messages by state", ["stream", "state"], multiprocess_mode="mostrecent"
)
TASKS = Counter("background_tasks_total", "Runs of background tasks", ["task", "outcome"])
TASK_DURATION = Histogram(
    "background_task_duration_seconds",
    "Time a background task took",
    ["task"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0),
)

# What a client may write there is without limit, and every label value costs memory for good.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"


class MetricsMiddleware:
    """Counts and times requests by route: `/items/{item_id}`, never `/items/17`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        # What is counted if the application raises before it answers.
        status = 500

        async def remember_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        HTTP_IN_PROGRESS.inc()
        try:
            await self.app(scope, receive, remember_status)
        finally:
            HTTP_IN_PROGRESS.dec()
            route = route_template(scope)
            HTTP_REQUESTS.labels(method, route, str(status)).inc()
            HTTP_DURATION.labels(method, route).observe(time.perf_counter() - started)


def route_template(scope: Scope) -> str:
    """The path with the names of its parameters, or `unmatched` for what no route answers.

    The route in the scope knows only its own part of the path when its router was included under a
    prefix; what precedes that part has no parameters and is taken from the path.
    """
    own: str | None = getattr(scope.get("route"), "path", None)
    if own is None:
        return UNMATCHED
    parts = scope["path"].split("/")
    prefix = parts[: len(parts) - own.count("/")]
    return "/".join(prefix) + own


def current_registry() -> CollectorRegistry:
    """What to export: this process' metrics, or those of all processes that share a directory."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


<<@if PYTHON_VERSION == "3.13">>
async def refresh_queue_depth(queue: "MessageQueue") -> None:
<<@else>>
async def refresh_queue_depth(queue: MessageQueue) -> None:
<<@end>>
    """Sets the gauges of the queue; unknown values are NaN, so that no old ones are shown."""
    try:
        depth = await queue.depth()
    except RedisError as error:
        logger.warning("queue_depth_unknown", error=str(error))
        REDIS_UP.set(0)
        values = dict.fromkeys(("waiting", "pending", "dead"), math.nan)
    else:
        REDIS_UP.set(1)
        values = {"waiting": depth.waiting, "pending": depth.pending, "dead": depth.dead}
    for state, value in values.items():
        QUEUE_DEPTH.labels(queue.stream, state).set(value)


router = APIRouter()


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """For Prometheus, inside the network; a proxy in front of the service does not pass it on."""
    queue: MessageQueue | None = request.app.state.backends.queue
    if queue is not None:
        await refresh_queue_depth(queue)
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(current_registry()), headers={"Content-Type": content_type})
