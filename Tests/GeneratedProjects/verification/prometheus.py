"""Prometheus: its configuration and rules held against promtool, and a real one that scrapes."""

import json
import math
import re
import shutil
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verification.claims import require
from verification.commands import Command, environment, run
from verification.http_api import Client
from verification.linters import read_yaml, refuses
from verification.servers import LOOPBACK, get_json, server
from verification.tools import tool

_SCRAPED_EVERY = "1s"


def check_rules(config: Path, rules: Path, tests: Path, *, changed: bool = True) -> str:
    """The configuration, the rules, and their tests, which have to notice when rules are changed.

    The latter takes most of the time.
    """
    folder = config.parent
    promtool = tool("promtool")
    run([promtool, "check", "config", config], cwd=folder)
    told = run([promtool, "check", "rules", rules], cwd=folder).text
    match = re.search(r"(\d+) rules found", told)
    require(match is not None and int(match[1]) > 0, f"no rules\n{told}")
    refuses("promtool", ["check", "rules"], rules, "expr:", "exp:")
    tested = run([promtool, "test", "rules", tests], cwd=folder)
    require("SUCCESS" in tested.text, f"nothing was tested\n{tested.text}")
    if changed:
        _require_tests_notice(rules, tests)
    return match[0] if match else ""


def _require_tests_notice(rules: Path, tests: Path) -> None:
    """An alert whose threshold is always passed, or never, makes the tests fail."""
    text = rules.read_text(encoding="utf-8")
    broken = rules.with_name("broken")
    broken.mkdir()
    unnoticed = []
    try:
        [document] = read_yaml(tests)
        for alert in (rule["alert"] for rule in read_rules(rules)):
            # Those of other alerts would take most of the time.
            about = [one for one in document["tests"] if alert in str(one["alert_rule_test"])]
            only = json.dumps(document | {"tests": about}, default=str)
            (broken / tests.name).write_text(only, encoding="utf-8")
            before, mark, after = text.partition(f"alert: {alert}\n")
            for threshold in ("-987654321", "987654321"):
                changed = re.sub(r"( (?:>|<|==) )[\d.]+", rf"\g<1>{threshold}", after, count=1)
                (broken / rules.name).write_text(before + mark + changed, encoding="utf-8")
                told = run([tool("promtool"), "test", "rules", broken / tests.name], codes=None)
                if told.code == 0 or alert not in told.text:
                    unnoticed.append(f"no test notices {alert} with the threshold {threshold}")
    finally:
        shutil.rmtree(broken)
    require(not unnoticed, "\n".join(unnoticed))


def read_rules(path: Path) -> list[Any]:
    [found] = read_yaml(path)
    return [rule for group in found["groups"] for rule in group["rules"]]


@dataclass(frozen=True)
class Prometheus:
    """A server that runs."""

    port: int

    def query(self, expression: str) -> list[tuple[Mapping[str, str], float]]:
        """Labels and values; what is no number is left out."""
        found = self._get("query", {"query": expression})
        require(found["resultType"] == "vector", f"{expression} is a {found['resultType']}")
        samples = [(one["metric"], float(one["value"][1])) for one in found["result"]]
        return [(labels, value) for labels, value in samples if math.isfinite(value)]

    def alerts(self) -> dict[str, set[str]]:
        """By name, the states of those that are pending or firing."""
        found: dict[str, set[str]] = {}
        for one in self._get("alerts", {})["alerts"]:
            found.setdefault(one["labels"]["alertname"], set()).add(one["state"])
        return found

    def unhealthy_rules(self) -> list[str]:
        groups = self._get("rules", {})["groups"]
        return [
            f"{rule['name']}: {rule.get('lastError', rule['health'])}"
            for group in groups
            for rule in group["rules"]
            if rule["health"] != "ok"
        ]

    def targets(self) -> dict[str, str]:
        """By job, whether it is `up`."""
        found = self._get("targets", {})["activeTargets"]
        return {one["labels"]["job"]: one["health"] for one in found}

    def ready(self) -> bool:
        return Client(self.port).answers("/-/ready")

    def _get(self, what: str, parameters: Mapping[str, str]) -> Any:
        path = f"/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
        status, told = get_json(self.port, path)
        require(status == 200 and told["status"] == "success", f"{path}: {status} {told}")
        return told["data"]


@contextmanager
def prometheus(
    config: Path, targets: Mapping[str, int], port: int, folder: Path
) -> Iterator[Prometheus]:
    """Scrapes what the configuration says: each job on loopback, and more often."""
    folder.mkdir(parents=True)
    [read] = read_yaml(config)
    read["global"] = {"scrape_interval": _SCRAPED_EVERY, "evaluation_interval": _SCRAPED_EVERY}
    read["rule_files"] = [str(config.parent / name) for name in read["rule_files"]]
    jobs = {one["job_name"] for one in read["scrape_configs"]}
    require(jobs == set(targets), f"{config.name} has the jobs {sorted(jobs)}")
    for job in read["scrape_configs"]:
        for name in [name for name in job if name.endswith("_sd_configs")]:
            del job[name]
        job["static_configs"] = [{"targets": [f"{LOOPBACK}:{targets[job['job_name']]}"]}]
    changed = folder / "prometheus.json"
    changed.write_text(json.dumps(read), encoding="utf-8")
    listen = [f"--web.listen-address={LOOPBACK}:{port}", f"--storage.tsdb.path={folder}/data"]
    command: Command = [tool("prometheus"), f"--config.file={changed}", *listen]
    log = folder / "prometheus.log"
    found = Prometheus(port)
    with server(command, log, cwd=folder, env=environment(), ports=[port]) as running:
        running.wait_until(found.ready, f"Prometheus on {port}")
        yield found
