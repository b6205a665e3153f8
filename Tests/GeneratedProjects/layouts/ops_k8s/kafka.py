"""A worker on Kafka's mock broker: what it stores, what it puts aside, and where it goes on."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layouts.ops_k8s import sample
from layouts.ops_k8s.journey import PIPELINE, Journey
from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.commands import CheckError, Command, forget, kill_group, run, spawn
from verification.http_api import Client
from verification.report import Check
from verification.servers import Server

_HERE = Path(__file__).parent
_TOPIC = "customer-events"
_DEAD_LETTERS = "customer-events.dead-letter"
_CUSTOMER = "verified-1"


@contextmanager
def mock_broker(shell: Shell) -> Iterator[str]:
    """Kafka's own, which lives in a client; the value is where other clients find it."""
    process = spawn(
        [shell.used.python(), _HERE / "kafka_broker.py"],
        cwd=shell.scratch,
        env=shell.environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        where = process.stdout.readline().strip() if process.stdout else ""
        require(":" in where, f"the mock broker says {where!r}")
        yield where
    finally:
        kill_group(process)
        process.wait()
        forget(process)


class Kafka:
    """One project's worker, and the features of what it has stored."""

    def __init__(self, shell: Shell, journey: Journey) -> None:
        self._shell = shell
        self._journey = journey

    def checks(self, title: str) -> list[Check]:
        return [Check(f"a worker on Kafka's mock broker, then features{title}", self._work)]

    def send(self, where: str, lines: list[str]) -> None:
        self._client(where, "send", _TOPIC, text="\n".join(lines))

    def _client(self, *words: str, text: str = "") -> str:
        command: Command = [self._shell.used.python(), _HERE / "kafka_client.py", *words]
        env = self._shell.environment({})
        return run(command, cwd=self._shell.scratch, env=env, text=text, seconds=60).out

    def _work(self) -> str:
        """Good events, one of them twice, and what is none; then one more for a new worker."""
        self._journey.migrated()
        shell = self._shell
        database = shell.services.database()
        database.query("DELETE FROM customer_events")
        moment = "2026-02-2{}T12:00:00Z"
        events = [_event(f"v{number}", moment.format(number)) for number in range(5)]
        wrong = ["not JSON", '{"event_id": "v9"}']
        with mock_broker(shell) as where:
            settings = {
                **shell.services.settings(mlflow=False),
                "KAFKA_BOOTSTRAP_SERVERS": where,
            }
            self.send(where, [*events, *wrong, events[0]])
            with shell.worker("kafka", settings, "worker") as worker:
                self._wait_for(worker, {"stored": 5, "duplicate": 1, "dead_lettered": 2})
            letters = [
                json.loads(line)
                for line in self._client(where, "read", _DEAD_LETTERS, "2").splitlines()
            ]
            require_equal("dead letters", sorted(value for value, _ in letters), sorted(wrong))
            for _, headers in letters:
                require(_TOPIC in headers["position"], f"a dead letter with {headers}")
                require(bool(headers["reason"]), f"a dead letter with {headers}")
            self.send(where, [_event("v5", moment.format(5))])
            with shell.worker("kafka", settings, "second-worker") as worker:
                self._wait_for(worker, {"stored": 1})
        stored = database.query("SELECT event_id FROM customer_events ORDER BY event_id")
        require_equal("events", stored, [f"v{number}" for number in range(6)])
        self._require_features()
        return "6 events, 1 duplicate, 2 dead letters"

    def _wait_for(self, worker: Server, expected: dict[str, int]) -> None:
        """Until the worker's metrics say so, and nothing else beside it."""
        prefix = 'ingestion_messages_total{result="'
        seen: dict[str, int] = {}

        def handled() -> bool:
            told = Client(self._shell.services.ports.worker).attempt("/metrics")
            if told is None:
                return False
            seen.clear()
            for line in told.text.splitlines():
                if line.startswith(prefix):
                    result = line.removeprefix(prefix).partition('"')[0]
                    seen[result] = int(float(line.rpartition(" ")[2]))
            return sum(seen.values()) >= sum(expected.values())

        try:
            worker.wait_until(handled, "the worker")
        except CheckError as error:
            raise CheckError(f"it counted {seen}\n{error}") from None
        counted = {result: count for result, count in seen.items() if count}
        require_equal("ingestion_messages_total", counted, expected)

    def _require_features(self) -> None:
        """The pipeline reads what the worker has stored."""
        shell = self._shell
        output = shell.scratch / f"{shell.project.name}-stored.csv"
        more = ["--input", "database", "--output", str(output)]
        settings = shell.services.settings(mlflow=False)
        shell.module(PIPELINE.partition(" ")[0], settings, *more)
        [row] = sample.rows(output)
        require_equal("customer", row["customer_id"], _CUSTOMER)
        seen = (float(row["sessions_30d"]), float(row["days_since_last_activity"]))
        require_equal("features", seen, (6.0, 3.5))


def _event(name: str, moment: str) -> str:
    event = {"event_id": name, "customer_id": _CUSTOMER, "kind": "session", "occurred_at": moment}
    return json.dumps(event)
