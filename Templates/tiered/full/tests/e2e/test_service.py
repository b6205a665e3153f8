"""From a request over the network to what the worker and the consumer have done."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from redis import Redis

from src.analytics.tracking import STREAM
from src.core.config import PROJECT_ROOT
from src.core.redis import KEY_PREFIX
from tests.e2e.conftest import Service, wait_until

pytestmark = pytest.mark.e2e

PASSWORD = "correct horse battery staple"
EMAIL = "ann@example.com"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def registered(client: httpx.Client) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/auth/register",
        json={"email": EMAIL, "password": PASSWORD},
        headers={"X-Request-ID": "e2e-registration"},
    )
    assert answer.status_code == 201
    user: dict[str, Any] = answer.json()
    return user


@pytest.fixture(scope="module")
def headers(client: httpx.Client, registered: dict[str, Any]) -> dict[str, str]:
    form = {"username": registered["email"], "password": PASSWORD}
    token = client.post("/api/v1/auth/token", data=form).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def rows(service: Service, query: str) -> list[tuple[Any, ...]]:
    path = service.environment["DATABASE_URL"].removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_real_worker_greets_a_new_user_through_two_failures(
    service: Service, registered: dict[str, Any]
) -> None:
    """The notification service fails twice: the client's own retries are enough for that."""
    seen = service.notifications.seen
    wait_until(lambda: len(seen) >= 3, "the welcome arrives")
    wait_until(lambda: '"outcome": "sent"' in service.log("worker"), "the task ends")

    assert len(seen) == 3
    assert {key for key, _ in seen} == {f"welcome-{registered['id']}"}
    # The same id from the user's request to the other service
    assert {request_id for _, request_id in seen} == {"e2e-registration"}


def test_the_same_task_again_greets_nobody(service: Service, registered: dict[str, Any]) -> None:
    wait_until(lambda: '"outcome": "sent"' in service.log("worker"), "the first task ends")
    before = len(service.notifications.seen)
    program = (
        "from src.background.tasks import send_welcome_message as task;"
        f"print(task.delay({registered['id']}).get(timeout=60))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT_ROOT,
        env=service.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "sent already"
    assert len(service.notifications.seen) == before


def test_what_happens_is_in_the_database_a_little_later(
    service: Service, client: httpx.Client, headers: dict[str, str], registered: dict[str, Any]
) -> None:
    query = "SELECT name FROM analytics_events WHERE user_id = " + str(registered["id"])
    wait_until(lambda: len(rows(service, query)) >= 2, "the events are stored")

    assert sorted(rows(service, query)) == [("user_logged_in",), ("user_registered",)]
    assert f'queue_depth{{state="dead",stream="{STREAM}"}} 0.0' in client.get("/metrics").text


def test_a_record_lives_and_dies(client: httpx.Client, headers: dict[str, str]) -> None:
    collection = "/api/v1/<<MODELS|first|plural|kebab>>"
    record = client.post(collection, json={"name": "First"}, headers=headers).json()
    url = f"{collection}/{record['id']}"

    assert client.get(collection, headers=headers).json()["total"] == 1
    assert client.patch(url, json={"name": "Second"}, headers=headers).status_code == 200
    assert client.get(collection, headers=headers).json()["items"][0]["name"] == "Second"
    assert client.delete(url, headers=headers).status_code == 204
    assert client.get(collection, headers=headers).json()["total"] == 0


def test_the_worker_serves_the_metrics_of_its_children(
    service: Service, registered: dict[str, Any]
) -> None:
    wait_until(lambda: '"outcome": "sent"' in service.log("worker"), "the task ends")

    def counted() -> bool:
        return (
            'background_tasks_total{outcome="success",task="send_welcome_message"}'
            in httpx.get(service.worker_metrics_url).text
        )

    wait_until(counted, "the task is counted")


def test_every_process_logs_json(service: Service, registered: dict[str, Any]) -> None:
    wait_until(lambda: '"outcome": "sent"' in service.log("worker"), "the task ends")
    wait_until(lambda: "consumer_started" in service.log("consumer"), "the consumer starts")

    for process in ("api", "consumer"):
        lines = [json.loads(line) for line in service.log(process).splitlines()]
        assert all({"timestamp", "level", "message"} <= line.keys() for line in lines), process
    # Celery greets with a picture first
    sent = next(line for line in service.log("worker").splitlines() if '"outcome": "sent"' in line)
    assert json.loads(sent)["request_id"] == "e2e-registration"
    assert PASSWORD not in "".join(service.log(name) for name in ("api", "consumer", "worker"))


def test_all_that_is_in_redis_has_the_name_of_the_service(
    service: Service, registered: dict[str, Any]
) -> None:
    wait_until(lambda: '"outcome": "sent"' in service.log("worker"), "the task ends")

    with Redis.from_url(service.redis_url, decode_responses=True) as redis:
        keys = {str(key) for key in redis.scan_iter()}
    assert {key for key in keys if "celery-task-meta" in key}
    assert {key for key in keys if not key.startswith(KEY_PREFIX)} == set()


@pytest.mark.parametrize(
    "command",
    [
        ["tools.deployment.smoke_test", "{url}"],
        ["tools.deployment.wait_for", "--database", "--migrations", "--redis"],
        ["tools.monitoring.check_health", "{url}/health/ready"],
        ["tools.monitoring.check_heartbeat"],
        ["tools.monitoring.inspect_queue", "--dead"],
    ],
    ids=lambda command: command[0],
)
def test_the_tools_find_the_service_well(service: Service, command: list[str]) -> None:
    def is_well() -> bool:
        ran = subprocess.run(
            [sys.executable, "-m", *(part.format(url=service.url) for part in command)],
            cwd=PROJECT_ROOT,
            env=service.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode == 0

    wait_until(is_well, command[0])
