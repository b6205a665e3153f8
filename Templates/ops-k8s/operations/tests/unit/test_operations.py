"""What runs the code names what the code has: metrics, settings, modules, routes, labels."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from src.api.main import create_app
<<@if redis in FEATURE_STORE>>
from src.feature_store import redis_store
<<@end>>
from src.ingestion import <<INGESTION|join(", ")>>
from src.monitoring import prometheus
from src.utils import settings
from src.utils.config import PROJECT_ROOT
from src.utils.settings import EnvironmentSettings

OPS = PROJECT_ROOT / "ops"
BASE = OPS / "k8s" / "base"
# Modules with settings of their own.
MODULES = (
    settings,
<<@if redis in FEATURE_STORE>>
    redis_store,
<<@end>>
<<@for SOURCE in INGESTION>>
    <<SOURCE>>,
<<@end>>
)
# What others than this code read.
FOREIGN_VARIABLES = {
    "MLFLOW_BACKEND_STORE_URI",
    "POSTGRES_PASSWORD",
<<@if kinesis in INGESTION>>
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_SECRET_ACCESS_KEY",
<<@end>>
<<@if pubsub in INGESTION>>
    "PUBSUB_EMULATOR_HOST",
<<@end>>
}


def documents(folder: Path) -> list[Any]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]
    found = [document for text in texts for document in yaml.safe_load_all(text)]
    return [document for document in found if document.get("kind") != "Kustomization"]


def of_kind(*kinds: str) -> list[Any]:
    return [document for document in documents(BASE) if document["kind"] in kinds]


def pod_template(workload: Any) -> Any:
    spec = workload["spec"]
    return spec["jobTemplate"]["spec"]["template"] if "jobTemplate" in spec else spec["template"]


def workloads() -> dict[str, Any]:
    found = of_kind("Deployment", "Job", "CronJob")
    return {workload["metadata"]["name"]: workload for workload in found}


def containers() -> list[Any]:
    specs = [pod_template(workload)["spec"] for workload in workloads().values()]
    return [one for spec in specs for one in (*spec.get("initContainers", []), *spec["containers"])]


def compose_services() -> dict[str, Any]:
    text = (OPS / "local" / "docker-compose.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["services"])


def settings_classes(
    parent: type[EnvironmentSettings] = EnvironmentSettings,
) -> Iterator[type[EnvironmentSettings]]:
    for child in parent.__subclasses__():
        yield child
        yield from settings_classes(child)


def variables_of_the_code() -> set[str]:
    names = {module.__name__ for module in MODULES}
    found = [one for one in settings_classes() if one.__module__ in names]
    return {name.upper() for one in found for name in one.model_fields}


def variables_of_file(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return set(re.findall(r"^#?([A-Z_]+)=", "\n".join(lines), re.MULTILINE))


def exported_metrics() -> set[str]:
    """The names of all series, as Prometheus sees them."""
    registry = prometheus.new_registry()
    prometheus.HttpMetrics(registry).observe("GET", "/health", 200, 0.1)
    store = prometheus.FeatureStoreMetrics(registry, "any")
    with store.time("read"):
        pass
    predictions = prometheus.PredictionMetrics(registry)
    predictions.model_loaded("churn", "1", "1", 0.1)
    ingestion = prometheus.IngestionMetrics(registry, "any")
    ingestion.succeeded()
    return series_of(registry) | {"up"}


def series_of(registry: CollectorRegistry) -> set[str]:
    text = generate_latest(registry).decode()
    return set(re.findall(r"^([a-z_]+)(?=[{ ])", text, re.MULTILINE))


def metrics_of(expression: str) -> set[str]:
    """What a PromQL expression asks for: the words that are no label, function or keyword."""
    rest = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(?:by|on|without)\s*\([^)]*\)", " ", expression)
    words = re.findall(r"\b[a-z_]+\b(?!\s*\()", rest)
    return set(words) - {"and", "by", "or", "unless"}


def dashboard_expressions() -> list[str]:
    path = OPS / "monitoring" / "grafana" / "dashboards" / "service.json"
    panels = json.loads(path.read_text(encoding="utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


def alert_rules() -> list[Any]:
    path = OPS / "monitoring" / "prometheus" / "alerts.yml"
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.mark.parametrize(
    "expression", [*dashboard_expressions(), *(rule["expr"] for rule in alert_rules())]
)
def test_panels_and_alerts_use_metrics_that_are_exported(expression: str) -> None:
    asked = metrics_of(expression)
    assert asked
    assert asked <= exported_metrics()


def test_every_alert_is_tested_and_explained() -> None:
    names = {rule["alert"] for rule in alert_rules()}
    tests = OPS / "monitoring" / "prometheus" / "alerts_test.yml"
    cases = yaml.safe_load(tests.read_text(encoding="utf-8"))["tests"]
    fired = {
        rule["alertname"]
        for case in cases
        for rule in case["alert_rule_test"]
        if rule["exp_alerts"]
    }
    guide = (PROJECT_ROOT / "docs" / "guides" / "monitoring.md").read_text(encoding="utf-8")
    assert fired == names
    assert set(re.findall(r"\*\*([A-Za-z]+)\*\*", guide)) == names


def test_only_settings_that_are_read_are_set() -> None:
    files = [OPS / "envs" / ".env.example", *sorted(OPS.glob("k8s/**/config.env"))]
    in_files = set().union(*(variables_of_file(path) for path in files))
    in_pods = {variable["name"] for one in containers() for variable in one.get("env", [])}
    own = [one for one in compose_services().values() if one["image"].endswith(":local")]
    in_compose = set().union(*(one.get("environment", {}) for one in own))
    given = in_files | in_pods | in_compose
    assert given - variables_of_the_code() - FOREIGN_VARIABLES == set()


def test_the_example_of_settings_has_them_all() -> None:
    example = variables_of_file(OPS / "envs" / ".env.example")
    assert variables_of_the_code() - example == set()


def test_commands_run_modules_that_are_there() -> None:
    texts = [json.dumps(one.get("command", [])) for one in containers()]
    texts += [json.dumps(one.get("command", [])) for one in compose_services().values()]
    texts += [path.read_text(encoding="utf-8") for path in OPS.glob("docker/*/Dockerfile")]
    modules = {name for text in texts for name in re.findall(r"\bsrc(?:\.[a-z_]+)+", text)}
    assert len(modules) > 3
    assert {name for name in modules if importlib.util.find_spec(name) is None} == set()


def test_probes_of_the_api_ask_for_its_routes() -> None:
    template = pod_template(workloads()["<<PROJECT_NAME>>-api"])
    [api] = template["spec"]["containers"]
    paths = {name: api[name]["httpGet"]["path"] for name in api if name.endswith("Probe")}
    assert set(paths.values()) <= set(create_app().openapi()["paths"])
    # A database that is gone must not make Kubernetes restart what would work with it.
    assert paths["livenessProbe"] == "/health"
    assert paths["readinessProbe"] == "/ready"


def test_services_and_budgets_select_one_workload_each() -> None:
    labels = {
        name: pod_template(workload)["metadata"]["labels"] for name, workload in workloads().items()
    }
    for one in of_kind("Service", "PodDisruptionBudget"):
        selector = one["spec"]["selector"]
        selector = selector.get("matchLabels", selector)
        chosen = [name for name in labels if selector.items() <= labels[name].items()]
        assert chosen == [one["metadata"]["name"]]


def test_the_autoscaler_alone_decides_how_many_there_are() -> None:
    [scaler] = of_kind("HorizontalPodAutoscaler")
    target = workloads()[scaler["spec"]["scaleTargetRef"]["name"]]
    assert "replicas" not in target["spec"]
    [container] = pod_template(target)["spec"]["containers"]
    assert "cpu" in container["resources"]["requests"]


@pytest.mark.parametrize("container", containers(), ids=lambda container: str(container["name"]))
def test_containers_are_confined(container: Any) -> None:
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} <= set(container["resources"]["requests"])
    assert "memory" in container["resources"]["limits"]
