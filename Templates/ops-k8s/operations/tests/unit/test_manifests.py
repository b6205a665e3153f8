"""The manifests: what refers to something names what is there, and nobody may more than needed."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from src.api.main import create_app
from src.ingestion.worker import SOURCES
from tests.fixtures.operations import (
    BASE,
    OVERLAYS,
    containers,
    containers_of,
    labels,
    named,
    of_kind,
    pod_template,
    pods,
    ports_of,
    read_env,
    read_yaml,
    selected,
    workloads,
)

CONFIG = read_env(BASE / "config.env")
SECRETS = "<<PROJECT_NAME>>-secrets"
# What has no default, or one that is true on a developer's machine only.
NEEDED = {
    "<<PROJECT_NAME>>-api": {"API_KEYS", "DATABASE_URL"<<@if redis in FEATURE_STORE>>, "REDIS_URL"<<@end>>},
    "<<PROJECT_NAME>>-features": {"DATABASE_URL"<<@if redis in FEATURE_STORE>>, "REDIS_URL"<<@end>>},
<<@for SOURCE in INGESTION>>
    "<<PROJECT_NAME>>-ingestion-<<SOURCE>>": {"DATABASE_URL"},
<<@end>>
    "<<PROJECT_NAME>>-migrate": {"DATABASE_URL"},
    "<<PROJECT_NAME>>-mlflow": {"MLFLOW_BACKEND_STORE_URI"},
}
NEEDED_OF_ENVIRONMENTS = {
    "ENVIRONMENT",
<<@if kafka in INGESTION>>
    "KAFKA_BOOTSTRAP_SERVERS",
<<@end>>
<<@if kinesis in INGESTION>>
    "AWS_DEFAULT_REGION",
<<@end>>
<<@if pubsub in INGESTION>>
    "PUBSUB_PROJECT",
<<@end>>
}
DNS = {("UDP", 53), ("TCP", 53)}
each_pod = pytest.mark.parametrize(("name", "pod"), pods().items(), ids=list(pods()))
each_container = pytest.mark.parametrize(
    "container", containers(), ids=lambda container: str(container["name"])
)
each_policy = pytest.mark.parametrize(
    "policy", of_kind("NetworkPolicy"), ids=lambda policy: str(policy["metadata"]["name"])
)


def policies_of(workload: str) -> list[Any]:
    specs = [policy["spec"] for policy in of_kind("NetworkPolicy")]
    return [spec for spec in specs if workload in selected(spec["podSelector"]["matchLabels"])]


# Settings and secrets


def secrets_of(container: Any) -> dict[str, Any]:
    return {one["name"]: one["valueFrom"]["secretKeyRef"] for one in container["env"]}


@each_pod
def test_pods_have_what_they_cannot_start_without(name: str, pod: Any) -> None:
    [main] = pod["containers"]
    needed = {one for one, key in secrets_of(main).items() if not key.get("optional")}
    assert needed == NEEDED[name]
    for container in containers_of(pod):
        for one, key in secrets_of(container).items():
            assert (key["name"], key["key"]) == (SECRETS, one)


@each_pod
def test_pods_of_this_code_read_the_generated_config_map(name: str, pod: Any) -> None:
    [generator] = read_yaml(BASE / "kustomization.yaml")["configMapGenerator"]
    expected = [{"configMapRef": {"name": generator["name"]}}]
    for container in containers_of(pod):
        own = not container["image"].endswith("-mlflow")
        assert container.get("envFrom", []) == (expected if own else [])


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: str(overlay.name))
def test_overlays_change_what_the_base_has(overlay: Any) -> None:
    kustomization = read_yaml(overlay / "kustomization.yaml")
    [generator] = kustomization["configMapGenerator"]
    [of_base] = read_yaml(BASE / "kustomization.yaml")["configMapGenerator"]
    given = read_env(overlay / "config.env")
    assert generator["name"] == of_base["name"]
    assert set(given) >= NEEDED_OF_ENVIRONMENTS
    assert given["ENVIRONMENT"] == overlay.name
    for patch in kustomization["patches"]:
        document = read_yaml(overlay / patch["path"])
        target = named(document["kind"])[document["metadata"]["name"]]
        if "template" in document["spec"]:
            changed = document["spec"]["template"]["spec"]["containers"]
            there = pod_template(target)["spec"]["containers"]
            assert {one["name"] for one in changed} <= {one["name"] for one in there}


def test_the_registry_is_a_service_that_answers_to_its_name() -> None:
    address = urlsplit(CONFIG["MLFLOW_TRACKING_URI"])
    service = named("Service")[str(address.hostname)]
    [mlflow] = pods()["<<PROJECT_NAME>>-mlflow"]["containers"]
    option, names = mlflow["args"]
    assert address.port in {port["port"] for port in service["spec"]["ports"]}
    assert option == "--allowed-hosts"
    assert address.netloc in names.split(",")


# What is listed


def test_every_manifest_is_listed() -> None:
    """One that is not is never applied."""
    for folder in (BASE, *OVERLAYS):
        read = read_yaml(folder / "kustomization.yaml")
        patches = [patch["path"] for patch in read.get("patches", [])]
        listed = [one for one in read["resources"] if not one.startswith("../")] + patches
        there = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
        # A namespace is made once, by somebody who may.
        assert sorted(listed) == sorted(there - {"namespace.yaml"})


@pytest.mark.parametrize("name", named("Deployment"))
def test_every_deployment_has_a_policy_of_its_own(name: str) -> None:
    component = labels()[name]["app.kubernetes.io/component"]
    policies = [
        policy
        for policy in of_kind("NetworkPolicy")
        if policy["metadata"]["labels"].get("app.kubernetes.io/component") == component
    ]
    [policy] = policies
    assert selected(policy["spec"]["podSelector"]["matchLabels"]) == [name]
    assert policy["spec"]["ingress"]


@pytest.mark.parametrize("name", named("Deployment"))
def test_every_deployment_of_this_code_is_scraped(name: str) -> None:
    [container] = pods()[name]["containers"]
    if container["image"].endswith("-api"):
        given = pod_template(workloads()[name])["metadata"]["annotations"]
        assert given["prometheus.io/scrape"] == "true"
        assert given["prometheus.io/path"] == "/metrics"
        policies = [rule for spec in policies_of(name) for rule in spec.get("ingress", [])]
        ports = {ports_of(pods()[name])[one["port"]] for rule in policies for one in rule["ports"]}
        assert int(given["prometheus.io/port"]) in ports
        monitoring = {"namespaceSelector": {"matchLabels": {"networking/monitoring": "true"}}}
        assert [rule for rule in policies if monitoring in rule["from"]]


# Who may what


@each_pod
def test_pods_are_confined(name: str, pod: Any) -> None:
    assert pod["automountServiceAccountToken"] is False
    expected = {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "runAsGroup": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert pod["securityContext"].items() >= expected.items()
    assert pod.get("serviceAccountName", "default") in {"default", *named("ServiceAccount")}


@each_container
def test_containers_are_confined(container: Any) -> None:
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} <= set(container["resources"]["requests"])
    assert "memory" in container["resources"]["limits"]


@each_policy
def test_policies_are_about_pods_that_are_there(policy: Any) -> None:
    spec = policy["spec"]
    chosen = selected(spec["podSelector"]["matchLabels"])
    assert chosen
    rules = [*spec.get("ingress", []), *spec.get("egress", [])]
    peers = [peer for rule in rules for peer in (*rule.get("from", []), *rule.get("to", []))]
    # Pods of other namespaces are not ours.
    ours = [peer for peer in peers if "podSelector" in peer and "namespaceSelector" not in peer]
    assert all(selected(peer["podSelector"]["matchLabels"]) for peer in ours)
    let_in = {port["port"] for rule in spec.get("ingress", []) for port in rule["ports"]}
    assert let_in <= {port for name in chosen for port in ports_of(pods()[name])}


@pytest.mark.parametrize("name", workloads())
def test_every_pod_may_resolve_names_and_reach_the_database(name: str) -> None:
    policies = policies_of(name)
    assert {kind for policy in policies for kind in policy["policyTypes"]} == {"Ingress", "Egress"}
    rules = [rule for policy in policies for rule in policy.get("egress", [])]
    dns = [rule for rule in rules if any("namespaceSelector" in to for to in rule.get("to", []))]
    allowed = {(port["protocol"], port["port"]) for rule in dns for port in rule["ports"]}
    assert allowed == DNS
    assert all(rule["ports"] for rule in rules)
    assert 5432 in {port["port"] for rule in rules for port in rule["ports"]}


# What is called


@each_pod
def test_probes_and_scrapes_find_their_port(name: str, pod: Any) -> None:
    ports = ports_of(pod)
    probes = [
        probe["httpGet"]["port"]
        for container in pod["containers"]
        for key, probe in container.items()
        if key.endswith("Probe")
    ]
    annotations = pod_template(workloads()[name])["metadata"].get("annotations", {})
    assert set(probes) <= set(ports)
    if annotations.get("prometheus.io/scrape") == "true":
        assert int(annotations["prometheus.io/port"]) in ports.values()


def test_workers_are_measured_where_they_listen() -> None:
    metrics = [ports["metrics"] for pod in pods().values() if "metrics" in (ports := ports_of(pod))]
    assert metrics == [int(CONFIG["INGESTION_METRICS_PORT"])] * len(SOURCES)


def test_probes_of_the_api_ask_for_its_routes() -> None:
    [api] = pods()["<<PROJECT_NAME>>-api"]["containers"]
    paths = {name: api[name]["httpGet"]["path"] for name in api if name.endswith("Probe")}
    assert set(paths.values()) <= set(create_app().openapi()["paths"])
    # A database that is gone must not make Kubernetes restart what would work with it.
    assert paths["livenessProbe"] == "/health"
    assert paths["readinessProbe"] == "/ready"


def test_services_and_budgets_select_one_workload_each() -> None:
    for one in of_kind("Service", "PodDisruptionBudget"):
        selector = one["spec"]["selector"]
        chosen = selected(selector.get("matchLabels", selector))
        assert chosen == [one["metadata"]["name"]]
        targets = {port["targetPort"] for port in one["spec"].get("ports", [])}
        assert targets <= set(ports_of(pods()[chosen[0]]))


def test_workloads_select_their_own_pods() -> None:
    for name, workload in named("Deployment").items():
        assert workload["spec"]["selector"]["matchLabels"].items() <= labels()[name].items()


def test_the_autoscaler_alone_decides_how_many_there_are() -> None:
    [scaler] = of_kind("HorizontalPodAutoscaler")
    target = workloads()[scaler["spec"]["scaleTargetRef"]["name"]]
    assert "replicas" not in target["spec"]
    [container] = pod_template(target)["spec"]["containers"]
    assert "cpu" in container["resources"]["requests"]
