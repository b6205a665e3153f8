"""Alert rules by promtool, and a real Prometheus that scrapes the API and a worker.

Every panel of the dashboard and every alert gets data; then servers go away, and alerts say so.
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from layouts.ops_k8s.kafka import Kafka, mock_broker
from layouts.ops_k8s.manifests import Kubernetes
from layouts.ops_k8s.project import Project
from layouts.ops_k8s.services import with_driver
from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.http_api import Client
from verification.linters import read_yaml
from verification.postgres import Databases
from verification.prometheus import Prometheus, check_rules, prometheus, read_rules
from verification.redis import redis_server
from verification.report import Check
from verification.servers import wait_until

_RULES = "ops/monitoring/prometheus"
_DASHBOARD = "ops/monitoring/grafana/dashboards/service.json"
_PROVISIONING = "ops/monitoring/grafana/provisioning"
# What Grafana would put there: at least four times the time between two scrapes.
_RATE_INTERVAL = "15s"
# The sample is old by nature; the messages are none.
_ALERTS = {"FeaturesOld", "DeadLetters"}
# What more there is when the database has gone, and then the worker.
_WITHOUT_DATABASE = {"PredictionsFail", "ManyServerErrors", "IngestionRetries"}
_WITHOUT_WORKER = "ServiceDown"
# On a machine that does much else.
_AT_ANY_TIME = {"SlowRequests"}
_PREDICTIONS = "/v1/predictions"


class Monitoring:
    """One project, on ports of its own."""

    def __init__(
        self, shell: Shell, databases: Databases, kafka: Kafka, kubernetes: Kubernetes
    ) -> None:
        self._shell = shell
        self._databases = databases
        self._kafka = kafka
        self._kubernetes = kubernetes

    def checks(self, title: str) -> list[Check]:
        return [
            Check(
                f"alert rules by promtool, and by their own tests{title}",
                # Other answers have the same rules, or fewer.
                partial(self._promtool, changed=not title),
            ),
            Check(f"Grafana's files fit together{title}", self._grafana),
            Check(f"a real Prometheus: panels and alerts{title}", self._measure),
        ]

    @property
    def _project(self) -> Project:
        return self._shell.project

    @property
    def _config(self) -> Path:
        return self._project.folder / _RULES / "prometheus.yml"

    @property
    def _rules(self) -> Path:
        return self._config.with_name("alerts.yml")

    def _promtool(self, *, changed: bool) -> str:
        tests = self._config.with_name("alerts_test.yml")
        return check_rules(self._config, self._rules, tests, changed=changed)

    # Grafana

    def _panels(self) -> list[Any]:
        text = (self._project.folder / _DASHBOARD).read_text(encoding="utf-8")
        panels: list[Any] = json.loads(text)["panels"]
        return [panel for panel in panels if panel["type"] != "row"]

    def _expressions(self) -> dict[str, list[str]]:
        """By panel."""
        return {
            panel["title"]: [
                target["expr"].replace("$__rate_interval", _RATE_INTERVAL)
                for target in panel["targets"]
            ]
            for panel in self._panels()
        }

    def _grafana(self) -> str:
        """Datasource, provider and dashboard name each other, and compose mounts them there."""
        folder = self._project.folder / _PROVISIONING
        [[datasource]] = [
            one["datasources"] for one in read_yaml(folder / "datasources/prometheus.yml")
        ]
        [[provider]] = [one["providers"] for one in read_yaml(folder / "dashboards/provider.yml")]
        [override] = read_yaml(self._project.folder / "ops/local/docker-compose.override.yml")
        mounts = dict(
            volume.split(":")[:2] for volume in override["services"]["grafana"]["volumes"]
        )
        targets = {
            (self._project.folder / "ops/local" / source).resolve(): target
            for source, target in mounts.items()
        }
        require_equal("provisioning", targets.get(folder.resolve()), "/etc/grafana/provisioning")
        dashboards = (self._project.folder / _DASHBOARD).parent.resolve()
        require_equal("dashboards", targets.get(dashboards), provider["options"]["path"])
        require_equal("datasource", datasource["url"], "http://prometheus:9090")
        panels = self._panels()
        for panel in panels:
            used = {panel["datasource"]["uid"]}
            used |= {
                target.get("datasource", panel["datasource"])["uid"] for target in panel["targets"]
            }
            require_equal(f"datasource of {panel['title']}", used, {datasource["uid"]})
        ids = [panel["id"] for panel in panels]
        require(len(set(ids)) == len(ids) > 0, f"panels with the ids {ids}")
        return f"{len(panels)} panels"

    # Prometheus

    def _measure(self) -> str:
        """What it is asked for it has, when there is traffic; what alerts is what is wrong."""
        shell, ports = self._shell, self._shell.services.ports
        scratch = shell.scratch / f"monitoring-{self._project.name}"
        scratch.mkdir()
        with ExitStack() as stack:
            database = stack.enter_context(ExitStack())
            running = database.enter_context(self._databases.server(ports.database))
            settings = {
                "DATABASE_URL": with_driver(running.url),
                "MODEL_URI": str(scratch / "model/churn"),
                "FEATURE_STORE_BACKEND": self._project.feature_store[0],
            }
            if "redis" in self._project.feature_store:
                redis = stack.enter_context(redis_server(ports.redis, scratch / "redis"))
                settings["REDIS_URL"] = redis.url
            self._prepare(settings, scratch)
            settings["KAFKA_BOOTSTRAP_SERVERS"] = stack.enter_context(mock_broker(shell))
            stack.enter_context(shell.api(settings, "monitored-api"))
            worker = stack.enter_context(ExitStack())
            worker.enter_context(shell.worker("kafka", settings, "monitored-worker"))
            targets = {"api": ports.api, "ingestion": ports.worker}
            seen = stack.enter_context(
                prometheus(self._config, targets, ports.prometheus, scratch / "prometheus")
            )
            self._require_probes()
            told = self._require_data(seen, settings["KAFKA_BOOTSTRAP_SERVERS"])
            self._require_alerts(seen, _ALERTS)
            database.close()
            self._kafka.send(settings["KAFKA_BOOTSTRAP_SERVERS"], [_event("late")])
            self._require_alerts(seen, _ALERTS | _WITHOUT_DATABASE)
            worker.close()
            self._require_alerts(seen, _ALERTS | _WITHOUT_DATABASE | {_WITHOUT_WORKER})
        return told

    def _prepare(self, settings: Mapping[str, str], scratch: Path) -> None:
        shell = self._shell
        shell.module("src.database.migrate", settings)
        shell.module(
            "src.feature_engineering.pipeline",
            settings,
            *("--input", "data/samples/events.csv", "--output", str(scratch / "features.csv")),
            "--feature-store",
        )
        folders = ["--cache", str(scratch / "model"), "--artifacts", str(scratch / "artifacts")]
        shell.module("src.models.training.train", settings, *folders)

    def _require_probes(self) -> None:
        """Where Kubernetes will ask, there is an answer."""
        ports = self._shell.services.ports
        for part, port in (("api", ports.api), ("ingestion-kafka", ports.worker)):
            for path in self._kubernetes.probed(part):
                wait_until(partial(Client(port).answers, path), f"{part} {path}")

    def _traffic(self) -> None:
        """Customers that are known, one that is not, several at once; and what others ask."""
        client = Client(self._shell.services.ports.api)
        asked: Sequence[tuple[str, str, object]] = (
            ("POST", _PREDICTIONS, {"customer_id": "c001"}),
            ("POST", f"{_PREDICTIONS}/batch", {"customer_ids": [f"c{n:03}" for n in range(2, 22)]}),
            ("POST", _PREDICTIONS, {"customer_id": "nobody"}),
            ("GET", "/v1/model", None),
            ("GET", "/nowhere", None),
        )
        for method, path, body in asked:
            client.call(method, path, body)

    def _require_data(self, seen: Prometheus, broker: str) -> str:
        """Every expression of a panel, and what every alert compares, once there is traffic."""
        expressions = self._expressions()
        for rule in read_rules(self._rules):
            # What counts nothing but failures has none yet; it is seen to alert below.
            if rule["alert"] not in _WITHOUT_DATABASE:
                expressions[rule["alert"]] = [_compared(rule["expr"])]
        left = [(name, one) for name, some in expressions.items() for one in some]
        count = len(left)
        number = 0

        def all_have_data() -> bool:
            nonlocal number
            number += 1
            self._kafka.send(broker, [_event(f"m{number}"), "no event"])
            self._traffic()
            left[:] = [(name, one) for name, one in left if not seen.query(one)]
            return not left

        try:
            wait_until(all_have_data, "data for all panels and alerts")
        except TimeoutError as error:
            lines = "\n".join(f"{name}: {one}" for name, one in left)
            raise CheckError(f"{error}, but none for\n{lines}") from None
        require_equal("targets", seen.targets(), {"api": "up", "ingestion": "up"})
        require(not seen.query("no_such_metric"), "a metric that is nowhere has data")
        return f"{count} expressions of {len(expressions)} panels and alerts"

    def _require_alerts(self, seen: Prometheus, expected: set[str]) -> None:
        """Pending or firing, after traffic: what has to be said, and nothing else."""
        require_equal("rules with errors", seen.unhealthy_rules(), [])

        def told() -> bool:
            self._traffic()
            return set(seen.alerts()) - _AT_ANY_TIME == expected

        try:
            wait_until(told, f"the alerts {', '.join(sorted(expected))}")
        except TimeoutError as error:
            raise CheckError(f"{error}: there are {seen.alerts()}") from None


def _compared(expression: str) -> str:
    """What an alert's expression compares with a threshold; what limits or widens it comes after."""
    first = re.split(r"\s(?:and|or)\s", expression.strip())[0]
    match = re.fullmatch(r"(.*)\s(?:==|!=|>=?|<=?)\s[\d.* ]+", first.strip(), re.DOTALL)
    require(match is not None, f"`{expression}` has no threshold")
    return match[1] if match else ""


def _event(name: str) -> str:
    return json.dumps(
        {
            "event_id": name,
            "customer_id": "c001",
            "kind": "session",
            "occurred_at": "2026-02-28T12:00:00Z",
        }
    )
