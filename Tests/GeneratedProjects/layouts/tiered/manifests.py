"""The Kubernetes manifests: against their schemas, and each reference against what it names.

No schema sees a ConfigMap that was renamed, or a secret that no setting reads.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.tiered.project import SECRET_KEY, Project
from verification.commands import CheckError, Command, run
from verification.linters import accepts, read_yaml, refuses
from verification.pytest_code import bytecode
from verification.python_code import Used
from verification.report import Check

_FILES = ("configmap", "deployment", "service")
_READ_BY_OTHERS = {"HEARTBEAT_FILE", "PROMETHEUS_MULTIPROC_DIR"}
_DESCRIBE = """
import json
from src.core.config import Settings
fields = {name.upper(): field.is_required() for name, field in Settings.model_fields.items()}
print(json.dumps(fields))
"""


@dataclass(frozen=True)
class Manifests:
    """The manifests of a project, as they stand and as they are rendered for a release."""

    used: Used[Project]
    scratch: Path

    @property
    def project(self) -> Project:
        return self.used.project()

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"manifests by kubernetes-validate{title}", self._schemas),
            Check(f"manifests: what refers to what{title}", self._references),
            Check(f"manifests: security and resources{title}", self._hardening),
            Check(f"manifests for a release{title}", self._rendered),
        ]

    @property
    def _paths(self) -> list[Path]:
        return sorted((self.project.folder / "k8s").glob("*.yaml"))

    def _documents(self) -> list[Any]:
        return [document for path in self._paths for document in read_yaml(path) if document]

    def _of_kind(self, *kinds: str) -> list[Any]:
        return [one for one in self._documents() if one["kind"] in kinds]

    def _workloads(self) -> list[Any]:
        return self._of_kind("Deployment", "Job", "CronJob", "StatefulSet")

    def _schemas(self) -> str:
        if not {path.stem for path in self._paths} >= set(_FILES):
            raise CheckError(f"there are only {[path.name for path in self._paths]}")
        wrong = {"deployment": ("containers:", "containerz:"), "service": ("ports:", "portz:")}
        for name, (old, new) in wrong.items():
            path = self.project.folder / f"k8s/{name}.yaml"
            refuses("kubernetes-validate", ["--strict"], path, old, new)
        seen = accepts("kubernetes-validate", ["--strict"], self._paths, self.project.folder)
        # A kind without a schema is a warning to it, and no more.
        kinds = {one["kind"] for one in self._documents()}
        known = {"ConfigMap", "CronJob", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job"}
        known |= {"NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount"}
        known |= {"StatefulSet"}
        if kinds - known:
            raise CheckError(f"not verified: kinds {kinds - known}")
        return f"{seen}, {len(self._documents())} documents"

    def _settings(self) -> dict[str, bool]:
        """What the program reads, and whether it has to be set."""
        project, python = self.project, self.used.python()
        settings = {"DATABASE_URL": "sqlite://", "SECRET_KEY": SECRET_KEY}
        env = project.environment(python, bytecode(self.scratch) | settings)
        told = run([python, "-c", _DESCRIBE], cwd=project.folder, env=env).out
        return dict(json.loads(told))

    def _references(self) -> str:
        problems: list[str] = []

        def require(condition: bool, problem: str) -> None:
            if not condition:
                problems.append(problem)

        maps = {one["metadata"]["name"]: one for one in self._of_kind("ConfigMap")}
        settings = self._settings()
        pods = {one["metadata"]["name"]: _template(one) for one in self._workloads()}
        for workload in self._workloads():
            name, template = workload["metadata"]["name"], _template(workload)
            spec = template["spec"]
            selector = workload["spec"].get("selector", {}).get("matchLabels", {})
            labels = template["metadata"]["labels"]
            require(selector.items() <= labels.items(), f"{name} does not select its own pods")
            volumes = {volume["name"] for volume in spec.get("volumes", [])}
            for container in _containers(spec):
                given: set[str] = set()
                where = f"{name}/{container['name']}"
                for source in container.get("envFrom", []):
                    of_map = source["configMapRef"]["name"]
                    require(of_map in maps, f"{where} refers to the config map {of_map}")
                    given |= set(maps.get(of_map, {"data": {}})["data"])
                for variable in container.get("env", []):
                    given.add(variable["name"])
                    wanted = variable.get("valueFrom", {}).get("secretKeyRef")
                    if wanted:
                        key = variable["name"].lower().replace("_", "-")
                        require(wanted["key"] == key, f"{where}: {variable['name']} is {wanted}")
                        optional = bool(wanted.get("optional"))
                        require(
                            not (optional and settings.get(variable["name"], False)),
                            f"{where}: {variable['name']} is required and optional",
                        )
                unread = given - set(settings) - _READ_BY_OTHERS
                require(not unread, f"{where} sets {sorted(unread)}, which nothing reads")
                lacking = {key for key, required in settings.items() if required} - given
                require(not lacking, f"{where} starts without {sorted(lacking)}")
                mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
                require(mounts <= volumes, f"{where} mounts {sorted(mounts - volumes)}")
                self._require_command(container, where, problems)
                _require_probes(container, where, problems)
        self._require_selected(pods, problems)
        if problems:
            raise CheckError("\n".join(problems))
        return f"{len(pods)} workloads, {len(settings)} settings"

    def _require_command(self, container: Any, where: str, problems: list[str]) -> None:
        """Modules that are run are there."""
        words = [str(word) for word in (*container.get("command", []), *container.get("args", []))]
        named = [word for word in words if re.fullmatch(r"(?:src|tools|scripts)\.[a-z_.]+", word)]
        problems += [
            f"{where} runs {name}, which is not there"
            for name in (*named, *_probed_modules(container))
            if not (self.project.folder / f"{name.replace('.', '/')}.py").is_file()
        ]

    def _require_selected(self, pods: dict[str, Any], problems: list[str]) -> None:
        """Services and budgets select the pods of exactly one workload; autoscalers name one."""
        for one in self._of_kind("Service", "PodDisruptionBudget"):
            name = f"{one['kind']} {one['metadata']['name']}"
            selector = one["spec"]["selector"]
            selector = selector.get("matchLabels", selector)
            chosen = [
                pod
                for pod in pods.values()
                if selector.items() <= pod["metadata"]["labels"].items()
            ]
            if len(chosen) != 1:
                problems.append(f"{name} selects the pods of {len(chosen)} workloads")
            elif one["kind"] == "Service":
                ports = _ports(chosen[0]["spec"]["containers"])
                missing = {port["targetPort"] for port in one["spec"]["ports"]} - ports
                if missing:
                    problems.append(f"{name} sends to {missing} of {ports}")
        for one in self._of_kind("HorizontalPodAutoscaler"):
            target = one["spec"]["scaleTargetRef"]["name"]
            scaled = [two for two in self._workloads() if two["metadata"]["name"] == target]
            if len(scaled) != 1 or "replicas" in scaled[0]["spec"]:
                problems.append(f"the autoscaler's target {target} is absent or has replicas")

    def _hardening(self) -> str:
        problems = []
        count = 0
        images = set()
        for workload in self._workloads():
            spec = _template(workload)["spec"]
            pod = spec.get("securityContext", {})
            for container in _containers(spec):
                count += 1
                where = f"{workload['metadata']['name']}/{container['name']}"
                own = {**pod, **container.get("securityContext", {})}
                images.add(container["image"])
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
                problems += [f"{where}: {name}" for name, held in wanted.items() if not held]
            if workload["kind"] == "Deployment":
                for container in spec["containers"]:
                    probes = {"livenessProbe", "readinessProbe"} & set(container)
                    if not probes:
                        problems.append(f"{workload['metadata']['name']} has no probe")
        if len(images) != 1:
            problems.append(f"several images: {sorted(images)}")
        if problems:
            raise CheckError("\n".join(problems))
        return f"{count} containers"

    def _rendered(self) -> str:
        """The layout's own tool puts a release's image in, and the schemas still hold."""
        project, python = self.project, self.used.python()
        env = project.environment(python, bytecode(self.scratch))
        image = "registry.example.com/team/service:1.2.3"
        command: Command = [python, "-m", "tools.deployment.render_manifests", "--image", image]
        told = run(command, cwd=project.folder, env=env).out
        path = self.scratch / f"{project.name}-release.yaml"
        path.write_text(told, encoding="utf-8")
        accepts("kubernetes-validate", ["--strict"], [path], self.scratch)
        documents = [one for one in read_yaml(path) if one]
        images = {
            container["image"]
            for one in documents
            if one["kind"] in ("Deployment", "Job")
            for container in _containers(_template(one)["spec"])
        }
        if images != {image} or len(documents) != len(self._documents()):
            raise CheckError(f"{len(documents)} documents with {images}")
        run([*command[:-1], "no image at all"], cwd=project.folder, env=env, codes=(1, 2))
        return f"{len(documents)} documents"


def _template(workload: Any) -> Any:
    spec = workload["spec"]
    return (spec["jobTemplate"]["spec"] if "jobTemplate" in spec else spec)["template"]


def _containers(spec: Any) -> Iterator[Any]:
    yield from spec.get("initContainers", [])
    yield from spec["containers"]


def _ports(containers: Any) -> set[str | int]:
    ports: set[str | int] = set()
    for container in containers:
        for port in container.get("ports", []):
            ports |= {port["containerPort"], port.get("name", port["containerPort"])}
    return ports


def _probes(container: Any) -> Iterator[Any]:
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        if name in container:
            yield container[name]


def _probed_modules(container: Any) -> list[str]:
    words = [str(word) for probe in _probes(container) for word in _command(probe)]
    return [word for word in words if re.fullmatch(r"(?:src|tools)\.[a-z_.]+", word)]


def _command(probe: Any) -> list[Any]:
    return list(probe.get("exec", {}).get("command", []))


def _require_probes(container: Any, where: str, problems: list[str]) -> None:
    for probe in _probes(container):
        asked = probe.get("httpGet")
        if asked is None:
            continue
        if asked["port"] not in _ports([container]):
            problems.append(f"{where} probes port {asked['port']}")
        if asked["path"] not in ("/health", "/health/ready"):
            problems.append(f"{where} probes {asked['path']}")
