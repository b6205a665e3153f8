"""Panels and alerts ask for what the code exports: the metrics, their labels, the values of these."""

import json
import re
from functools import cache
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.samples import Sample

from src.api.main import create_app
from src.ingestion.worker import SOURCES
from src.monitoring import prometheus
from src.utils.config import PROJECT_ROOT
from tests.fixtures.operations import OPS, compose_services, read_yaml

RULES = OPS / "monitoring" / "prometheus"
DASHBOARD = OPS / "monitoring" / "grafana" / "dashboards" / "service.json"


@cache
def exported() -> tuple[Sample, ...]:
    """A sample of every series that there can be."""
    registry = prometheus.new_registry()
    http = prometheus.HttpMetrics(registry)
    for route in create_app().openapi()["paths"]:
        for status in (200, 500):
            http.observe("GET", route, status, 0.1)
    store = prometheus.FeatureStoreMetrics(registry, "any")
    for operation in ("read", "write"):
        with store.time(operation):
            pass
    prometheus.PredictionMetrics(registry).model_loaded("churn", "1", "1", 0.1)
    registries = [registry]
    for source in SOURCES:
        registries.append(CollectorRegistry())
        prometheus.IngestionMetrics(registries[-1], source).succeeded()
    return tuple(
        sample for one in registries for metric in one.collect() for sample in metric.samples
    )


def jobs() -> dict[str, Any]:
    found = read_yaml(RULES / "prometheus.yml")["scrape_configs"]
    return {job["job_name"]: job for job in found}


def values_of(label: str) -> set[str]:
    found = {sample.labels[label] for sample in exported() if label in sample.labels}
    return set(jobs()) if label == "job" else found


def metrics_of(expression: str) -> set[str]:
    """What a PromQL expression asks for: the words that are no label, function or keyword."""
    rest = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(?:by|on|without)\s*\([^)]*\)", " ", expression)
    words = re.findall(r"\b[a-z_]+\b(?!\s*\()", rest)
    return set(words) - {"and", "by", "or", "unless"}


def grouped_by(expression: str) -> set[str]:
    groups = re.findall(r"\bby\s*\(([^)]*)\)", expression)
    return {label.strip() for group in groups for label in group.split(",")}


def alert_rules() -> list[Any]:
    groups = read_yaml(RULES / "alerts.yml")["groups"]
    return [rule for group in groups for rule in group["rules"]]


def expressions() -> list[str]:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    shown = [target["expr"] for panel in panels for target in panel.get("targets", [])]
    return [*shown, *(rule["expr"] for rule in alert_rules())]


each_expression = pytest.mark.parametrize("expression", expressions())


@each_expression
def test_metrics_are_exported(expression: str) -> None:
    asked = metrics_of(expression)
    assert asked
    assert asked <= {sample.name for sample in exported()} | {"up"}


@each_expression
def test_labels_are_exported_with_these_values(expression: str) -> None:
    matchers = re.findall(r'(\w+)(=~|!=|=)"([^"]*)"', expression)
    for label, operator, value in matchers:
        # Each alternative, or one of several would be asked for in vain.
        wanted = value.split("|") if operator == "=~" else [re.escape(value)]
        for one in wanted:
            assert [there for there in values_of(label) if re.fullmatch(one, there)], (label, one)
    known = {label for sample in exported() for label in sample.labels} | {"instance", "job"}
    assert grouped_by(expression) <= known


def test_every_alert_is_tested_and_explained() -> None:
    names = {rule["alert"] for rule in alert_rules()}
    cases = read_yaml(RULES / "alerts_test.yml")["tests"]
    fired = {
        rule["alertname"]
        for case in cases
        for rule in case["alert_rule_test"]
        if rule["exp_alerts"]
    }
    guide = (PROJECT_ROOT / "docs" / "guides" / "monitoring.md").read_text(encoding="utf-8")
    assert fired == names
    assert set(re.findall(r"\*\*([A-Za-z]+)\*\*", guide)) == names


def test_prometheus_scrapes_services_of_compose() -> None:
    """The API by its name, and all workers by the one that they have in common."""
    services = compose_services()
    [api] = jobs()["api"]["static_configs"]
    [workers] = jobs()["ingestion"]["dns_sd_configs"]
    named = {
        name
        for name, service in services.items()
        if "ingestion" in service.get("networks", {}).get("default", {}).get("aliases", [])
    }
    assert api["targets"] == ["api:8000"]
    assert "api" in services
    assert workers["names"] == ["ingestion"]
    assert named == {f"ingestion-{source}" for source in SOURCES}
    assert workers["port"] == 9100
