"""The application: `uvicorn src.api.main:app`."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from src.api.authentication import ApiKeyMiddleware, api_key_schemes
from src.api.dependencies import Services
from src.api.endpoints import model, operations, predictions
from src.api.errors import add_error_handlers, responses
from src.api.keys import ApiKeys
from src.api.middleware import RequestMiddleware
from src.database.engine import connect
from src.feature_engineering.schema import FeatureSchema
from src.feature_store.factory import open_feature_store
from src.feature_store.instrumented import InstrumentedFeatureStore
from src.models.loading import load_model
from src.models.prediction import ChurnPredictor
from src.monitoring.prometheus import (
    FeatureStoreMetrics,
    HttpMetrics,
    PredictionMetrics,
    new_registry,
)
from src.utils.logging import configure_logging
from src.utils.settings import (
    ApiSettings,
    DatabaseSettings,
    FeatureStoreSettings,
    LogSettings,
    ModelSettings,
)


def open_services(registry: CollectorRegistry) -> Services:
    """Connects and loads what the settings name; a service that cannot ends here."""
    log_settings = LogSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    api_settings = ApiSettings()
    api_keys = ApiKeys.of(api_settings, log_settings.environment)
    schema = FeatureSchema.load()
    prediction_metrics = PredictionMetrics(registry)
    started = time.perf_counter()
    churn_model = load_model(ModelSettings(), schema)
    info = churn_model.info
    prediction_metrics.model_loaded(
        info.name, info.version, info.schema_version, time.perf_counter() - started
    )
    engine = connect(DatabaseSettings())
    store_settings = FeatureStoreSettings()
    feature_store = InstrumentedFeatureStore(
        open_feature_store(store_settings, schema<<@if postgres in FEATURE_STORE>>, engine<<@end>>),
        FeatureStoreMetrics(registry, store_settings.feature_store_backend),
    )
    return Services(
        engine=engine,
        feature_store=feature_store,
        predictor=ChurnPredictor(churn_model, schema, feature_store, prediction_metrics),
        prediction_metrics=prediction_metrics,
        max_batch_size=api_settings.max_batch_size,
        api_keys=api_keys,
    )


def create_app(open_services: Callable[[CollectorRegistry], Services] = open_services) -> FastAPI:
    """An application with metrics of its own; what it needs is opened when it starts."""
    registry = new_registry()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services = open_services(registry)
        app.state.services = services
        with ExitStack() as at_the_end:
            at_the_end.callback(services.engine.dispose)
            at_the_end.callback(services.feature_store.close)
            yield

    app = FastAPI(
        title="<<PROJECT_NAME>>",
        description=<<DESCRIPTION|markdown|python>>,
        version="0.1.0",
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.registry = registry
    # The last one is the first to see a request: it counts and logs those that are refused, too.
    app.add_middleware(ApiKeyMiddleware)
    app.add_middleware(RequestMiddleware, metrics=HttpMetrics(registry))
    add_error_handlers(app)
    app.include_router(operations.router)
    for router in (model.router, predictions.router):
        app.include_router(router, dependencies=api_key_schemes(), responses=responses(401))
    return app


app = create_app()
