"""Settings, commands and images: what runs the code names what the code has."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from src.feature_engineering import pipeline
<<@if redis in FEATURE_STORE>>
from src.feature_store import redis_store
<<@end>>
from src.ingestion import <<INGESTION|join(", ")>>
from src.ingestion.worker import SOURCES
from src.utils import settings
from src.utils.config import PROJECT_ROOT
from src.utils.settings import EnvironmentSettings
from tests.fixtures.operations import OPS, compose_services, containers, pods, read_yaml

# Modules with settings of their own.
MODULES = (
    settings,
<<@if redis in FEATURE_STORE>>
    redis_store,
<<@end>>
<<@for SOURCE in INGESTION>>
    <<SOURCE>>,
<<@end>>
)
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


def settings_classes(
    parent: type[EnvironmentSettings] = EnvironmentSettings,
) -> Iterator[type[EnvironmentSettings]]:
    for child in parent.__subclasses__():
        yield child
        yield from settings_classes(child)


def variables_of_the_code() -> set[str]:
    names = {module.__name__ for module in MODULES}
    found = [one for one in settings_classes() if one.__module__ in names]
    return {name.upper() for one in found for name in one.model_fields}


def variables_of_file(path: Path) -> set[str]:
    """With those that stand there as comments."""
    return set(re.findall(r"^#?([A-Z_]+)=", path.read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> list[list[str]]:
    """Of everything that Kubernetes or Compose start."""
    services = [*compose_services().values(), *compose_services(OVERRIDE).values()]
    started = [*containers(), *services]
    return [[*one.get("command", []), *one.get("args", [])] for one in started]


def image_of(service: str) -> str:
    return str(compose_services()[service]["image"])


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


@pytest.mark.parametrize("name", ["postgres"<<@if redis in FEATURE_STORE>>, "redis"<<@end>>])
def test_ci_tests_with_the_servers_of_compose(name: str) -> None:
    jobs = read_yaml(PROJECT_ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    assert jobs["integration"]["services"][name]["image"] == image_of(name)


def test_ci_tests_the_alerts_with_the_prometheus_of_compose() -> None:
    workflow = (PROJECT_ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert image_of("prometheus") in workflow


def test_every_poetry_is_the_same() -> None:
    paths = [*OPS.glob("docker/*/Dockerfile"), *PROJECT_ROOT.glob("scripts/setup/*.sh")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    versions = [re.findall(r"(?:poetry==|\nversion=)([\d.]+)", text) for text in texts]
    assert len({one for found in versions for one in found}) == 1
