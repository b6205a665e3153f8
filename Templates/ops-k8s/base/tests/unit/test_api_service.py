"""What holds for all routes, and the routes for those who run the service."""

import asyncio
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from anyio import to_thread
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, event

from src.api import main as main_module
from src.api.dependencies import Services
from src.api.main import create_app
from src.feature_store.base import FeatureStoreUnavailableError
from src.models.loading import ModelNotFoundError
from src.models.training.train import TrainingResult
from tests.fixtures.fakes import InMemoryFeatureStore


def error_of(answer: Any) -> dict[str, Any]:
    """The error of an answer, after a look at its shape."""
    body = answer.json()
    assert body.keys() == {"error"}
    error: dict[str, Any] = body["error"]
    assert error.keys() == {"code", "message", "details", "request_id"}
    assert error["request_id"] == answer.headers["X-Request-ID"]
    return error


def test_it_is_alive_whatever_it_depends_on(
    client: TestClient, feature_store: InMemoryFeatureStore
) -> None:
    feature_store.available = False
    assert client.get("/health").json() == {"status": "ok"}


def test_it_is_ready_when_all_that_it_needs_answers(client: TestClient) -> None:
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": True, "feature_store": True},
    }


def test_it_is_not_ready_without_the_feature_store(
    client: TestClient, feature_store: InMemoryFeatureStore
) -> None:
    feature_store.available = False
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "feature_store": False}


def test_it_is_not_ready_without_the_database(app_services: Services) -> None:
    services = replace(app_services, engine=create_engine("sqlite:////nowhere/at/all.db"))
    with TestClient(create_app(lambda _: services)) as client:
        answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": False, "feature_store": True}


def test_metrics_name_routes_and_never_paths(client: TestClient) -> None:
    client.get("/v1/predictions/6a4f30b0-0c39-4a67-8f3c-0a4c1e6f1b7d")
    client.get("/no/such/path")
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    counts = re.findall(r"http_requests_total\{(.*?)\} (\S+)", answer.text)
    assert counts == [
        ('method="GET",route="/v1/predictions/{prediction_id}",status="404"', "1.0"),
        ('method="GET",route="unmatched",status="404"', "1.0"),
    ]
    assert "http_requests_in_progress 1.0" in answer.text


def test_metrics_answer_while_every_thread_waits(
    client: TestClient, feature_store: InMemoryFeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, answers_again = Event(), Event()

    def ping() -> None:
        waiting.set()
        answers_again.wait()

    def leave_one_thread() -> None:
        to_thread.current_default_thread_limiter().total_tokens = 1

    monkeypatch.setattr(feature_store, "ping", ping)
    assert client.portal is not None
    client.portal.call(leave_one_thread)
    with ThreadPoolExecutor() as callers:
        ready = callers.submit(client.get, "/ready")
        try:
            assert waiting.wait(timeout=30)
            assert callers.submit(client.get, "/metrics").result(timeout=30).status_code == 200
        finally:
            answers_again.set()
        assert ready.result().status_code == 200


def test_every_answer_has_an_id(client: TestClient) -> None:
    ids = {client.get("/health").headers["X-Request-ID"] for _ in range(2)}
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-1.2_3", True), ("x" * 64, True), ("x" * 65, False), ('a"b', False), ("a b", False)],
)
def test_an_id_of_the_caller_is_kept_if_it_is_one(
    client: TestClient, given: str, kept: bool
) -> None:
    answer = client.get("/health", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/no/such/path", 404, "not_found"),
        ("GET", "/health/", 404, "not_found"),
        ("DELETE", "/v1/model", 405, "method_not_allowed"),
        ("GET", "/v1/predictions/17", 422, "invalid_request"),
    ],
)
def test_errors_have_one_shape(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert error_of(answer)["code"] == code


def test_a_method_that_is_not_allowed_says_which_are(client: TestClient) -> None:
    assert client.delete("/v1/model").headers["Allow"] == "GET"


def test_a_body_that_is_no_json_is_an_error_of_the_same_shape(client: TestClient) -> None:
    answer = client.post(
        "/v1/predictions", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert error_of(answer)["details"][0]["field"] == "body.1"


_MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("size", "status", "code"),
    [(_MEGABYTE, 422, "invalid_request"), (_MEGABYTE + 1, 413, "body_too_large")],
)
def test_a_body_is_bounded(client: TestClient, size: int, status: int, code: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/predictions", content=b" " * size, headers=headers)
    assert answer.status_code == status
    assert error_of(answer)["code"] == code


def test_a_body_without_end_is_not_read(app_services: Services) -> None:
    """The client for tests sends a body as a whole, so this one asks without it."""
    parts = iter([b" " * _MEGABYTE, b" "])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": next(parts), "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    path = "/v1/predictions"
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    app = create_app()
    app.state.services = app_services
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 413


class TestUnexpectedErrors:
    @pytest.fixture
    def client(self, app_services: Services) -> Iterator[TestClient]:
        app = create_app(lambda _: app_services)

        @app.get("/broken")
        def broken() -> None:
            raise RuntimeError("a secret of the code")

        with TestClient(app) as client:
            yield client

    def test_tell_the_log_and_not_the_caller(
        self, client: TestClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = client.get("/broken")
        assert answer.status_code == 500
        assert error_of(answer)["code"] == "internal_error"
        assert "secret" not in answer.text
        assert "a secret of the code" in caplog.text

    def test_are_measured(self, client: TestClient) -> None:
        client.get("/broken")
        text = client.get("/metrics").text
        assert 'http_requests_total{method="GET",route="/broken",status="500"} 1.0' in text


def test_requests_are_logged_but_for_those_of_machines(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="src.api.middleware"):
        for path in ("/health", "/ready", "/metrics", "/v1/model"):
            client.get(path)
    [record] = caplog.records
    assert record.getMessage() == "GET /v1/model"
    assert vars(record)["status"] == 200


def test_the_documentation_describes_the_errors(client: TestClient) -> None:
    described = client.get("/openapi.json")
    assert "HTTPValidationError" not in described.text, "errors have one shape"
    paths = described.json()["paths"]
    answers = paths["/v1/predictions"]["post"]["responses"]
    assert answers.keys() == {"201", "401", "404", "413", "422", "503"}
    for status in ("401", "404", "413", "422", "503"):
        reference = answers[status]["content"]["application/json"]["schema"]["$ref"]
        assert reference == "#/components/schemas/ErrorResponse"
    assert "/metrics" not in paths


def test_everything_is_closed_at_the_end(
    app_services: Services, feature_store: InMemoryFeatureStore, engine: Engine
) -> None:
    disposed: list[Engine] = []
    event.listen(engine, "engine_disposed", disposed.append)
    with TestClient(create_app(lambda _: app_services)):
        assert not feature_store.closed
        assert not disposed
    assert feature_store.closed
    assert disposed == [engine]


def test_what_cannot_be_closed_leaves_nothing_else_open(
    app_services: Services,
    feature_store: InMemoryFeatureStore,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def close() -> None:
        raise FeatureStoreUnavailableError("switched off")

    disposed: list[Engine] = []
    event.listen(engine, "engine_disposed", disposed.append)
    monkeypatch.setattr(feature_store, "close", close)
    app = create_app(lambda _: app_services)
    with pytest.raises(FeatureStoreUnavailableError), TestClient(app):
        pass
    assert disposed == [engine]


class TestStart:
    """The application as it is started, by settings alone."""

    @pytest.fixture(autouse=True)
    def _settings(
        self,
        monkeypatch: pytest.MonkeyPatch,
        engine: Engine,
        feature_store: InMemoryFeatureStore,
        tmp_path: Path,
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite://")
        monkeypatch.setenv("MODEL_URI", str(tmp_path / "churn"))
        monkeypatch.setattr(main_module, "configure_logging", lambda *_: None)
        monkeypatch.setattr(main_module, "connect", lambda _: engine)
        monkeypatch.setattr(main_module, "open_feature_store", lambda *_: feature_store)

    def test_loads_the_model_and_measures(
        self, tmp_path: Path, trained: TrainingResult, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MAX_BATCH_SIZE", "1")
        trained.model.save(tmp_path / "churn")
        with TestClient(create_app()) as client:
            assert client.get("/ready").status_code == 200
            known = {"customer_ids": ["a", "b"]}
            assert client.post("/v1/predictions/batch", json=known).status_code == 422
            assert client.post("/v1/predictions", json={"customer_id": "a"}).status_code == 404
            text = client.get("/metrics").text
        assert 'model_info{name="churn",schema_version="1",version="local"} 1.0' in text
        loading = re.search(r"^model_load_duration_seconds (\S+)", text, re.MULTILINE)
        assert loading is not None
        assert float(loading[1]) > 0
        assert re.search(r'feature_store_lookups_total\{backend="\w+",result="miss"\} 1\.0', text)

<<@if postgres in FEATURE_STORE>>
    def test_opens_no_second_pool_for_features(
        self,
        tmp_path: Path,
        trained: TrainingResult,
        engine: Engine,
        feature_store: InMemoryFeatureStore,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        given: list[object] = []

        def open_feature_store(*values: object) -> InMemoryFeatureStore:
            given.extend(values)
            return feature_store

        monkeypatch.setattr(main_module, "open_feature_store", open_feature_store)
        trained.model.save(tmp_path / "churn")
        with TestClient(create_app()):
            assert given[-1] is engine

<<@end>>
    def test_ends_without_a_model(self) -> None:
        with pytest.raises(ModelNotFoundError), TestClient(create_app()):
            pytest.fail("started without a model")
