"""The Kubernetes manifests: against their schemas, and each reference against what it names."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.tiered.project import SECRET_KEY, Project
from verification import manifests
from verification.commands import CheckError, Command, run
from verification.linters import accepts
from verification.manifests import probes, require_none
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

    def _read(self) -> manifests.Manifests:
        return manifests.Manifests(manifests.read_documents(self._paths))

    def _schemas(self) -> str:
        if not {path.stem for path in self._paths} >= set(_FILES):
            raise CheckError(f"there are only {[path.name for path in self._paths]}")
        wrong = {"deployment": ("containers:", "containerz:"), "service": ("ports:", "portz:")}
        for name, (old, new) in wrong.items():
            manifests.require_refused(self.project.folder / f"k8s/{name}.yaml", old, new)
        return manifests.require_schemas(self._paths, self.project.folder)

    def _settings(self) -> dict[str, bool]:
        """What the program reads, and whether it has to be set."""
        project, python = self.project, self.used.python()
        settings = {"DATABASE_URL": "sqlite://", "SECRET_KEY": SECRET_KEY}
        env = project.environment(python, settings)
        told = run([python, "-c", _DESCRIBE], cwd=project.folder, env=env).out
        return dict(json.loads(told))

    def _references(self) -> str:
        """Beside what all manifests need: nothing is set in vain, nothing that is needed lacks."""
        read = self._read()
        settings = self._settings()
        required = {name for name, needed in settings.items() if needed}
        problems = read.dangling()
        for where, container in read.containers:
            given = set(read.variables(container))
            if unread := given - set(settings) - _READ_BY_OTHERS:
                problems.append(f"{where} sets {sorted(unread)}, which nothing reads")
            if lacking := required - given:
                problems.append(f"{where} starts without {sorted(lacking)}")
            for variable in container.get("env", []):
                name, wanted = variable["name"], variable.get("valueFrom", {}).get("secretKeyRef")
                if wanted and wanted["key"] != name.lower().replace("_", "-"):
                    problems.append(f"{where}: {name} is {wanted}")
                if wanted and wanted.get("optional") and name in required:
                    problems.append(f"{where}: {name} is required and optional")
            problems += self._of_commands(container, where)
        require_none(problems)
        return f"{len(read.workloads)} workloads, {len(settings)} settings"

    def _of_commands(self, container: Any, where: str) -> list[str]:
        """Modules that are run are there, and paths that are asked."""
        words = [*container.get("command", []), *container.get("args", [])]
        asked = []
        for probe in probes(container):
            words += probe.get("exec", {}).get("command", [])
            asked += [probe["httpGet"]["path"]] if "httpGet" in probe else []
        module = re.compile(r"(?:src|tools|scripts)\.[a-z_.]+")
        named = [one for one in map(str, words) if module.fullmatch(one)]
        absent = [
            f"{where} runs {name}, which is not there"
            for name in named
            if not (self.project.folder / f"{name.replace('.', '/')}.py").is_file()
        ]
        unknown = set(asked) - {"/health", "/health/ready"}
        return [*absent, *(f"{where} probes {path}" for path in sorted(unknown))]

    def _hardening(self) -> str:
        read = self._read()
        images = {container["image"] for _, container in read.containers}
        several = [f"several images: {sorted(images)}"] if len(images) != 1 else []
        require_none([*read.unhardened(), *several])
        return f"{len(read.containers)} containers"

    def _rendered(self) -> str:
        """The layout's own tool puts a release's image in, and the schemas still hold."""
        project, python = self.project, self.used.python()
        env = project.environment(python)
        image = "registry.example.com/team/service:1.2.3"
        command: Command = [python, "-m", "tools.deployment.render_manifests", "--image", image]
        told = run(command, cwd=project.folder, env=env).out
        path = self.scratch / f"{project.name}-release.yaml"
        path.write_text(told, encoding="utf-8")
        accepts("kubernetes-validate", ["--strict"], [path], self.scratch)
        released = manifests.Manifests(manifests.read_documents([path]))
        images = {container["image"] for _, container in released.containers}
        count = len(released.documents)
        if images != {image} or count != len(self._read().documents):
            raise CheckError(f"{count} documents with {images}")
        run([*command[:-1], "no image at all"], cwd=project.folder, env=env, codes=(1, 2))
        return f"{count} documents"
