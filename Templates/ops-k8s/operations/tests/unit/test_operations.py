"""Settings, commands and images: what runs the code names what the code has."""

import importlib
import importlib.util
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import src
from src.feature_engineering import pipeline
from src.ingestion.worker import SOURCES
from src.utils.config import PROJECT_ROOT
from src.utils.settings import EnvironmentSettings
from tests.fixtures.environment import SETTINGS
from tests.fixtures.operations import OPS, compose_services, containers, pods, read_yaml

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
OVERRIDE = "docker-compose.override.yml"
WORKFLOWS = PROJECT_ROOT / ".github" / "workflows"


def settings_classes(
    parent: type[EnvironmentSettings] = EnvironmentSettings,
) -> Iterator[type[EnvironmentSettings]]:
    for child in parent.__subclasses__():
        yield child
        yield from settings_classes(child)


@cache
def variables_of_the_code() -> frozenset[str]:
    """Those of every module, whichever it is."""
    for module in pkgutil.walk_packages(src.__path__, "src."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
    found = [one for one in settings_classes() if one.__module__.startswith("src.")]
    return frozenset(name.upper() for one in found for name in one.model_fields)


def variables_of_file(path: Path) -> set[str]:
    """With those that stand there as comments."""
    return set(re.findall(r"^#?([A-Z_]+)=", path.read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> list[list[str]]:
    """Of everything that Kubernetes or Compose start."""
    services = [*compose_services().values(), *compose_services(OVERRIDE).values()]
    started = [*containers(), *services]
    return [[*one.get("command", []), *one.get("args", [])] for one in started]


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
    texts = [json.dumps(command) for command in commands()]
    texts += [path.read_text(encoding="utf-8") for path in OPS.glob("docker/*/Dockerfile")]
    modules = {name for text in texts for name in re.findall(r"\bsrc(?:\.[a-z_]+)+", text)}
    assert len(modules) > 3
    assert {name for name in modules if importlib.util.find_spec(name) is None} == set()


def test_each_queue_has_a_worker_in_kubernetes_and_in_compose() -> None:
    started = [command[-1] for command in commands() if "src.ingestion.worker" in command]
    assert sorted(started) == sorted([*SOURCES, *SOURCES])


@pytest.mark.parametrize(
    "arguments",
    [
        pods()["<<PROJECT_NAME>>-features"]["containers"][0]["args"],
        compose_services()["features"]["command"],
    ],
    ids=["kubernetes", "compose"],
)
def test_the_pipeline_knows_its_arguments(arguments: list[str]) -> None:
    options, _ = pipeline._parse_arguments(arguments)  # which refuses what nobody knows
    assert options.feature_store


def test_the_tests_hide_every_setting_of_who_runs_them() -> None:
    assert variables_of_the_code() - set(SETTINGS) == set()


def test_ci_takes_the_versions_of_servers_from_compose() -> None:
    """One that stands in two places is raised in one of them."""
    for path in WORKFLOWS.iterdir():
        workflow = path.read_text(encoding="utf-8")
        jobs = read_yaml(path)["jobs"].values()
        assert not [job for job in jobs if "services" in job or "container" in job]
        assert not re.findall(r"docker(?:\.io\S+| run .*)", workflow), path.name


def test_an_image_has_one_version() -> None:
    images = [str(service["image"]).rpartition(":") for service in compose_services().values()]
    versions = {(name, tag) for name, _, tag in images}
    assert len(versions) == len({name for name, _ in versions})
    assert "latest" not in {tag for _, tag in versions}


def test_every_poetry_is_the_same() -> None:
    paths = [*OPS.glob("docker/*/Dockerfile"), *PROJECT_ROOT.glob("scripts/setup/*.sh")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    versions = [re.findall(r"(?:poetry==|\nversion=)([\d.]+)", text) for text in texts]
    assert len({one for found in versions for one in found}) == 1
