import math
from pathlib import Path

import pytest
from fakeredis import FakeAsyncRedis, FakeServer
from prometheus_client import REGISTRY
from starlette.types import Message, Receive, Scope, Send

from src.integrations.message_queue import MessageQueue
from src.monitoring.metrics import (
    MetricsMiddleware,
    current_registry,
    refresh_queue_depth,
    route_template,
)


class Route:
    def __init__(self, path: str) -> None:
        self.path = path


def sample(name: str, **labels: str) -> float:
    value = REGISTRY.get_sample_value(name, labels)
    return 0.0 if value is None else value


@pytest.mark.parametrize(
    ("path", "own", "template"),
    [
        ("/api/v1/things/7", "/{thing_id}", "/api/v1/things/{thing_id}"),
        ("/api/v1/things/7", "/api/v1/things/{thing_id}", "/api/v1/things/{thing_id}"),
        ("/api/v1/things/7/parts/8", "/{a}/parts/{b}", "/api/v1/things/{a}/parts/{b}"),
        ("/api/v1/things", "", "/api/v1/things"),
        ("/health", "/health", "/health"),
    ],
)
def test_the_route_is_what_the_path_is_without_its_values(
    path: str, own: str, template: str
) -> None:
    assert route_template({"path": path, "route": Route(own)}) == template


def test_paths_that_no_route_answers_are_one() -> None:
    assert route_template({"path": "/wp-admin/17"}) == "unmatched"


async def respond(scope: Scope, receive: Receive, send: Send) -> None:
    assert REGISTRY.get_sample_value("http_requests_in_progress") == 1
    scope["route"] = Route("/things/{thing_id}")
    if "error" in scope:
        raise ValueError("for a reason")
    await send({"type": "http.response.start", "status": 201})


async def run(method: str = "GET", **scope: object) -> None:
    async def send(_: Message) -> None:
        return

    await MetricsMiddleware(respond)(
        {"type": "http", "method": method, "path": "/things/7", **scope},
        None,  # type: ignore[arg-type]
        send,
    )


@pytest.mark.parametrize(("method", "label"), [("GET", "GET"), ("BREW", "OTHER")])
async def test_requests_are_counted_and_timed(method: str, label: str) -> None:
    labels = {"method": label, "route": "/things/{thing_id}"}
    count = sample("http_requests_total", status="201", **labels)
    timed = sample("http_request_duration_seconds_count", **labels)

    await run(method)

    assert sample("http_requests_total", status="201", **labels) == count + 1
    assert sample("http_request_duration_seconds_count", **labels) == timed + 1
    assert sample("http_requests_in_progress") == 0


async def test_an_exception_counts_as_500() -> None:
    labels = {"method": "GET", "route": "/things/{thing_id}", "status": "500"}
    count = sample("http_requests_total", **labels)

    with pytest.raises(ValueError, match="for a reason"):
        await run(error=True)

    assert sample("http_requests_total", **labels) == count + 1
    assert sample("http_requests_in_progress") == 0


async def test_the_depth_of_the_queue_is_shown(redis: FakeAsyncRedis) -> None:
    queue = MessageQueue(redis, "shown", group="g")
    await queue.ensure_group()
    for body in ("a", "b", "c"):
        await queue.publish(body)
    (first, *_) = await queue.receive("one")
    await queue.bury(first, "reason")

    await refresh_queue_depth(queue)

    depth = {
        state: sample("queue_depth", stream="shown", state=state)
        for state in ("waiting", "pending", "dead")
    }
    assert depth == {"waiting": 2, "pending": 2, "dead": 1}
    assert sample("redis_up") == 1


async def test_an_unknown_depth_is_not_shown_as_the_last_one(
    redis: FakeAsyncRedis, redis_server: FakeServer
) -> None:
    queue = MessageQueue(redis, "lost", group="g")
    await refresh_queue_depth(queue)
    assert sample("queue_depth", stream="lost", state="dead") == 0

    redis_server.connected = False
    await refresh_queue_depth(queue)

    assert math.isnan(sample("queue_depth", stream="lost", state="dead"))
    assert sample("redis_up") == 0


def test_processes_that_share_a_directory_are_exported_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert current_registry() is REGISTRY

    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))

    assert current_registry() is not REGISTRY
