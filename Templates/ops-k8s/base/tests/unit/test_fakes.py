"""The stand-ins keep what they promise, as far as tests rely on it."""

from datetime import timedelta

from tests.fixtures.builders import a_row
from tests.fixtures.fakes import AS_OF, InMemoryFeatureStore


def test_the_feature_store_in_memory_keeps_the_newest() -> None:
    store = InMemoryFeatureStore()
    assert store.write([a_row(as_of=AS_OF)]) == 1
    assert store.write([a_row(as_of=AS_OF - timedelta(hours=1))]) == 0
    assert store.read(["c1", "unknown"]) == {"c1": a_row(as_of=AS_OF)}
