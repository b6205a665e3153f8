"""The Kustomize base and its overlays, rendered by kubectl."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from layouts.ops_k8s.project import IMAGES, Project
from layouts.ops_k8s.releases import Releases
from verification.claims import require, require_equal
from verification.commands import run
from verification.manifests import (
    Manifests,
    containers_of,
    ports,
    probes,
    read_documents,
    require_none,
    require_refused,
    require_schemas,
    template,
)
from verification.python_code import Used
from verification.report import Check, Once
from verification.tools import tool

_KINDS = (
    "ConfigMap CronJob Deployment HorizontalPodAutoscaler Job NetworkPolicy PodDisruptionBudget"
    " Service ServiceAccount"
)
# What others than the project's own settings read.
_OF_OTHERS = {"MLFLOW_BACKEND_STORE_URI", "AWS_DEFAULT_REGION", "AWS_REGION"}
_DNS = {("UDP", 53), ("TCP", 53)}
# What a secret may be, and where it leads to.
_A_SECRET = {
    "API_KEYS": f"billing:{'0f' * 32}",
    "DATABASE_URL": "postgresql+psycopg://app:secret@host:5432/app",
    "MLFLOW_BACKEND_STORE_URI": "postgresql+psycopg2://mlflow:secret@host:5432/mlflow",
    "REDIS_URL": "rediss://:secret@host:6379/0",
    "KAFKA_SASL_PASSWORD": "secret",
}
_PORTS = {"DATABASE_URL": 5432, "MLFLOW_BACKEND_STORE_URI": 5432, "REDIS_URL": 6379}
# Every setting that there is, where it belongs, and whether it has to be set.
_DESCRIBE = """
import importlib, json, pkgutil
import src
from src.utils.settings import EnvironmentSettings
for module in pkgutil.walk_packages(src.__path__, "src."):
    if ".migrations" not in module.name:
        importlib.import_module(module.name)
def every(parent):
    for child in parent.__subclasses__():
        yield child
        yield from every(child)
fields = {}
for one in every(EnvironmentSettings):
    one()
    fields |= {name.upper(): field.is_required() for name, field in one.model_fields.items()}
print(json.dumps(fields))
"""


class Kubernetes:
    """What the environments of a project get."""

    def __init__(self, used: Used[Project], scratch: Path) -> None:
        self._used = used
        self._scratch = scratch
        self._rendered = Once("`kubectl kustomize`", self._render)
        self._read = Once("the manifests", self._read_all)

    @property
    def project(self) -> Project:
        return self._used.project()

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"kubectl kustomize, kubernetes-validate{title}", self._schemas),
            Check(f"manifests: what refers to what{title}", self._references),
            Check(f"manifests: settings and secrets{title}", self._settings),
            Check(f"manifests: security and resources{title}", self._hardening),
            Check(f"manifests: network policies{title}", self._policies),
            Check(f"manifests: production is large{title}", self._sizes),
            *Releases(self._used, self._scratch).checks(title),
        ]

    # Rendering

    @property
    def _folder(self) -> Path:
        return self.project.folder / "ops/k8s"

    @property
    def _rendered_folder(self) -> Path:
        folder = self._scratch / f"manifests-{self.project.name}"
        folder.mkdir(exist_ok=True)
        return folder

    def _render(self) -> Mapping[str, Path]:
        """The base and every overlay; without a file that is listed there is nothing."""
        overlays = {path.name for path in (self._folder / "overlays").iterdir()}
        require_equal("overlays", overlays, set(self.project.environments))
        found = {"base": self._kustomize("base", self._folder / "base")}
        for name in self.project.environments:
            found[name] = self._kustomize(name, self._folder / "overlays" / name)
        broken = self._rendered_folder / "broken"
        shutil.copytree(self._folder, broken)
        (broken / "base/api-deployment.yaml").unlink()
        overlay = broken / "overlays" / self.project.environments[0]
        result = run([tool("kubectl"), "kustomize", overlay], codes=None)
        require(
            result.code != 0 and "api-deployment.yaml" in result.text,
            f"without a file that is listed it ended with {result.code}\n{result.text}",
        )
        shutil.rmtree(broken)
        return found

    def _kustomize(self, name: str, folder: Path) -> Path:
        path = self._rendered_folder / f"{name}.yaml"
        path.write_text(run([tool("kubectl"), "kustomize", folder]).out, encoding="utf-8")
        return path

    def _read_all(self) -> Mapping[str, Manifests]:
        return {name: Manifests(read_documents([path])) for name, path in self._rendered().items()}

    def _of(self, name: str) -> Manifests:
        return self._read()[name]

    @property
    def _environments(self) -> Mapping[str, Manifests]:
        return {name: self._of(name) for name in self.project.environments}

    @property
    def _first(self) -> Manifests:
        return self._of(self.project.environments[0])

    # Checks

    def _schemas(self) -> str:
        paths = [*self._rendered().values()]
        for old, new in (
            ("containers:", "containerz:"),
            ("scaleTargetRef:", "scaleTarget:"),
        ):
            require_refused(paths[-1], old, new)
        namespaces = sorted(self._folder.glob("overlays/*/namespace.yaml"))
        require_equal("namespaces", len(namespaces), len(self.project.environments))
        seen = require_schemas([*paths, *namespaces], self.project.folder)
        for name, read in self._environments.items():
            there = {one["kind"] for one in read.documents}
            lacking = set(_KINDS.split()) - there
            require(not lacking, f"{name} lacks {sorted(lacking)}")
        return seen

    def _references(self) -> str:
        problems = []
        for name, read in self._environments.items():
            problems += [f"{name}: {one}" for one in read.dangling()]
            problems += [f"{name}: {one}" for one in self._of_environment(name, read)]
        require_none(problems)
        self._require_noticed()
        counts = [f"{name}: {len(read.documents)}" for name, read in self._environments.items()]
        return ", ".join(counts)

    def _of_environment(self, name: str, read: Manifests) -> Iterator[str]:
        """What kustomize was to put everywhere, and images of the registry that was asked for."""
        project = self.project
        [namespace] = read_documents([self._folder / "overlays" / name / "namespace.yaml"])
        if namespace["metadata"]["name"] != f"{project.name}-{name}":
            yield f"the namespace is {namespace['metadata']['name']}"
        for one in read.documents:
            what = f"{one['kind']} {one['metadata']['name']}"
            if one["metadata"].get("namespace") != f"{project.name}-{name}":
                yield f"{what} is in {one['metadata'].get('namespace')}"
        images = {container["image"] for _, container in read.containers}
        registry = project.rendered_registry
        expected = {f"{registry}/{project.name}-{kind}:unreleased" for kind in IMAGES}
        if images != expected:
            yield f"images {sorted(images)}"
        if {pod["metadata"]["name"] for pod in read.workloads} != self._expected_workloads():
            yield f"workloads {sorted(pod['metadata']['name'] for pod in read.workloads)}"
        for where, container in read.containers:
            words = [*container.get("command", []), *container.get("args", [])]
            for word in words:
                module = self.project.folder / f"{str(word).replace('.', '/')}.py"
                if re.fullmatch(r"src(?:\.\w+)+", str(word)) and not module.is_file():
                    yield f"{where} runs {word}, which is not there"

    def _expected_workloads(self) -> set[str]:
        workers = {f"ingestion-{source}" for source in self.project.ingestion}
        return {
            f"{self.project.name}-{part}"
            for part in ("api", "features", "migrate", "mlflow", *workers)
        }

    def _require_noticed(self) -> None:
        """These checks see what no schema does."""
        name = self.project.environments[0]
        text = self._rendered()[name].read_text(encoding="utf-8")
        api = f"{self.project.name}-api"
        wrong = {
            "a ConfigMap that was renamed": (
                f"name: {self._config(name)}\n  namespace",
                "name: x\n  namespace",
            ),
            "an autoscaler of something else": (
                f"kind: Deployment\n    name: {api}",
                "kind: Deployment\n    name: x",
            ),
            "a service that sends to no port": ("targetPort: http", "targetPort: x"),
        }
        broken = self._rendered_folder / "broken.yaml"
        for what, (old, new) in wrong.items():
            require(old in text, f"{name} has no {old!r}")
            broken.write_text(text.replace(old, new), encoding="utf-8")
            require(
                bool(Manifests(read_documents([broken])).dangling()),
                f"{what} is not noticed",
            )

    def _config(self, name: str) -> str:
        """With the hash of its content, so that what reads it starts anew when it changes."""
        [config] = self._of(name).of_kind("ConfigMap")
        found = str(config["metadata"]["name"])
        require(
            re.fullmatch(rf"{self.project.name}-config-[0-9a-z]{{10}}", found) is not None,
            f"the config map is {found}",
        )
        return found

    def _settings(self) -> str:
        """Nothing is set in vain or wrongly, nothing that is needed lacks, secrets are secrets."""
        project = self.project
        guide = (project.folder / "docs/guides/deployment.md").read_text(encoding="utf-8")
        documented = set(re.findall(r"--from-literal=(\w+)=", guide))
        secrets = {"API_KEYS", "DATABASE_URL", "MLFLOW_BACKEND_STORE_URI"}
        secrets |= {"REDIS_URL"} if "redis" in project.feature_store else set()
        require_equal("the guide's secrets", documented, secrets)
        problems = []
        count = 0
        for name, read in self._environments.items():
            settings = self._read_by_code(read)
            count = len(settings)
            for where, container in read.containers:
                found = self._of_settings(name, read, container, settings)
                problems += [f"{name}, {where} {problem}" for problem in found]
            used = {
                key
                for _, one in read.containers
                for key, wanted in self._secrets(one).items()
                if not wanted.get("optional")
            }
            if used != secrets:
                problems.append(f"{name} uses the secrets {sorted(used)}")
        require_none(problems)
        return f"{count} settings, {len(secrets)} secrets"

    def _of_settings(
        self, name: str, read: Manifests, container: Any, settings: Mapping[str, bool]
    ) -> Iterator[str]:
        given = read.variables(container)
        if unread := set(given) - set(settings) - _OF_OTHERS:
            yield f"sets {sorted(unread)}, which nothing reads"
        if shown := {key for key, value in given.items() if value is not None} & set(_A_SECRET):
            yield f"shows {sorted(shown)}"
        for variable, wanted in self._secrets(container).items():
            if (wanted["name"], wanted["key"]) != (f"{self.project.name}-secrets", variable):
                yield f"takes {variable} from {wanted}"
        if container["image"].rpartition(":")[0].endswith("-mlflow"):
            return
        if lacking := {key for key, needed in settings.items() if needed} - set(given):
            yield f"starts without {sorted(lacking)}"
        if given.get("ENVIRONMENT") != name:
            yield f"believes to be in {given.get('ENVIRONMENT')}"

    @staticmethod
    def _secrets(container: Any) -> dict[str, Any]:
        return {
            variable["name"]: variable["valueFrom"]["secretKeyRef"]
            for variable in container.get("env", [])
            if "valueFrom" in variable
        }

    def _read_by_code(self, read: Manifests) -> Mapping[str, bool]:
        """Every setting takes the value that it is given; the answer says which have to be."""
        given: dict[str, str] = {}
        for _, container in read.containers:
            given |= {
                name: value if value is not None else _A_SECRET[name]
                for name, value in read.variables(container).items()
            }
        python = self._used.python()
        env = self.project.environment(python, given)
        told = run([python, "-c", _DESCRIBE], cwd=self.project.folder, env=env).out
        return dict(json.loads(told))

    def _hardening(self) -> str:
        problems = []
        for name, read in self._environments.items():
            problems += [f"{name}: {one}" for one in read.unhardened()]
            path = self._folder / "overlays" / name / "namespace.yaml"
            [namespace] = read_documents([path])
            labels = namespace["metadata"]["labels"]
            if labels.get("pod-security.kubernetes.io/enforce") != "restricted":
                problems.append(f"{name}: the namespace has {labels}")
        require_none(problems)
        return f"{len(self._first.containers)} containers"

    def _policies(self) -> str:
        """Whoever needs another may call it, and is let in there; all may resolve names."""
        read = self._first
        problems = []
        for workload in read.workloads:
            name, pod = workload["metadata"]["name"], template(workload)
            policies = [
                one["spec"]
                for one in read.of_kind("NetworkPolicy")
                if workload in read.selected(one["spec"]["podSelector"].get("matchLabels", {}))
            ]
            confined = {kind for one in policies for kind in one["policyTypes"]}
            if confined != {"Ingress", "Egress"}:
                problems.append(f"{name} is confined for {sorted(confined)} only")
            egress = [rule for one in policies for rule in one.get("egress", [])]
            out = {port["port"] for rule in egress for port in rule.get("ports", [])}
            names = {
                (port["protocol"], port["port"])
                for rule in egress
                for port in rule.get("ports", [])
                if any(_is_dns(peer) for peer in rule.get("to", []))
            }
            if names != _DNS:
                problems.append(f"{name} may ask for names by {names}")
            needed = {
                _PORTS[variable]
                for container in containers_of(pod["spec"])
                for variable in read.variables(container)
                if variable in _PORTS
            }
            if name.endswith("-api"):
                needed |= {5000}
            if name.endswith("-kafka"):
                needed |= {_kafka_port(read, pod)}
            if not needed <= out:
                problems.append(f"{name} may not connect to {sorted(needed - out)}")
            ingress = [rule for one in policies for rule in one.get("ingress", [])]
            let_in = {port["port"] for rule in ingress for port in rule.get("ports", [])}
            there = ports(pod["spec"]["containers"])
            if not let_in <= there:
                problems.append(f"{name} lets in to {sorted(let_in)}, and has {there}")
            annotations = pod["metadata"].get("annotations", {})
            if "prometheus.io/port" in annotations and (
                int(annotations["prometheus.io/port"]) not in there
                or not any(_is_monitoring(rule) for rule in ingress)
            ):
                problems.append(f"{name} cannot be scraped")
        require_none(problems)
        return f"{len(read.of_kind('NetworkPolicy'))} policies"

    def _sizes(self) -> str:
        """Wherever it stands among the environments, and nothing else is."""
        production = self.project.production or self.project.environments[-1:]
        for name, read in self._environments.items():
            [scaler] = read.of_kind("HorizontalPodAutoscaler")
            [api] = [one for one in read.workloads if one["metadata"]["name"].endswith("-api")]
            spread = template(api)["spec"]["topologySpreadConstraints"]
            zones = "topology.kubernetes.io/zone" in {one["topologyKey"] for one in spread}
            seen = (scaler["spec"]["minReplicas"], scaler["spec"]["maxReplicas"], zones)
            require_equal(name, seen, (3, 12, True) if name in production else (1, 2, False))
        return ", ".join(production)

    def probed(self, part: str) -> list[str]:
        """The paths that Kubernetes will ask a workload for."""
        read = self._first
        found = [
            probe["httpGet"]["path"]
            for workload in read.workloads
            if workload["metadata"]["name"] == f"{self.project.name}-{part}"
            for container in template(workload)["spec"]["containers"]
            for probe in probes(container)
        ]
        require(bool(found), f"{part} has no probe")
        return sorted(set(found))


def _is_dns(peer: Any) -> bool:
    labels = peer.get("podSelector", {}).get("matchLabels", {})
    return bool(labels == {"k8s-app": "kube-dns"} and "namespaceSelector" in peer)


def _is_monitoring(rule: Any) -> bool:
    return "monitoring" in json.dumps(rule.get("from", []))


def _kafka_port(read: Manifests, pod: Any) -> int:
    [container] = pod["spec"]["containers"]
    servers = read.variables(container)["KAFKA_BOOTSTRAP_SERVERS"] or ""
    return int(servers.rpartition(":")[2])
