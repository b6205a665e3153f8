"""What the files for containers and clusters say about each other, and about the settings."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from src.core.config import PROJECT_ROOT, Settings
from src.main import app

Manifest = dict[str, Any]


def load(folder: str) -> list[Manifest]:
    return [
        manifest
        for file in sorted((PROJECT_ROOT / folder).glob("*.y*ml"))
        for manifest in yaml.safe_load_all(file.read_text(encoding="utf-8"))
        if manifest
    ]


MANIFESTS = load("k8s")
WORKLOADS = [manifest for manifest in MANIFESTS if manifest["kind"] in {"Deployment", "Job"}]


def of_kind(kind: str) -> list[Manifest]:
    return [manifest for manifest in MANIFESTS if manifest["kind"] == kind]


def pod_of(workload: Manifest) -> Manifest:
    pod: Manifest = workload["spec"]["template"]["spec"]
    return pod


def containers() -> Iterator[tuple[str, Manifest]]:
    for workload in WORKLOADS:
        pod = pod_of(workload)
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            yield f"{workload['metadata']['name']}/{container['name']}", container


CONTAINERS = dict(containers())


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_may_do_what_they_need_and_no_more(name: str) -> None:
    container = CONTAINERS[name]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"].keys() == {"cpu", "memory"}


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda manifest: manifest["metadata"]["name"])
def test_pods_do_not_run_as_root(workload: Manifest) -> None:
    pod = pod_of(workload)
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False


@pytest.mark.parametrize("name", CONTAINERS)
def test_variables_are_settings_and_come_from_what_exists(name: str) -> None:
    container = CONTAINERS[name]
    (source,) = container["envFrom"]
    (configuration,) = of_kind("ConfigMap")
    assert source["configMapRef"]["name"] == configuration["metadata"]["name"]

    given = [*configuration["data"], *(variable["name"] for variable in container["env"])]
    known = {field.upper() for field in Settings.model_fields} | {"PROMETHEUS_MULTIPROC_DIR"}
    assert set(given) <= known
    for variable in container["env"]:
        if re.search("SECRET|TOKEN|URL|DSN", variable["name"]):
            assert "secretKeyRef" in variable["valueFrom"]


def test_settings_of_the_cluster_are_valid() -> None:
    (configuration,) = of_kind("ConfigMap")
    values = {name.lower(): value for name, value in configuration["data"].items()}
    settings = Settings.model_validate(
        {"database_url": "postgresql://db/app", "secret_key": "0f3c1b7a9d2e4856" * 4, **values}
    )
    assert settings.environment == "production"


def test_the_service_and_the_disruption_budget_select_the_api() -> None:
    (service,) = of_kind("Service")
    (budget,) = of_kind("PodDisruptionBudget")
    (api,) = [w for w in of_kind("Deployment") if w["metadata"]["name"].endswith("-api")]
    labels = api["spec"]["template"]["metadata"]["labels"]

    assert service["spec"]["selector"] == labels
    assert budget["spec"]["selector"]["matchLabels"] == labels
    ports = {port["name"] for port in pod_of(api)["containers"][0]["ports"]}
    assert service["spec"]["ports"][0]["targetPort"] in ports


@pytest.mark.parametrize(
    "workload", of_kind("Deployment"), ids=lambda manifest: manifest["metadata"]["name"]
)
def test_deployments_select_their_own_pods_only(workload: Manifest) -> None:
    selector = workload["spec"]["selector"]["matchLabels"]
    selected = [
        other["metadata"]["name"]
        for other in WORKLOADS
        if selector.items() <= other["spec"]["template"]["metadata"]["labels"].items()
    ]
    assert selected == [workload["metadata"]["name"]]


def test_probes_ask_what_the_api_answers() -> None:
    paths = set(app.openapi()["paths"])
    api = next(c for name, c in CONTAINERS.items() if name.endswith("-api/api"))
    probes = {kind: api[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness")}

    assert probes == {"startup": "/health", "liveness": "/health"}
    assert api["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    assert {*probes.values(), "/health/ready"} <= paths
    dockerfile = (PROJECT_ROOT / "docker/Dockerfile").read_text(encoding="utf-8")
    assert '"http://127.0.0.1:8000/health"' in dockerfile


def test_the_image_runs_as_the_user_that_the_cluster_expects() -> None:
    dockerfile = (PROJECT_ROOT / "docker/Dockerfile").read_text(encoding="utf-8")
    user = re.search(r"^USER (\d+):(\d+)$", dockerfile, re.MULTILINE)

    assert user is not None
    for workload in WORKLOADS:
        security = pod_of(workload)["securityContext"]
        assert (security["runAsUser"], security["runAsGroup"]) == tuple(map(int, user.groups()))


COMPOSE = {
    name: yaml.safe_load((PROJECT_ROOT / "docker" / name).read_text(encoding="utf-8"))
    for name in ("docker-compose.yml", "docker-compose.prod.yml")
}


@pytest.mark.parametrize("name", COMPOSE)
def test_everything_waits_for_the_migrations(name: str) -> None:
    services = COMPOSE[name]["services"]
    for process in ("api", "worker", "consumer", "scheduler"):
        needed = services[process]["depends_on"]["migrate"]
        assert needed == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", COMPOSE)
def test_no_secret_is_in_a_compose_file(name: str) -> None:
    for service in COMPOSE[name]["services"].values():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN|AUTH|_URL", variable) and "://redis:" not in value:
                assert "${" in value, variable


@pytest.mark.parametrize("name", COMPOSE)
def test_ports_are_open_to_this_host_only(name: str) -> None:
    ports = [
        port for service in COMPOSE[name]["services"].values() for port in service.get("ports", [])
    ]
    assert len(ports) == 1
    assert ports[0].startswith("127.0.0.1:")
    assert ports[0].endswith(":8000")


def test_the_two_compose_projects_are_kept_apart() -> None:
    assert len({compose["name"] for compose in COMPOSE.values()}) == 2


def test_in_production_containers_can_write_nowhere() -> None:
    for name, service in COMPOSE["docker-compose.prod.yml"]["services"].items():
        if name not in {"postgres", "redis"}:
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
