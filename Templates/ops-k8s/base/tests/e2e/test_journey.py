"""The whole way, with the real programs: from events in a file to a prediction over HTTP."""

import json
import re
import signal
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import <<@if redis in FEATURE_STORE>>Thread, <<@end>>Timer
from typing import Any

import pytest
<<@if redis in FEATURE_STORE>>
from fakeredis import TcpFakeServer
<<@end>>

from src.api.keys import hash_of, new_key
from src.feature_engineering.sample_data import SAMPLES
from src.models.training.dataset import read_labels
from tests.fixtures.environment import environment

SAMPLE = str(SAMPLES / "events.csv")
KEY = new_key()
<<@if postgres in FEATURE_STORE>>


@contextmanager
def postgres_settings() -> Iterator[dict[str, str]]:
    yield {"FEATURE_STORE_BACKEND": "postgres"}
<<@end>>
<<@if redis in FEATURE_STORE>>


@contextmanager
def redis_settings() -> Iterator[dict[str, str]]:
    """A server that speaks Redis' protocol, in this process."""
    server = TcpFakeServer(("127.0.0.1", 0))
    thread = Thread(target=server.serve_forever)
    thread.start()
    host, port = server.server_address[:2]
    try:
        yield {"FEATURE_STORE_BACKEND": "redis", "REDIS_URL": f"redis://{host!s}:{port}/0"}
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
<<@end>>


BACKENDS = [<<FEATURE_STORE|join("_settings, ")>>_settings]


class Project:
    """Runs the programs of this project, with settings and in the folder of the test."""

    def __init__(self, directory: Path, settings: dict[str, str]) -> None:
        self._directory = directory
        self._environment = environment(**settings)

    def run(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", module, *arguments]
        ended = subprocess.run(
            command,
            cwd=self._directory,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The service, which chooses a port and says which."""
        command = [sys.executable, "-m", "uvicorn", "src.api.main:app", "--port", "0"]
        with subprocess.Popen(
            command, cwd=self._directory, env=self._environment, stderr=subprocess.PIPE, text=True
        ) as service:
            assert service.stderr is not None
            deadline = Timer(60, service.kill)
            deadline.start()
            log = []
            for line in service.stderr:
                log.append(line)
                if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                    break
            else:
                pytest.fail("the service did not start:\n" + "".join(log))
            deadline.cancel()
            try:
                yield found[1]
            finally:
                service.send_signal(signal.SIGTERM)
                service.communicate(timeout=30)
        assert service.returncode in (0, -signal.SIGTERM)


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "X-API-Key": KEY}
    request = urllib.request.Request(url, data, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        content = answer.read().decode()
    return json.loads(content) if "json" in answer.headers["Content-Type"] else content


@pytest.mark.parametrize("backend_settings", BACKENDS)
def test_from_events_to_predictions(tmp_path: Path, backend_settings: Any) -> None:
    features, models = tmp_path / "features.csv", tmp_path / "models"
    with backend_settings() as settings:
        settings |= {
            "ENVIRONMENT": "elsewhere",
            "API_KEYS": f"journey:{hash_of(KEY)}",
            "DATABASE_URL": f"sqlite:///{tmp_path}/journey.db",
            "MODEL_URI": str(models / "churn"),
        }
        project = Project(tmp_path, settings)
        project.run("src.database.migrate")
        project.run(
            "src.feature_engineering.pipeline",
            *("--input", SAMPLE, "--output", str(features), "--feature-store"),
        )
        project.run(
            "src.models.training.train",
            *("--features", str(features), "--cache", str(models), "--artifacts", str(tmp_path)),
        )
        with project.serve() as url:
            check_service(url)


def check_service(url: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(f"{url}/v1/model", timeout=30)
    refused.value.close()
    assert ask(f"{url}/ready")["status"] == "ready"
    assert ask(f"{url}/v1/model")["metrics"]["roc_auc"] > 0.75

    one = ask(f"{url}/v1/predictions", {"customer_id": "c001"})
    assert ask(f"{url}/v1/predictions/{one['id']}") == one

    labels = read_labels()
    customers = sorted(labels)[:99]
    batch = ask(f"{url}/v1/predictions/batch", {"customer_ids": [*customers, "nobody"]})
    assert batch["without_features"] == ["nobody"]
    probabilities = {row["customer_id"]: row["probability"] for row in batch["predictions"]}
    assert probabilities.keys() == set(customers)
    leaving = statistics.mean(probabilities[each] for each in customers if labels[each])
    staying = statistics.mean(probabilities[each] for each in customers if not labels[each])
    assert leaving > staying + 0.2

    metrics = ask(f"{url}/metrics")
    counts = re.findall(r'^predictions_total\{outcome="\w+"\} (\S+)', metrics, re.MULTILINE)
    made = 1 + len(customers)
    assert sum(map(float, counts)) == made
    assert re.search(rf'feature_store_lookups_total\{{.*result="hit"\}} {made}\.0', metrics)
