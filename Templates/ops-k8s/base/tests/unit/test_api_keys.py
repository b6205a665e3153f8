"""Who has no key gets nothing but what probes and Prometheus ask for."""

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from starlette.routing import BaseRoute, Route

from src.api.authentication import OPEN
from src.api.dependencies import Services
from src.api.keys import ApiKeys, NoApiKeysError, hash_of, main, new_key
from src.api.main import create_app
from src.utils.settings import ApiSettings

KEY = "0f" * 32
OTHER_KEY = "1e" * 32
# A route of FastAPI has parameters, which have to be something.
PARAMETERS = {"prediction_id": "6a4f30b0-0c39-4a67-8f3c-0a4c1e6f1b7d"}


@pytest.fixture
def guarded(app_services: Services) -> Iterator[TestClient]:
    """The application for two clients."""
    keys = ApiKeys({"billing": hash_of(KEY), "support": hash_of(OTHER_KEY)})
    services = replace(app_services, api_keys=keys)
    with TestClient(create_app(lambda _: services)) as client:
        yield client


def routes() -> list[tuple[str, str]]:
    """Every method of every path, those of the documentation as well."""
    found = [asked for route in _leaves(create_app().routes) for asked in _asked(route)]
    assert ("POST", "/v1/predictions") in found
    assert ("GET", "/openapi.json") in found
    return found


def _leaves(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        # FastAPI keeps a router that was included as it is.
        included = getattr(route, "original_router", None)
        if included is None:
            yield route
        else:
            yield from _leaves(included.routes)


def _asked(route: BaseRoute) -> list[tuple[str, str]]:
    assert isinstance(route, Route), f"{route} is of a kind that no test asks"
    path = route.path.format(**PARAMETERS)
    return [(method, path) for method in sorted(route.methods or ())]


@pytest.mark.parametrize(("method", "path"), routes())
def test_every_route_but_those_of_machines_needs_a_key(
    guarded: TestClient, method: str, path: str
) -> None:
    refused = guarded.request(method, path)
    assert (refused.status_code == 401) is (path not in OPEN)
    answered = guarded.request(method, path, headers={"X-API-Key": KEY})
    assert answered.status_code != 401


def test_nothing_else_is_open() -> None:
    assert sorted(OPEN) == ["/health", "/metrics", "/ready"]


@pytest.mark.parametrize("path", ["/no/such/path", "/health/", "/ready/x", "/HEALTH"])
def test_what_is_no_route_needs_a_key_too(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": KEY},
        {"X-API-Key": OTHER_KEY},
        {"Authorization": f"Bearer {KEY}"},
        {"authorization": f"bearer {KEY}"},
    ],
)
def test_a_key_comes_in_either_header(guarded: TestClient, headers: dict[str, str]) -> None:
    assert guarded.get("/v1/model", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": ""},
        {"X-API-Key": KEY[:-1]},
        {"X-API-Key": hash_of(KEY)},
        {"X-API-Key": "billing"},
        {"Authorization": KEY},
        {"Authorization": f"Basic {KEY}"},
        {"Authorization": "Bearer "},
        # The first of the two counts.
        {"X-API-Key": "wrong", "Authorization": f"Bearer {KEY}"},
    ],
)
def test_anything_else_is_refused_in_the_one_shape_of_errors(
    guarded: TestClient, headers: dict[str, str]
) -> None:
    answer = guarded.get("/v1/model", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "unauthorized"
    assert answer.json()["error"]["request_id"] == answer.headers["X-Request-ID"]


def test_a_body_is_not_read_before_the_key(app_services: Services) -> None:
    """The client for tests sends a body as a whole, so this one asks without it."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        pytest.fail("it was read")

    async def send(message: Any) -> None:
        sent.append(message)

    app = create_app()
    app.state.services = replace(app_services, api_keys=ApiKeys({"billing": hash_of(KEY)}))
    path = "/v1/predictions"
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 401


def test_a_web_socket_needs_a_key_too(app_services: Services) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    app = create_app()
    app.state.services = replace(app_services, api_keys=ApiKeys({"billing": hash_of(KEY)}))
    scope = {"type": "websocket", "path": "/v1/stream", "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_the_log_says_who_asked(guarded: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="src.api.middleware"):
        guarded.get("/v1/model", headers={"X-API-Key": OTHER_KEY})
        guarded.get("/v1/model", headers={"X-API-Key": "wrong"})
    assert [(vars(one)["status"], vars(one)["client"]) for one in caplog.records] == [
        (200, "support"),
        (401, None),
    ]
    assert OTHER_KEY not in caplog.text


def test_the_documentation_says_how(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schemes = described["components"]["securitySchemes"]
    assert schemes == {
        "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        "Bearer": {"type": "http", "scheme": "bearer"},
    }
    either: list[Any] = [{"ApiKey": []}, {"Bearer": []}]
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation.get("security", []) == ([] if path in OPEN else either), path


class TestSettings:
    def test_without_keys_a_developer_s_machine_is_open(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert not ApiKeys.of(ApiSettings(), "local")
        assert "everybody" in caplog.text

    @pytest.mark.parametrize("environment", ["production", "elsewhere", "Local", ""])
    def test_without_keys_nothing_else_starts(self, environment: str) -> None:
        with pytest.raises(NoApiKeysError, match="API_KEYS has to be set"):
            ApiKeys.of(ApiSettings(), environment)

    def test_hashes_are_read_by_client(self, monkeypatch: pytest.MonkeyPatch) -> None:
        entries = [f"{name}:{hash_of(key)}" for name, key in (("a", KEY), ("b", OTHER_KEY))]
        monkeypatch.setenv("API_KEYS", ", ".join(entries))
        keys = ApiKeys.of(ApiSettings(), "production")
        assert [keys.client_of(key) for key in (KEY, OTHER_KEY, "")] == ["a", "b", None]

    @pytest.mark.parametrize(
        "value",
        [
            KEY,
            f"billing:{KEY[:-1]}",
            f"billing:{KEY.upper()}",
            f"billing {KEY}",
            f":{KEY}",
            f"billing:{KEY},",
            f"billing:{KEY},billing:{OTHER_KEY}",
        ],
    )
    def test_what_is_no_hash_is_refused_and_not_shown(
        self, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        monkeypatch.setenv("API_KEYS", value)
        with pytest.raises(ValidationError, match="api_keys") as refused:
            ApiSettings()
        assert KEY[:-1] not in str(refused.value)


class TestNewKeys:
    def test_are_what_the_setting_takes(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        main(["billing"])
        header, setting = capsys.readouterr().out.splitlines()
        monkeypatch.setenv(*setting.split("="))
        keys = ApiKeys.of(ApiSettings(), "production")
        assert keys.client_of(header.removeprefix("X-API-Key: ")) == "billing"

    def test_are_long_and_never_the_same(self) -> None:
        assert len({new_key() for _ in range(8)}) == 8
        assert len(bytes.fromhex(new_key())) == 32

    def test_are_known_by_their_hash(self) -> None:
        assert hash_of(KEY) == hashlib.sha256(KEY.encode()).hexdigest()

    def test_a_name_that_is_none_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            main(["billing:team"])
