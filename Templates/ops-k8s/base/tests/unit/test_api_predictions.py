from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from src.database.models import Prediction
from src.feature_engineering.schema import FeatureSchema
from src.models.training.train import TrainingResult
from tests.fixtures.builders import FEATURES, a_row
from tests.fixtures.fakes import AS_OF, InMemoryFeatureStore


@pytest.fixture(autouse=True)
def _known_customers(feature_store: InMemoryFeatureStore) -> None:
    feature_store.write([a_row("c1"), a_row("c2", active_days_30d=0)])


def stored(engine: Engine) -> list[Prediction]:
    with Session(engine) as session:
        return list(session.exec(select(Prediction)))


def failures(registry: CollectorRegistry, reason: str) -> float | None:
    return registry.get_sample_value("prediction_failures_total", {"reason": reason})


def drop_table(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE predictions"))


def test_a_customer_is_predicted_from_the_feature_store(
    client: TestClient, schema: FeatureSchema, trained: TrainingResult
) -> None:
    answer = client.post("/v1/predictions", json={"customer_id": "c1"})
    assert answer.status_code == 201
    body: dict[str, Any] = answer.json()
    [probability] = trained.model.probabilities([schema.vector(FEATURES)])
    assert UUID(body.pop("id"))
    assert body.pop("created_at").endswith("Z")
    assert body == {
        "customer_id": "c1",
        "probability": probability,
        "churn": probability >= 0.5,
        "threshold": 0.5,
        "model_name": "churn",
        "model_version": "local",
        "schema_version": "1",
        "features": FEATURES,
        "features_as_of": AS_OF.isoformat().replace("+00:00", "Z"),
    }


def test_features_may_come_with_the_request(
    client: TestClient, feature_store: InMemoryFeatureStore
) -> None:
    known = client.post("/v1/predictions", json={"customer_id": "c1"}).json()
    reads = feature_store.reads
    answer = client.post("/v1/predictions", json={"customer_id": "new", "features": FEATURES})
    assert answer.status_code == 201
    assert answer.json()["probability"] == known["probability"]
    assert answer.json()["features_as_of"] is None
    assert feature_store.reads == reads


def test_a_prediction_is_stored_with_its_request(client: TestClient, engine: Engine) -> None:
    headers = {"X-Request-ID": "from-the-caller"}
    body = client.post("/v1/predictions", json={"customer_id": "c1"}, headers=headers).json()
    [row] = stored(engine)
    assert str(row.id) == body["id"]
    assert row.request_id == "from-the-caller"
    assert row.probability == body["probability"]
    assert client.get(f"/v1/predictions/{row.id}").json() == body


def test_predictions_are_counted(client: TestClient, registry: CollectorRegistry) -> None:
    answers = client.post("/v1/predictions/batch", json={"customer_ids": ["c1", "c2"]}).json()
    churns = sum(prediction["churn"] for prediction in answers["predictions"])
    for outcome, number in (("churn", churns), ("stay", 2 - churns)):
        assert registry.get_sample_value("predictions_total", {"outcome": outcome}) == number


def test_an_unknown_customer_gets_no_prediction(
    client: TestClient, engine: Engine, registry: CollectorRegistry
) -> None:
    answer = client.post("/v1/predictions", json={"customer_id": "nobody"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "features_not_found"
    assert "nobody" in answer.json()["error"]["message"]
    assert stored(engine) == []
    assert failures(registry, "features_not_found") == 1


def test_a_batch_says_whom_it_does_not_know(
    client: TestClient, engine: Engine, registry: CollectorRegistry
) -> None:
    answer = client.post("/v1/predictions/batch", json={"customer_ids": ["c2", "nobody", "c1"]})
    assert answer.status_code == 201
    body = answer.json()
    assert [prediction["customer_id"] for prediction in body["predictions"]] == ["c2", "c1"]
    assert body["without_features"] == ["nobody"]
    found = {str(prediction.id) for prediction in stored(engine)}
    assert found == {prediction["id"] for prediction in body["predictions"]}
    assert failures(registry, "features_not_found") == 1


def test_a_batch_is_bounded(client: TestClient, feature_store: InMemoryFeatureStore) -> None:
    answer = client.post("/v1/predictions/batch", json={"customer_ids": ["a", "b", "c", "d"]})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "batch_too_large"
    assert "At most 3 customers" in answer.json()["error"]["message"]
    assert feature_store.reads == 0
    at_the_bound = client.post("/v1/predictions/batch", json={"customer_ids": ["a", "b", "c"]})
    assert at_the_bound.status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("", {}, "body.customer_id"),
        ("", {"customer_id": "c 1"}, "body.customer_id"),
        ("", {"customer_id": "c1", "surprise": 1}, "body.surprise"),
        ("", {"customer_id": "c1", "features": {"tenure": "x"}}, "body.features.tenure"),
        ("/batch", {"customer_ids": []}, "body.customer_ids"),
        ("/batch", {"customer_ids": ["c1", "c1"]}, "body"),
    ],
)
def test_a_request_that_is_not_valid_says_where(
    client: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    answer = client.post(f"/v1/predictions{path}", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid_request"
    assert [detail["field"] for detail in error["details"]] == [field]


def test_an_answer_is_not_longer_than_the_mistake(client: TestClient) -> None:
    answer = client.post("/v1/predictions/batch", json={"customer_ids": ["c 1"] * 1000})
    assert len(answer.json()["error"]["details"]) == 20


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("", {"customer_id": "c1", "features": {f"f{n}": 1 for n in range(101)}}, "body.features"),
        ("/batch", {"customer_ids": ["c 1"] * 1001}, "body.customer_ids"),
    ],
)
def test_what_is_too_long_is_not_looked_at(
    client: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    error = client.post(f"/v1/predictions{path}", json=body).json()["error"]
    assert error["details"][-1]["field"] == field
    assert "should have at most" in error["details"][-1]["problem"]


def test_features_that_are_not_those_of_the_model_are_refused(
    client: TestClient, engine: Engine
) -> None:
    body = {"customer_id": "c1", "features": FEATURES | {"surprise": 1.0}}
    answer = client.post("/v1/predictions", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid_features"
    assert error["details"] == ["surprise is no feature of version 1"]
    assert stored(engine) == []


@pytest.mark.parametrize(
    ("path", "body", "number"),
    [("", {"customer_id": "c1"}, 1), ("/batch", {"customer_ids": ["c1", "c2"]}, 2)],
)
def test_without_the_feature_store_there_is_no_prediction(
    client: TestClient,
    feature_store: InMemoryFeatureStore,
    registry: CollectorRegistry,
    path: str,
    body: dict[str, Any],
    number: int,
) -> None:
    feature_store.available = False
    answer = client.post(f"/v1/predictions{path}", json=body)
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "feature_store_unavailable"
    assert failures(registry, "feature_store_unavailable") == number


def test_what_cannot_be_stored_is_not_given_out(
    client: TestClient, engine: Engine, registry: CollectorRegistry
) -> None:
    drop_table(engine)
    answer = client.post("/v1/predictions/batch", json={"customer_ids": ["c1", "c2"]})
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "database_unavailable"
    assert "probability" not in answer.text
    assert failures(registry, "database_unavailable") == 2
    for outcome in ("churn", "stay"):
        assert registry.get_sample_value("predictions_total", {"outcome": outcome}) == 0


def test_what_the_database_refuses_is_no_outage(
    client: TestClient, engine: Engine, registry: CollectorRegistry
) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX one_each ON predictions (customer_id)"))
    assert client.post("/v1/predictions", json={"customer_id": "c1"}).status_code == 201
    answer = client.post("/v1/predictions", json={"customer_id": "c1"})
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal_error"
    assert failures(registry, "database_unavailable") == 0


def test_an_unknown_prediction_is_not_found(client: TestClient) -> None:
    answer = client.get(f"/v1/predictions/{uuid4()}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "prediction_not_found"


def test_the_model_is_described(
    client: TestClient, schema: FeatureSchema, trained: TrainingResult
) -> None:
    info = trained.model.info
    assert client.get("/v1/model").json() == {
        "name": "churn",
        "version": "local",
        "schema_version": "1",
        "features": list(schema.names),
        "threshold": info.threshold,
        "training_data": info.training_data,
        "metrics": info.metrics,
    }
