import pytest

from src.feature_engineering.schema import FeatureSchema
from src.feature_store.factory import open_feature_store
<<@if postgres in FEATURE_STORE>>
from src.feature_store.postgres_store import PostgresFeatureStore
<<@end>>
<<@if redis in FEATURE_STORE>>
from src.feature_store.redis_store import RedisFeatureStore
<<@end>>
from src.utils.settings import FeatureStoreSettings


<<@fit 100>>
@pytest.mark.parametrize(("backend", "store"), [<<@for STORE in FEATURE_STORE>><<@if not STORE_FIRST>>, <<@end>>("<<STORE>>", <<STORE|pascal>>FeatureStore)<<@end>>])
<<@else>>
@pytest.mark.parametrize(
    ("backend", "store"), [<<@for STORE in FEATURE_STORE>><<@if not STORE_FIRST>>, <<@end>>("<<STORE>>", <<STORE|pascal>>FeatureStore)<<@end>>]
)
<<@end>>
def test_the_settings_choose_the_store(
    monkeypatch: pytest.MonkeyPatch, schema: FeatureSchema, backend: str, store: type
) -> None:
    monkeypatch.setenv("FEATURE_STORE_BACKEND", backend)
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    opened = open_feature_store(FeatureStoreSettings(), schema)
    assert isinstance(opened, store)
    opened.close()
