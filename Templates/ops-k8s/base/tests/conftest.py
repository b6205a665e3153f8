"""Pytest looks here, not in `fixtures/`, for what all tests may ask for."""

from tests.fixtures.conftest import (
    app_services,
    client,
    connect_to,
    engine,
    feature_store,
    isolated_environment,
    registry,
    schema,
    trained,
)

__all__ = [
    "app_services",
    "client",
    "connect_to",
    "engine",
    "feature_store",
    "isolated_environment",
    "registry",
    "schema",
    "trained",
]
