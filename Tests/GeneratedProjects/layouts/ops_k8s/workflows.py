"""What machines read to build, check and deploy a project: workflows, Dockerfiles, compose, shell."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from layouts.ops_k8s.project import IMAGES, Project
from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.linters import (
    accepts,
    dockerfile,
    read_yaml,
    refuses,
    require_files,
    shell_scripts,
    workflows,
)
from verification.manifests import require_none
from verification.report import Check, Once
from verification.tools import tool

COMPOSE = ("ops/local/docker-compose.yml", "ops/local/docker-compose.override.yml")
_EVENTS = {
    "ci.yml": {"pull_request", "workflow_call"},
    "cd.yml": {"push"},
    "security.yml": {"pull_request", "schedule"},
    "zizmor.yml": {"pull_request", "push"},
}
# What each has to run, as the reference document says.
_RUNS = {
    "ci.yml": (
        *("ruff check", "black --check", "mypy", "kubectl kustomize", "promtool", "shellcheck"),
        *(f"scripts/test/{suite}.sh" for suite in ("unit", "integration", "performance", "e2e")),
    ),
    "cd.yml": ("docker/build-push-action@", "ops/k8s/deploy.sh"),
    "security.yml": ("bandit", "aquasecurity/trivy-action@"),
    "zizmor.yml": ("zizmorcore/zizmor-action@",),
}
_PIN = re.compile(r"uses: (?:[\w.-]+/[\w.-]+(?:/[\w.-]+)*@[0-9a-f]{40}  # v\d+\.\d+\.\d+|\$/\S+)")


def checks(project: Once[Project], title: str) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "workflows: schema, actionlint, zizmor": _workflows,
        "workflows: events, rights, pins, what they run": _contents,
        "hadolint": _hadolint,
        "shellcheck and shfmt": _shell,
        "compose files against the compose schema": _compose_schema,
        "compose files as compose reads them": _compose_config,
    }
    return [Check(f"{name}{title}", partial(_make, make, project)) for name, make in found.items()]


def _make(make: Callable[[Project], str], project: Once[Project]) -> str:
    return make(project())


def _workflows(project: Project) -> str:
    return workflows(project.folder, project.python)


def _contents(project: Project) -> str:
    """Nobody may more than is needed, and everything that is named is there."""
    problems = []
    steps = 0
    folder = project.folder / ".github/workflows"
    require_equal("workflows", {path.name for path in folder.iterdir()}, set(_EVENTS))
    for name, events in _EVENTS.items():
        text = (folder / name).read_text(encoding="utf-8")
        [read] = read_yaml(folder / name)
        # YAML reads `on` as true.
        require_equal(f"events of {name}", set(read["true"]), events)
        require_equal(f"permissions of {name}", read["permissions"], {})
        for job, told in read["jobs"].items():
            problems += [f"{name}, {job} {problem}" for problem in _of_rights(name, job, told)]
            steps += len(told.get("steps", []))
        for line in re.findall(r"uses: .*", text):
            if not _PIN.fullmatch(line):
                problems.append(f"{name} has `{line}`")
        problems += [f"{name} does not run {one}" for one in _RUNS[name] if one not in text]
        paths = re.findall(r"\b(?:scripts|ops)/[\w/]+\.(?:sh|yml)\b", text)
        problems += [
            f"{name} names {path}" for path in paths if not (project.folder / path).is_file()
        ]
    problems += _of_deployment(project)
    require_none(problems)
    return f"{steps} steps"


def _of_rights(name: str, job: str, told: Mapping[str, Any]) -> Iterator[str]:
    expected = {"contents": "read"}
    if (name, job) == ("cd.yml", "images"):
        expected["packages"] = "write"
    if told.get("permissions") != expected:
        yield f"may {told.get('permissions')}"
    if "uses" not in told and "timeout-minutes" not in told:
        yield "has no limit of time"
    for step in told.get("steps", []):
        checkout = step.get("uses", "").startswith("actions/checkout@")
        if checkout and step.get("with", {}).get("persist-credentials") is not False:
            yield "keeps the credentials of its checkout"


def _of_deployment(project: Project) -> Iterator[str]:
    """Images of the registry that was asked for, then one environment after the other."""
    [read] = read_yaml(project.folder / ".github/workflows/cd.yml")
    if read["true"]["push"] != {"branches": ["main"]}:
        yield f"cd.yml runs on {read['true']['push']}"
    jobs = read["jobs"]
    registry = project.registry or "ghcr.io/${{ github.repository_owner }}"
    if read["env"] != {"REGISTRY": registry}:
        yield f"cd.yml pushes to {read['env']}"
    if set(jobs["images"]["strategy"]["matrix"]["image"]) != set(IMAGES):
        yield "cd.yml builds other images"
    before = "images"
    for name in project.environments:
        job = jobs.get(f"deploy-{name}", {"needs": None, "environment": None})
        if (job["needs"], job["environment"]) != (before, name):
            yield f"cd.yml deploys {name} after {job['needs']}, in {job['environment']}"
        before = f"deploy-{name}"
    if jobs["images"]["needs"] != "checks" or not str(jobs["checks"]["uses"]).endswith("/ci.yml"):
        yield "cd.yml builds what CI has not checked"


def _hadolint(project: Project) -> str:
    found = require_files(project.folder / "ops/docker", "Dockerfile", len(IMAGES))
    require_equal("images", {path.parent.name for path in found}, set(IMAGES))
    for path in found:
        dockerfile(path, f"{project.python}-")
    return f"{len(found)} files"


def _shell(project: Project) -> str:
    """`scripts` and what deploys; common.sh is sourced by others and has no mode of its own."""
    found = [*require_files(project.folder / "scripts", "*.sh", 8)]
    found += require_files(project.folder / "ops", "*.sh")
    found.sort(key=lambda path: path.name == "common.sh")
    for path in found[:-1]:
        text = path.read_text(encoding="utf-8")
        require("\nset -euo pipefail\n" in text, f"{path.name} goes on when something fails")
        help_text = run([path, "--help"], cwd=Path("/")).out
        name = path.relative_to(project.folder)
        require(f"Usage: {name}" in help_text, f"{name} --help says\n{help_text}")
    return shell_scripts(found, project.folder, ["--external-sources"])


# Compose


def _compose_schema(project: Project) -> str:
    found = [project.folder / name for name in COMPOSE]
    schema = ["--builtin-schema", "vendor.compose-spec"]
    for path in found:
        refuses("check-jsonschema", schema, path, "services:", "servises:")
    return accepts("check-jsonschema", schema, found, project.folder)


def _compose_config(project: Project) -> str:
    """The base publishes nothing and keeps nothing; what the override adds is on loopback."""
    [base], [override] = (read_yaml(project.folder / name) for name in COMPOSE)
    require_equal("the compose project", base["name"], project.name)
    services, added = base["services"], override["services"]
    problems = [f"the base has no {name}" for name in set(added) - set(services)]
    for name, service in services.items():
        problems += [f"{name} has {key}" for key in ("ports", "volumes") if key in service]
        if "build" in service:
            context = (project.folder / COMPOSE[0]).parent / service["build"]["context"]
            if not (context / service["build"]["dockerfile"]).is_file():
                problems.append(f"{name} is built from {service['build']}")
    published = [port for one in added.values() for port in one.get("ports", [])]
    problems += [f"{port} is for all" for port in published if not port.startswith("127.0.0.1:")]
    hosts = [port.rpartition(":")[0] for port in published]
    problems += [f"{host} is published twice" for host in hosts if hosts.count(host) > 1]
    for name, service in added.items():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            there = source in override.get("volumes", {}) or (
                source.startswith(".") and ((project.folder / COMPOSE[1]).parent / source).exists()
            )
            problems += [] if there else [f"{name} mounts {volume}"]
    problems += _of_order(project, services)
    require_none(problems)
    for option in ([], ["--profile", "*"]):
        _require_configured(project, option)
    return f"{len(services)} services, {len(published)} ports"


def _of_order(project: Project, services: Mapping[str, Any]) -> Iterator[str]:
    """Once each: tables before anything uses them, features and a model before the API."""
    order = {
        service: {on: how["condition"] for on, how in one.get("depends_on", {}).items()}
        for service, one in services.items()
    }
    healthy, done = "service_healthy", "service_completed_successfully"
    expected: dict[str, dict[str, str]] = {
        "migrate": {"postgres": healthy},
        "features": {"migrate": done},
        "train": {"mlflow": healthy},
        "api": {"features": done, "train": done},
    }
    if "redis" in project.feature_store:
        expected["features"]["redis"] = healthy
    for name, after in expected.items():
        if order.get(name) != after:
            yield f"{name} starts after {order.get(name)}"
    for source in project.ingestion:
        worker = f"ingestion-{source}"
        if order.get(worker, {}).get("migrate") != done:
            yield f"{worker} does not wait for the tables"
        if services.get(worker, {}).get("profiles") != [source]:
            yield f"{worker} is in the profiles {services.get(worker, {}).get('profiles')}"
    for name in {on for one in order.values() for on, how in one.items() if how == healthy}:
        if "healthcheck" not in services[name]:
            yield f"{name} has no health check"


def _require_configured(project: Project, options: list[str]) -> None:
    """Not without a password; with one, compose takes the base and its override."""
    folder = (project.folder / COMPOSE[0]).parent
    command: Command = [tool("podman-compose"), *options, "config", "--quiet"]
    run(command, cwd=folder, env=environment({"POSTGRES_PASSWORD": "0123456789abcdef"}))
    refused = run(command, cwd=folder, env=environment(), codes=None)
    require(
        refused.code != 0 and "POSTGRES_PASSWORD" in refused.text,
        f"without a password it ended with {refused.code}\n{refused.text}",
    )
