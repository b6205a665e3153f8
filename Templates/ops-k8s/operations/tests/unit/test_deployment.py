"""The workflow that deploys: where images go, who may push them, and in which order environments come."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from src.utils.config import PROJECT_ROOT
from tests.fixtures.operations import OVERLAYS, read_yaml

WORKFLOW = read_yaml(PROJECT_ROOT / ".github" / "workflows" / "cd.yml")
JOBS: dict[str, Any] = WORKFLOW["jobs"]
SECRETS = {"USERNAME": "me", "PASSWORD": "secret"}
REFUSED = "needs the secrets REGISTRY_USERNAME and REGISTRY_PASSWORD"


def step(name: str) -> Any:
    """The one of the job that pushes which has this id, or uses this action."""
    [found] = [
        one
        for one in JOBS["images"]["steps"]
        if one.get("id") == name or one.get("uses", "").startswith(f"{name}@")
    ]
    return found


def registry(tmp_path: Path, **variables: str) -> tuple[int, str, dict[str, str]]:
    """Runs the step that looks at the registry, as GitHub does."""
    outputs = tmp_path / "outputs"
    outputs.touch()
    given = {"USERNAME": "", "PASSWORD": "", "GITHUB_OUTPUT": str(outputs)} | variables
    ended = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step("registry")["run"]],  # noqa: S607
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = outputs.read_text(encoding="utf-8").splitlines()
    return ended.returncode, ended.stdout, dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("ghcr.io/Owner", "ghcr.io"),
        ("registry.example.com:5000/team", "registry.example.com:5000"),
        ("localhost:5000", "localhost:5000"),
        ("team", "docker.io"),
        ("team/ghcr.io", "docker.io"),
    ],
)
def test_the_host_is_the_one_that_docker_reads(tmp_path: Path, given: str, host: str) -> None:
    code, _, outputs = registry(tmp_path, REGISTRY=given, **SECRETS)
    assert code == 0
    assert outputs == {"host": host, "name": given.lower()}


def test_github_s_own_registry_needs_no_secrets(tmp_path: Path) -> None:
    code, _, outputs = registry(tmp_path, REGISTRY="ghcr.io/owner")
    assert (code, outputs["host"]) == (0, "ghcr.io")


@pytest.mark.parametrize("given", ["team", "registry.example.com/ghcr.io", "ghcr.io.example.com/a"])
@pytest.mark.parametrize("missing", [{"USERNAME"}, {"PASSWORD"}, {"USERNAME", "PASSWORD"}])
def test_any_other_needs_both(tmp_path: Path, given: str, missing: set[str]) -> None:
    there = {name: value for name, value in SECRETS.items() if name not in missing}
    code, told, outputs = registry(tmp_path, REGISTRY=given, **there)
    assert code == 1
    assert REFUSED in told
    assert outputs == {}


def test_no_other_registry_is_ever_given_the_token() -> None:
    given = step("docker/login-action")["with"]
    assert given["registry"] == "${{ steps.registry.outputs.host }}"
    own = "steps.registry.outputs.host == 'ghcr.io' && github.token"
    assert given["password"] == f"${{{{ secrets.REGISTRY_PASSWORD || ({own}) }}}}"
    steps = [one for job in JOBS.values() for one in job.get("steps", [])]
    assert [one for one in steps if "github.token" in str(one)] == [step("docker/login-action")]
    assert "GITHUB_TOKEN" not in str(WORKFLOW)


def test_every_environment_is_deployed_after_the_one_before() -> None:
    """The order is that of the jobs; an overlay without a job would never be deployed."""
    deployed = {name: job for name, job in JOBS.items() if name.startswith("deploy-")}
    assert sorted(job["environment"] for job in deployed.values()) == [one.name for one in OVERLAYS]
    needed = "images"
    for name, job in deployed.items():
        environment = job["environment"]
        assert name == f"deploy-{environment}"
        assert job["needs"] == needed
        assert job["concurrency"]["group"] == name
        assert f"ops/k8s/deploy.sh {environment} " in job["steps"][-1]["run"]
        needed = name
