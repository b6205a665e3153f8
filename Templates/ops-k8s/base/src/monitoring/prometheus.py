"""All metrics, with labels that can only take few values: a label by customer would be a leak."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_HOUR = 3600
_DAY = 24 * _HOUR
_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
# A batch waits for a database that is away.
_BATCH_BUCKETS = (*_LATENCY_BUCKETS, 15, 30, 60, 120, 300)
_STORE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_AGE_BUCKETS = (_HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 4 * _DAY, 7 * _DAY, 30 * _DAY)


def new_registry() -> CollectorRegistry:
    """A registry with the metrics of the process; each application has its own."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class HttpMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "http_requests", "Answered requests", ["method", "route", "status"], registry=registry
        )
        self._duration = Histogram(
            "http_request_duration_seconds",
            "Time from the request to the end of the answer",
            ["method", "route"],
            buckets=_LATENCY_BUCKETS,
            registry=registry,
        )
        self.in_progress = Gauge(
            "http_requests_in_progress", "Requests that are being answered", registry=registry
        )

    def observe(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """`route` is the template of the path; whatever matches none counts as one."""
        method = method if method in _METHODS else "other"
        route = route or "unmatched"
        self._requests.labels(method, route, str(status)).inc()
        self._duration.labels(method, route).observe(seconds)


class FeatureStoreMetrics:
    def __init__(self, registry: CollectorRegistry, backend: str) -> None:
        self._backend = backend
        self._lookups = Counter(
            "feature_store_lookups",
            "Customers whose features were looked up",
            ["backend", "result"],
            registry=registry,
        )
        self._duration = Histogram(
            "feature_store_duration_seconds",
            "Time of one round trip to the feature store",
            ["backend", "operation"],
            buckets=_STORE_BUCKETS,
            registry=registry,
        )
        for result in ("hit", "miss"):
            self._lookups.labels(backend, result)

    @contextmanager
    def time(self, operation: str) -> Iterator[None]:
        with self._duration.labels(self._backend, operation).time():
            yield

    def count_lookups(self, *, hits: int, misses: int) -> None:
        self._lookups.labels(self._backend, "hit").inc(hits)
        self._lookups.labels(self._backend, "miss").inc(misses)


class PredictionMetrics:
    FAILURES = ("features_not_found", "feature_store_unavailable", "database_unavailable")

    def __init__(self, registry: CollectorRegistry) -> None:
        self._predictions = Counter(
            "predictions", "Stored predictions", ["outcome"], registry=registry
        )
        self._probability = Histogram(
            "prediction_probability",
            "Predicted probabilities: a shift of these is the first sign of drift",
            buckets=[tenth / 10 for tenth in range(1, 11)],
            registry=registry,
        )
        self._failures = Counter(
            "prediction_failures", "Predictions that were not made", ["reason"], registry=registry
        )
        self._age = Histogram(
            "feature_age_seconds",
            "Age of the features when they were used",
            buckets=_AGE_BUCKETS,
            registry=registry,
        )
        self._info = Gauge(
            "model_info",
            "The loaded model",
            ["name", "version", "schema_version"],
            registry=registry,
        )
        self._load_duration = Gauge(
            "model_load_duration_seconds", "Time it took to load the model", registry=registry
        )
        for outcome in ("churn", "stay"):
            self._predictions.labels(outcome)
        for reason in self.FAILURES:
            self._failures.labels(reason)

    def count(self, probability: float, *, churn: bool) -> None:
        self._predictions.labels("churn" if churn else "stay").inc()
        self._probability.observe(probability)

    def count_failures(self, reason: str, number: int = 1) -> None:
        self._failures.labels(reason).inc(number)

    def observe_age(self, as_of: datetime, now: datetime) -> None:
        self._age.observe((now - as_of).total_seconds())

    def model_loaded(self, name: str, version: str, schema_version: str, seconds: float) -> None:
        self._info.labels(name, version, schema_version).set(1)
        self._load_duration.set(seconds)


class IngestionMetrics:
    def __init__(self, registry: CollectorRegistry, source: str) -> None:
        self._source = source
        self._messages = Counter(
            "ingestion_messages",
            "Messages that were dealt with, by what became of them",
            ["source", "result"],
            registry=registry,
        )
        self._duration = Histogram(
            "ingestion_batch_duration_seconds",
            "Time from the receipt of a batch to its acknowledgement",
            ["source"],
            buckets=_BATCH_BUCKETS,
            registry=registry,
        )
        self._retries = Counter(
            "ingestion_retries",
            "Attempts that failed for now: queue or database did not answer",
            ["source"],
            registry=registry,
        )
        self._last_success = Gauge(
            "ingestion_last_success_timestamp_seconds",
            "When the queue was last asked with success; at first, when the worker began",
            ["source"],
            registry=registry,
        )
        for result in ("stored", "duplicate", "dead_lettered"):
            self._messages.labels(source, result)
        self._retries.labels(source)
        self._duration.labels(source)
        # A queue that never answers is missed as well.
        self.succeeded()

    def count(self, *, stored: int = 0, duplicate: int = 0, dead_lettered: int = 0) -> None:
        self._messages.labels(self._source, "stored").inc(stored)
        self._messages.labels(self._source, "duplicate").inc(duplicate)
        self._messages.labels(self._source, "dead_lettered").inc(dead_lettered)

    def count_retry(self) -> None:
        self._retries.labels(self._source).inc()

    @contextmanager
    def time_batch(self) -> Iterator[None]:
        with self._duration.labels(self._source).time():
            yield

    def succeeded(self) -> None:
        self._last_success.labels(self._source).set(time.time())
