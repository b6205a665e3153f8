"""Opens the feature store that the settings name."""

<<@if postgres in FEATURE_STORE>>
from sqlalchemy import Engine

<<@end>>
from src.feature_engineering.schema import FeatureSchema
from src.feature_store.base import FeatureStore
<<@if postgres in FEATURE_STORE>>
from src.feature_store.postgres_store import open_postgres_store
<<@end>>
<<@if redis in FEATURE_STORE>>
from src.feature_store.redis_store import open_redis_store
<<@end>>
from src.utils.settings import FeatureStoreSettings


<<@if postgres in FEATURE_STORE>>
def open_feature_store(
    settings: FeatureStoreSettings, schema: FeatureSchema, engine: Engine | None = None
) -> FeatureStore:
<<@else>>
def open_feature_store(settings: FeatureStoreSettings, schema: FeatureSchema) -> FeatureStore:
<<@end>>
    match settings.feature_store_backend:
<<@if redis in FEATURE_STORE>>
        case "redis":
            return open_redis_store(settings.feature_ttl, schema.version)
<<@end>>
<<@if postgres in FEATURE_STORE>>
        case "postgres":
            return open_postgres_store(settings.feature_ttl, schema.version, engine)
<<@end>>
