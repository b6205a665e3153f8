"""How long answers take, and what they must not cost."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel, select

from src.api.dependencies import Services
from src.api.main import create_app
from src.database.models import Prediction
from src.models.churn_model import ChurnModel
from tests.fixtures.builders import a_row
from tests.fixtures.fakes import InMemoryFeatureStore

CUSTOMERS = [f"c{number}" for number in range(100)]
# Ample, for whatever machine; on one that is known, the variable can be stricter.
LATENCY_BUDGET = float(os.environ.get("LATENCY_BUDGET_SECONDS", "1"))


@pytest.fixture
def engine(tmp_path: Path, connect_to: Callable[[str], Engine]) -> Engine:
    """A database that several threads may use."""
    engine = connect_to(f"sqlite:///{tmp_path}/performance.db")
    SQLModel.metadata.create_all(engine)
    return engine


@pytest.fixture
def client(app_services: Services, feature_store: InMemoryFeatureStore) -> Iterator[TestClient]:
    feature_store.write([a_row(customer) for customer in CUSTOMERS])
    services = replace(app_services, max_batch_size=len(CUSTOMERS))
    with TestClient(create_app(lambda _: services)) as client:
        yield client


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    """What the database was asked."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *values: asked.append(values[2]))
    return asked


def predict(client: TestClient, customer: str) -> float:
    started = time.perf_counter()
    answer = client.post("/v1/predictions", json={"customer_id": customer})
    assert answer.status_code == 201
    return time.perf_counter() - started


def test_most_predictions_come_in_time(client: TestClient) -> None:
    predict(client, "c0")
    seconds = [predict(client, customer) for customer in CUSTOMERS]
    [*_, p95] = statistics.quantiles(seconds, n=20)
    assert p95 < LATENCY_BUDGET, f"95% of the answers came within {p95:.3f} s"


def test_callers_at_the_same_time_are_all_answered(client: TestClient, engine: Engine) -> None:
    with ThreadPoolExecutor(8) as callers:
        seconds = list(callers.map(lambda customer: predict(client, customer), CUSTOMERS))
    assert len(seconds) == len(CUSTOMERS)
    with Session(engine) as session:
        stored = session.exec(select(Prediction.customer_id)).all()
    assert sorted(stored) == sorted(CUSTOMERS)


@pytest.mark.parametrize("number", [1, 100])
def test_a_batch_costs_the_same_round_trips_whatever_its_size(
    client: TestClient,
    statements: list[str],
    feature_store: InMemoryFeatureStore,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    calls: list[int] = []
    probabilities = ChurnModel.probabilities

    def counted(model: ChurnModel, vectors: list[list[float]]) -> list[float]:
        calls.append(len(vectors))
        return probabilities(model, vectors)

    monkeypatch.setattr(ChurnModel, "probabilities", counted)
    body = {"customer_ids": CUSTOMERS[:number]}
    answer = client.post("/v1/predictions/batch", json=body)
    assert len(answer.json()["predictions"]) == number
    assert feature_store.reads == 1
    assert calls == [number]
    assert [statement.split()[0] for statement in statements] == ["INSERT"]
