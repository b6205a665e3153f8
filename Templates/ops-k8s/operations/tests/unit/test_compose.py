"""The compose files: names of services, and what must not be open."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.fixtures.operations import compose_services

OVERRIDE = compose_services("docker-compose.override.yml")
SERVICES = compose_services()
each_service = pytest.mark.parametrize(("name", "service"), SERVICES.items(), ids=list(SERVICES))


@each_service
def test_services_call_services_that_are_there(name: str, service: Any) -> None:
    if service["image"].endswith(":local"):
        given = " ".join(str(value) for value in service.get("environment", {}).values())
        hosts = re.findall(r"(?:\s|//|@)([a-z]+):\d+", f" {given}")
        assert set(hosts) <= set(SERVICES)
        assert hosts or name == "mlflow"


def test_the_registry_answers_to_its_name() -> None:
    address = urlsplit(SERVICES["api"]["environment"]["MLFLOW_TRACKING_URI"])
    option, names = SERVICES["mlflow"]["command"]
    assert option == "--allowed-hosts"
    assert address.netloc in names.split(",")


def test_the_override_adds_to_services_and_publishes_on_loopback_only() -> None:
    ports = [port for service in OVERRIDE.values() for port in service.get("ports", [])]
    assert set(OVERRIDE) <= set(SERVICES)
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []
    assert [name for name, service in SERVICES.items() if "ports" in service] == []


@each_service
def test_containers_of_this_project_are_confined(name: str, service: Any) -> None:
    if service["image"].endswith(":local"):
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        # MLflow keeps what it knows in a folder of its own.
        assert service["read_only"] is (name != "mlflow")


def test_grafana_can_be_looked_at_by_all_and_changed_by_nobody() -> None:
    assert SERVICES["grafana"]["environment"] == {
        "GF_AUTH_ANONYMOUS_ENABLED": "true",
        "GF_AUTH_ANONYMOUS_ORG_ROLE": "Viewer",
        "GF_AUTH_BASIC_ENABLED": "false",
        "GF_AUTH_DISABLE_LOGIN_FORM": "true",
        "GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION": "true",
    }
