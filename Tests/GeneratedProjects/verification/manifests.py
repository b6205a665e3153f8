"""Kubernetes objects: against their schemas, and each reference against what it names.

No schema sees a ConfigMap that was renamed, or a service that selects nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verification.commands import CheckError, NotVerifiedError
from verification.linters import accepts, read_yaml, refuses

# A kind without a schema is a warning to kubernetes-validate, and no more.
_KNOWN = frozenset(
    "ConfigMap CronJob Deployment HorizontalPodAutoscaler Ingress Job Namespace NetworkPolicy"
    " PersistentVolumeClaim PodDisruptionBudget Service ServiceAccount StatefulSet".split()
)
_WORKLOADS = ("CronJob", "Deployment", "Job", "StatefulSet")
_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def require_schemas(paths: Sequence[Path], cwd: Path) -> str:
    """Every document is as its schema demands."""
    seen = accepts("kubernetes-validate", ["--strict"], paths, cwd)
    documents = read_documents(paths)
    unknown = {one["kind"] for one in documents} - _KNOWN
    if unknown:
        raise NotVerifiedError(f"kinds {sorted(unknown)}")
    return f"{seen}, {len(documents)} documents"


def require_refused(path: Path, old: str, new: str) -> None:
    """The schemas have something against a broken copy."""
    refuses("kubernetes-validate", ["--strict"], path, old, new)


def read_documents(paths: Sequence[Path]) -> list[Any]:
    return [document for path in paths for document in read_yaml(path) if document]


@dataclass(frozen=True)
class Manifests:
    """What is applied together."""

    documents: Sequence[Any]

    def of_kind(self, *kinds: str) -> list[Any]:
        return [one for one in self.documents if one["kind"] in kinds]

    def named(self, kind: str) -> dict[str, Any]:
        return {one["metadata"]["name"]: one for one in self.of_kind(kind)}

    @property
    def workloads(self) -> list[Any]:
        return self.of_kind(*_WORKLOADS)

    @property
    def containers(self) -> list[tuple[str, Any]]:
        """Each with where it is."""
        return [
            (f"{workload['metadata']['name']}/{container['name']}", container)
            for workload in self.workloads
            for container in containers_of(template(workload)["spec"])
        ]

    def variables(self, container: Any) -> dict[str, str | None]:
        """What a container's environment is, `None` where a secret says it."""
        maps = self.named("ConfigMap")
        found: dict[str, str | None] = {}
        for source in container.get("envFrom", []):
            found |= maps.get(source["configMapRef"]["name"], {"data": {}})["data"]
        return found | {one["name"]: one.get("value") for one in container.get("env", [])}

    def dangling(self) -> list[str]:
        """What names something that is not there, or selects what it should not."""
        return [*self._of_pods(), *self._of_selectors(), *self._of_autoscalers()]

    def _of_pods(self) -> Iterator[str]:
        there = {kind: set(self.named(kind)) for kind in ("ConfigMap", "PersistentVolumeClaim")}
        accounts = {"default", *self.named("ServiceAccount")}
        for workload in self.workloads:
            name, pod = workload["metadata"]["name"], template(workload)
            spec, labels = pod["spec"], pod["metadata"]["labels"]
            selector = workload["spec"].get("selector", {}).get("matchLabels", {})
            if not selector.items() <= labels.items():
                yield f"{name} does not select its own pods"
            if spec.get("serviceAccountName", "default") not in accounts:
                yield f"{name} has the service account {spec['serviceAccountName']}"
            volumes = spec.get("volumes", [])
            for volume in volumes:
                claim = volume.get("persistentVolumeClaim", {}).get("claimName")
                if claim and claim not in there["PersistentVolumeClaim"]:
                    yield f"{name} claims the volume {claim}"
            for container in containers_of(spec):
                where = f"{name}/{container['name']}"
                for source in container.get("envFrom", []):
                    if source["configMapRef"]["name"] not in there["ConfigMap"]:
                        yield f"{where} refers to {source['configMapRef']}"
                mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
                if not mounts <= {volume["name"] for volume in volumes}:
                    yield f"{where} mounts {sorted(mounts)}"
                for probe in probes(container):
                    asked = probe.get("httpGet")
                    if asked and asked["port"] not in ports([container]):
                        yield f"{where} probes port {asked['port']}"

    def _of_selectors(self) -> Iterator[str]:
        """Services and budgets select the pods of exactly one workload."""
        for one in self.of_kind("Service", "PodDisruptionBudget"):
            name = f"{one['kind']} {one['metadata']['name']}"
            selector = one["spec"]["selector"]
            chosen = self.selected(selector.get("matchLabels", selector))
            if len(chosen) != 1:
                yield f"{name} selects the pods of {len(chosen)} workloads"
            elif one["kind"] == "Service":
                there = ports(template(chosen[0])["spec"]["containers"])
                missing = {port["targetPort"] for port in one["spec"]["ports"]} - there
                if missing:
                    yield f"{name} sends to {missing} of {there}"
        for one in self.of_kind("NetworkPolicy"):
            if not self.selected(one["spec"]["podSelector"].get("matchLabels", {})):
                yield f"NetworkPolicy {one['metadata']['name']} selects nothing"

    def selected(self, labels: Any) -> list[Any]:
        """The workloads whose pods have the labels."""
        return [
            one
            for one in self.workloads
            if labels.items() <= template(one)["metadata"]["labels"].items()
        ]

    def _of_autoscalers(self) -> Iterator[str]:
        """Each names a workload, which says what it needs of what is measured, not how many."""
        for one in self.of_kind("HorizontalPodAutoscaler"):
            target = one["spec"]["scaleTargetRef"]
            scaled = self.named(target["kind"]).get(target["name"])
            if scaled is None or "replicas" in scaled["spec"]:
                yield f"the autoscaler's target {target['name']} is absent or has replicas"
                continue
            measured = {
                metric["resource"]["name"]
                for metric in one["spec"].get("metrics", [])
                if metric["type"] == "Resource"
            }
            for container in template(scaled)["spec"]["containers"]:
                lacking = measured - set(container.get("resources", {}).get("requests", {}))
                if lacking:
                    yield f"{target['name']}/{container['name']} requests no {sorted(lacking)}"

    def unhardened(self) -> list[str]:
        """What a container may that it does not need, or does not say."""
        problems = []
        for workload in self.workloads:
            spec = template(workload)["spec"]
            pod = spec.get("securityContext", {})
            for container in containers_of(spec):
                own = {**pod, **container.get("securityContext", {})}
                resources = container.get("resources", {})
                wanted = {
                    "runAsNonRoot": own.get("runAsNonRoot") is True,
                    "runAsUser": own.get("runAsUser", 0) != 0,
                    "seccompProfile": own.get("seccompProfile", {}).get("type") == "RuntimeDefault",
                    "allowPrivilegeEscalation": own.get("allowPrivilegeEscalation") is False,
                    "readOnlyRootFilesystem": own.get("readOnlyRootFilesystem") is True,
                    "capabilities": own.get("capabilities", {}).get("drop") == ["ALL"],
                    "requests": {"cpu", "memory"} <= set(resources.get("requests", {})),
                    "limits": "memory" in resources.get("limits", {}),
                    "no token": spec.get("automountServiceAccountToken") is False,
                }
                where = f"{workload['metadata']['name']}/{container['name']}"
                problems += [f"{where}: {name}" for name, held in wanted.items() if not held]
            unprobed = [one for one in spec["containers"] if "livenessProbe" not in one]
            if workload["kind"] == "Deployment" and unprobed:
                problems.append(f"{workload['metadata']['name']} has no probe")
        return problems


def require_none(problems: Sequence[str]) -> None:
    if problems:
        raise CheckError("\n".join(problems))


def template(workload: Any) -> Any:
    spec = workload["spec"]
    return (spec["jobTemplate"]["spec"] if "jobTemplate" in spec else spec)["template"]


def containers_of(spec: Any) -> list[Any]:
    return [*spec.get("initContainers", []), *spec["containers"]]


def ports(containers: Sequence[Any]) -> set[str | int]:
    """By number and by name."""
    found: set[str | int] = set()
    for container in containers:
        for port in container.get("ports", []):
            found |= {port["containerPort"], port.get("name", port["containerPort"])}
    return found


def probes(container: Any) -> list[Any]:
    return [container[name] for name in _PROBES if name in container]
