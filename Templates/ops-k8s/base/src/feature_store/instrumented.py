"""A feature store that is measured."""

from collections.abc import Sequence

from src.feature_store.base import FeatureRow, FeatureStore
from src.monitoring.prometheus import FeatureStoreMetrics


class InstrumentedFeatureStore:
    """Passes everything on to another `FeatureStore`."""

    def __init__(self, store: FeatureStore, metrics: FeatureStoreMetrics) -> None:
        self._store = store
        self._metrics = metrics

    def write(self, rows: Sequence[FeatureRow]) -> int:
        with self._metrics.time("write"):
            return self._store.write(rows)

    def read(self, customer_ids: Sequence[str]) -> dict[str, FeatureRow]:
        with self._metrics.time("read"):
            found = self._store.read(customer_ids)
        self._metrics.count_lookups(hits=len(found), misses=len(customer_ids) - len(found))
        return found

    def ping(self) -> None:
        self._store.ping()

    def close(self) -> None:
        self._store.close()
