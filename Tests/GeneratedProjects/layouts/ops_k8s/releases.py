"""A release, as deploy.sh makes it, with a kubectl that writes down what it is asked."""

import re
from pathlib import Path

from layouts.ops_k8s.project import IMAGES, Project
from verification.claims import require, require_equal
from verification.commands import Result, run
from verification.manifests import Manifests, read_documents
from verification.python_code import Used
from verification.report import Check
from verification.tools import tool

# GitHub's, of an owner whose name no image could have.
_REGISTRY = "ghcr.io/Some-Owner"
# Writes down what it is asked, and what it is given; the rendering is left to the real one.
_KUBECTL = """\
#!/bin/bash
set -euo pipefail
if [[ "$1" == kustomize ]]; then
    exec {kubectl} "$@"
fi
printf '%s\\n' "$*" >>{log}
arguments="$*"
while (($#)); do
    if [[ "$1" == --filename || "$1" == -f ]]; then
        cat "$2" >{folder}/applied-$(wc -l <{log}).yaml
    fi
    shift
done
case "$arguments" in
    *' get deployments '*) printf 'deployment.apps/one\\ndeployment.apps/two\\n' ;;
    *' get job '*) printf {ended} ;;
esac
"""


class Releases:
    """Of one project."""

    def __init__(self, used: Used[Project], scratch: Path) -> None:
        self._used = used
        self._scratch = scratch

    def checks(self, title: str) -> list[Check]:
        return [Check(f"deploy.sh: migrations, then the rest{title}", self._deploy)]

    @property
    def _project(self) -> Project:
        return self._used.project()

    @property
    def _folder(self) -> Path:
        folder = self._scratch / f"releases-{self._project.name}"
        folder.mkdir(exist_ok=True)
        return folder

    def _deploy(self) -> str:
        """With a kubectl that writes down what it is asked."""
        environment = self._project.environments[-1]
        namespace = f"{self._project.name}-{environment}"
        told = self._run_deploy(environment, "3f1c0de", ended="Complete")
        require_equal("exit code", told.code, 0)
        folder = self._folder / "kubectl-Complete"
        asked = (folder / "log").read_text(encoding="utf-8").splitlines()
        expected = (
            rf"--namespace {namespace} delete job {self._project.name}-migrate .*",
            r"apply --filename \S+ --selector app\.kubernetes\.io/component in \((.*)\)",
            rf"--namespace {namespace} get job {self._project.name}-migrate .*",
            r"apply --filename \S+",
            rf"--namespace {namespace} get deployments .*",
            rf"--namespace {namespace} rollout status deployment\.apps/one .*",
            rf"--namespace {namespace} rollout status deployment\.apps/two .*",
        )
        require_equal("calls of kubectl", len(asked), len(expected))
        for line, pattern in zip(asked, expected, strict=True):
            require(re.fullmatch(pattern, line) is not None, f"`{line}` is not `{pattern}`")
        match = re.search(r"component in \((.*)\)", asked[1])
        first = set(match[1].split(", ")) if match else set()
        applied = Manifests(read_documents([folder / "applied-2.yaml"]))
        images = {container["image"] for _, container in applied.containers}
        registry = self._project.registry or _REGISTRY.lower()
        released = {f"{registry}/{self._project.name}-{kind}:3f1c0de" for kind in IMAGES}
        require_equal("images of the release", images, released)
        before = {
            one["kind"]
            for one in applied.documents
            if one["metadata"]["labels"].get("app.kubernetes.io/component") in first
        }
        require_equal("what goes first", before, {"ConfigMap", "Job"})
        self._require_refusals(environment)
        return f"{len(asked)} calls of kubectl"

    def _require_refusals(self, environment: str) -> None:
        """A migration that fails ends it at once; so do an environment and a tag that are none."""
        result = self._run_deploy(environment, "3f1c0de", ended="Failed")
        log = self._folder / "kubectl-Failed/log"
        after = [line for line in log.read_text(encoding="utf-8").splitlines() if "apply" in line]
        require(
            result.code == 1 and len(after) == 1,
            f"a failed migration: {result.code}, {after}",
        )
        for arguments in (
            ("nowhere", "1"),
            (environment, "a tag"),
            (environment,),
            ("../base", "1"),
        ):
            result = self._run_deploy(*arguments, ended="never")
            log = self._folder / "kubectl-never/log"
            require(result.code == 2 and not log.exists(), f"{arguments}: {result.text}")
        for registry in ("", "a registry") if not self._project.registry else ("a registry",):
            result = self._run_deploy(environment, "1", ended="never", registry=registry)
            refused = result.code == 2 and "regist" in result.text.lower() and not log.exists()
            require(refused, f"REGISTRY={registry}: {result.text}")

    def _run_deploy(self, *arguments: str, ended: str, registry: str = "") -> Result:
        """Where the project names no registry, one has to be given."""
        folder = self._folder / f"kubectl-{ended}"
        folder.mkdir(exist_ok=True)
        stand_in = folder / "kubectl"
        script = _KUBECTL.format(
            kubectl=tool("kubectl"), log=folder / "log", folder=folder, ended=ended
        )
        stand_in.write_text(script, encoding="utf-8")
        stand_in.chmod(0o755)
        given = registry if ended == "never" else "" if self._project.registry else _REGISTRY
        env = self._project.environment(stand_in, {"REGISTRY": given})
        return run(
            [self._project.folder / "ops/k8s/deploy.sh", *arguments],
            cwd=self._folder,
            env=env,
            codes=None,
        )
