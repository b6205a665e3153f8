import pytest
from prometheus_client import CollectorRegistry, generate_latest

from src.feature_store.instrumented import InstrumentedFeatureStore
from src.monitoring.prometheus import (
    FeatureStoreMetrics,
    HttpMetrics,
    IngestionMetrics,
    PredictionMetrics,
    new_registry,
)
from tests.fixtures.builders import a_row
from tests.fixtures.fakes import InMemoryFeatureStore


def samples(registry: CollectorRegistry, prefix: str) -> dict[str, float]:
    """Lines of the exposition by name and labels, but for creation times."""
    lines = generate_latest(registry).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if line.startswith(prefix))
    return {name: float(value) for name, value in pairs if "_created" not in name}


def test_requests_are_counted_by_route_not_by_path(registry: CollectorRegistry) -> None:
    metrics = HttpMetrics(registry)
    metrics.observe("GET", "/v1/predictions/{prediction_id}", 200, 0.2)
    metrics.observe("GET", None, 404, 0.1)
    metrics.observe("BREW", None, 405, 0.1)
    found = samples(registry, "http_requests_total")
    assert found == {
        'http_requests_total{method="GET",route="/v1/predictions/{prediction_id}",status="200"}': 1,
        'http_requests_total{method="GET",route="unmatched",status="404"}': 1,
        'http_requests_total{method="other",route="unmatched",status="405"}': 1,
    }
    labels = {"method": "GET", "route": "unmatched"}
    assert registry.get_sample_value("http_request_duration_seconds_sum", labels) == 0.1


def test_predictions_are_counted_by_outcome(registry: CollectorRegistry) -> None:
    metrics = PredictionMetrics(registry)
    metrics.count(0.9, churn=True)
    metrics.count(0.2, churn=False)
    metrics.count(0.1, churn=False)
    assert samples(registry, "predictions_total") == {
        'predictions_total{outcome="churn"}': 1,
        'predictions_total{outcome="stay"}': 2,
    }
    assert registry.get_sample_value("prediction_probability_sum") == pytest.approx(1.2)
    assert registry.get_sample_value("prediction_probability_bucket", {"le": "0.2"}) == 2


def test_failures_are_there_before_the_first_one(registry: CollectorRegistry) -> None:
    metrics = PredictionMetrics(registry)
    metrics.count_failures("features_not_found", 2)
    assert samples(registry, "prediction_failures_total") == {
        'prediction_failures_total{reason="features_not_found"}': 2,
        'prediction_failures_total{reason="feature_store_unavailable"}': 0,
        'prediction_failures_total{reason="database_unavailable"}': 0,
    }


def test_the_model_is_named(registry: CollectorRegistry) -> None:
    PredictionMetrics(registry).model_loaded("churn", "3", "1", 0.5)
    assert samples(registry, "model_") == {
        'model_info{name="churn",schema_version="1",version="3"}': 1,
        "model_load_duration_seconds": 0.5,
    }


def test_what_became_of_messages_is_counted(registry: CollectorRegistry) -> None:
    metrics = IngestionMetrics(registry, "queue")
    assert samples(registry, "ingestion_retries_total") == {
        'ingestion_retries_total{source="queue"}': 0
    }
    metrics.count(stored=3, duplicate=2, dead_lettered=1)
    metrics.count_retry()
    with metrics.time_batch():
        pass
    assert samples(registry, "ingestion_messages_total") == {
        'ingestion_messages_total{result="stored",source="queue"}': 3,
        'ingestion_messages_total{result="duplicate",source="queue"}': 2,
        'ingestion_messages_total{result="dead_lettered",source="queue"}': 1,
    }
    label = {"source": "queue"}
    assert registry.get_sample_value("ingestion_retries_total", label) == 1
    assert registry.get_sample_value("ingestion_batch_duration_seconds_count", label) == 1
    a_minute = label | {"le": "60.0"}
    assert registry.get_sample_value("ingestion_batch_duration_seconds_bucket", a_minute) == 1


def test_the_last_success_is_a_moment(
    registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("src.monitoring.prometheus.time.time", lambda: 1234.5)
    metrics = IngestionMetrics(registry, "queue")
    name = 'ingestion_last_success_timestamp_seconds{source="queue"}'
    assert samples(registry, "ingestion_last_success") == {name: 1234.5}
    monkeypatch.setattr("src.monitoring.prometheus.time.time", lambda: 2345.5)
    metrics.succeeded()
    assert samples(registry, "ingestion_last_success") == {name: 2345.5}


def test_a_feature_store_is_measured(registry: CollectorRegistry) -> None:
    inner = InMemoryFeatureStore()
    store = InstrumentedFeatureStore(inner, FeatureStoreMetrics(registry, "memory"))
    assert store.write([a_row("c1")]) == 1
    assert store.read(["c1", "x", "y"]) == {"c1": a_row("c1")}
    assert samples(registry, "feature_store_lookups_total") == {
        'feature_store_lookups_total{backend="memory",result="hit"}': 1,
        'feature_store_lookups_total{backend="memory",result="miss"}': 2,
    }
    for operation in ("read", "write"):
        labels = {"backend": "memory", "operation": operation}
        assert registry.get_sample_value("feature_store_duration_seconds_count", labels) == 1
    inner.available = False
    with pytest.raises(Exception, match="switched off"):
        store.ping()
    store.close()
    assert inner.closed


def test_each_registry_has_the_metrics_of_the_process() -> None:
    for registry in (new_registry(), new_registry()):
        names = {family.name for family in registry.collect()}
        assert {"python_info", "python_gc_objects_collected"} <= names
