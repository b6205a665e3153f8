from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from src.database.engine import connect, ping
from src.database.models import Prediction
from src.database.predictions import find_prediction, save_predictions
from src.utils.settings import DatabaseSettings
from tests.fixtures.builders import FEATURES


def a_prediction(**changes: Any) -> Prediction:
    values: dict[str, Any] = {
        "customer_id": "c1",
        "probability": 0.75,
        "churn": True,
        "threshold": 0.5,
        "model_name": "churn",
        "model_version": "3",
        "schema_version": "1",
        "features": FEATURES,
    }
    return Prediction(**values | changes)


def settings(url: str) -> DatabaseSettings:
    return DatabaseSettings(database_url=SecretStr(url), database_pool_size=2)


def test_a_prediction_is_found_again(engine: Engine) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    prediction = a_prediction(features_as_of=moment, request_id="r1")
    save_predictions(engine, [prediction, a_prediction()])
    found = find_prediction(engine, prediction.id)
    assert found is not None
    assert found.model_dump() == prediction.model_dump()
    assert found.features_as_of is not None
    assert found.features_as_of.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - found.created_at < timedelta(minutes=1)
    assert find_prediction(engine, uuid4()) is None


def test_all_predictions_are_stored_or_none(engine: Engine) -> None:
    first = a_prediction()
    save_predictions(engine, [first])
    second = a_prediction()
    with pytest.raises(Exception, match="UNIQUE constraint"):
        save_predictions(engine, [second, a_prediction(id=first.id)])
    assert find_prediction(engine, second.id) is None


def test_a_server_is_asked_by_a_bounded_pool() -> None:
    engine = connect(settings("postgresql+psycopg://user:password@db.example/name"))
    assert engine.dialect.name == "postgresql"
    assert isinstance(engine.pool, QueuePool)
    assert (engine.pool.size(), engine.pool._max_overflow, engine.pool.timeout()) == (2, 0, 5)
    assert engine.pool._pre_ping, "a connection may be closed while it is not used"


def test_a_server_that_is_gone_is_given_up_in_seconds() -> None:
    engine = connect(settings("postgresql+psycopg://user:password@db.example/name"))
    asked: dict[str, Any] = {}

    @event.listens_for(engine, "do_connect")
    def refuse(_: object, __: object, ___: object, arguments: dict[str, Any]) -> None:
        asked.update(arguments)
        raise psycopg.OperationalError("not in this test")

    with pytest.raises(OperationalError):
        ping(engine)
    assert asked["connect_timeout"] == 5
    assert asked["tcp_user_timeout"] == 10_000
    idle, interval = asked["keepalives_idle"], asked["keepalives_interval"]
    assert idle + interval * asked["keepalives_count"] <= 15


def test_values_are_not_shown_in_errors() -> None:
    assert connect(settings("postgresql+psycopg://user:password@db.example/name")).hide_parameters


def test_a_database_in_memory_is_one_for_all_connections(tmp_path: Path) -> None:
    assert isinstance(connect(settings("sqlite://")).pool, StaticPool)
    assert not isinstance(connect(settings(f"sqlite:///{tmp_path}/a.db")).pool, StaticPool)


def test_a_database_that_is_away_fails_the_ping(engine: Engine) -> None:
    ping(engine)
    with pytest.raises(OperationalError):
        ping(connect(settings("sqlite:////nowhere/at/all.db")))
