import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml
from fakeredis import FakeAsyncRedis
from prometheus_client import REGISTRY

from src.core.config import PROJECT_ROOT
from src.integrations.message_queue import MessageQueue
from tools.monitoring import check_health, check_heartbeat, inspect_queue


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_health_is_told_by_the_exit_code(server: str) -> None:
    assert check_health.main([f"{server}/health"]) == 0
    assert check_health.main([f"{server}/health/ready"]) == 1


def test_a_service_that_is_absent_is_not_healthy() -> None:
    assert check_health.main(["http://127.0.0.1:9/health"]) == 1


def test_files_are_not_asked_for_their_health() -> None:
    with pytest.raises(SystemExit):
        check_health.main(["file:///etc/passwd"])


def test_a_heartbeat_is_fresh_old_or_absent(tmp_path: Path) -> None:
    file = tmp_path / "heartbeat"
    options = ["--file", str(file), "--max-age", "60"]
    assert check_heartbeat.main(options) == 1

    file.touch()
    assert check_heartbeat.main(options) == 0

    os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 61))
    assert check_heartbeat.main(options) == 1


async def test_the_queue_and_its_dead_letters_are_shown_and_revived(
    redis: FakeAsyncRedis,
) -> None:
    queue = MessageQueue(redis, "events", group="g")
    await queue.ensure_group()
    for body in ("a", "b"):
        await queue.publish(body)
    (message, _) = await queue.receive("one")
    await queue.bury(message, "for a reason")

    lines = await inspect_queue.inspect(queue, dead=True, revive=False, count=10)
    assert lines[:3] == ["waiting  1", "pending  1", "dead     1"]
    assert lines[3].endswith("for a reason  a")

    lines = await inspect_queue.inspect(queue, dead=False, revive=True, count=10)
    assert lines == ["revived  1", "waiting  2", "pending  1", "dead     0"]


def test_without_redis_there_is_no_queue(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_queue.main([]) == 1
    assert "REDIS_URL" in capsys.readouterr().err


def test_every_alert_is_about_a_metric_that_exists() -> None:
    alerts = yaml.safe_load((PROJECT_ROOT / "tools/monitoring/alerts.yml").read_text())
    known = {"up"}
    for family in REGISTRY.collect():
        known |= {family.name, f"{family.name}_total", f"{family.name}_bucket"}

    expressions = [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    used = {name for text in expressions for name in re.findall(r"\b([a-z_]+)(?=[{\[) ]|$)", text)}
    functions = {"by", "histogram_quantile", "increase", "max", "min", "rate", "sum"}
    labels = {"le", "route", "service", "stream", "task"}

    assert used - functions - labels <= known
    assert len(expressions) >= 8
