"""The whole service, as separate processes, with a real Redis.

A `redis-server` is started if there is one; `E2E_REDIS_URL` names another, whose data is deleted.
"""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from redis import Redis
from redis.exceptions import RedisError

from src.core.config import PROJECT_ROOT

# Much longer than anything takes: what is waited for is polled.
PATIENCE_SECONDS = 60.0


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Notifications:
    """The notification service: answers 503 at first, then accepts."""

    url: str = ""
    failures: int = 2
    seen: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Service:
    """The running service, and how to reach what belongs to it."""

    url: str
    worker_metrics_url: str
    redis_url: str
    environment: dict[str, str]
    notifications: Notifications
    logs: Path

    def log(self, process: str) -> str:
        return (self.logs / f"{process}.log").read_text(encoding="utf-8")


@contextmanager
def running(
    command: list[str], log: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped, as an orchestrator would stop it, and has to end well."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def notification_service() -> Iterator[Notifications]:
    state = Notifications()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            state.seen.append(
                (self.headers["Idempotency-Key"], self.headers.get("X-Request-ID", ""))
            )
            if len(state.seen) <= state.failures:
                self.send_response(503)
                self.end_headers()
                return
            body = b'{"id": "m-1"}'
            self.send_response(202)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state
        server.shutdown()
        thread.join()


@contextmanager
def redis_service(folder: Path) -> Iterator[str]:
    given = os.environ.get("E2E_REDIS_URL")
    if given:
        with Redis.from_url(given) as redis:
            redis.flushdb()
        yield given
        return
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("neither redis-server nor E2E_REDIS_URL is there")
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with running([*command, "--dir", str(folder)], folder / "redis.log", dict(os.environ)):

        def answers() -> bool:
            try:
                with Redis.from_url(url) as redis:
                    return bool(redis.ping())
            except RedisError:
                return False

        wait_until(answers, "Redis answers")
        yield url


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("e2e")
    with ExitStack() as stack:
        redis_url = stack.enter_context(redis_service(folder))
        notifications = stack.enter_context(notification_service())
        port, metrics_port = free_port(), free_port()
        multiprocess = folder / "metrics"
        multiprocess.mkdir()
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/e2e.db",
            "REDIS_URL": redis_url,
            "NOTIFICATIONS_URL": notifications.url,
            "HEARTBEAT_FILE": str(folder / "heartbeat"),
            "LOG_JSON": "true",
            "METRICS_PORT": "",
        }
        subprocess.run(
            [sys.executable, "-m", "scripts.init_db"],
            cwd=PROJECT_ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
        worker_environment = {
            **environment,
            "METRICS_PORT": str(metrics_port),
            "PROMETHEUS_MULTIPROC_DIR": str(multiprocess),
        }
        python = [sys.executable, "-m"]
        api = [*python, "uvicorn", "src.main:app", "--port", str(port), "--no-access-log"]
        worker = [*python, "celery", "--app", "src.background.workers", "worker"]
        worker += ["--concurrency", "1"]
        consumer = [*python, "src.background.consumer"]
        stack.enter_context(running(api, folder / "api.log", environment))
        stack.enter_context(running(worker, folder / "worker.log", worker_environment))
        stack.enter_context(running(consumer, folder / "consumer.log", environment))
        result = Service(
            f"http://127.0.0.1:{port}",
            f"http://127.0.0.1:{metrics_port}/metrics",
            redis_url,
            environment,
            notifications,
            folder,
        )

        def is_ready() -> bool:
            try:
                return httpx.get(f"{result.url}/health/ready").status_code == 200
            except httpx.TransportError:
                return False

        wait_until(is_ready, "the API is ready")
        yield result
